#include "postgres/embedded/embedded_cluster.hpp"

#include "cluster_folder.hpp"
#include "file_handle.hpp"
#include "keeper.hpp"
#include "leftovers.hpp"
#include "postmaster.hpp"
#include "server_process.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cctype>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

namespace moneytrail::postgres {
namespace {

using namespace std::chrono_literals;

// Recovery after a crash replays up to a gigabyte of log; more than this is no start but a fault.
constexpr auto kPatience = 5min;
// What a crash has left running is gone by then, or stays.
constexpr auto kSecondThoughts = 10s;
constexpr auto kPause = 20ms;
constexpr auto kPauseBetweenStarts = 200ms;

using Clock = std::chrono::steady_clock;

std::chrono::milliseconds since(Clock::time_point time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - time);
}

std::string percent_encoded(const std::string& text) {
    constexpr std::string_view kPlain = "/-._~";
    std::string out;
    for (const char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || kPlain.contains(c)) {
            out += c;
            continue;
        }
        std::array<char, 4> code{};
        std::snprintf(code.data(), code.size(), "%%%02X",
                      static_cast<unsigned>(static_cast<unsigned char>(c)));
        out += code.data();
    }
    return out;
}

}  // namespace

struct EmbeddedCluster::Share {
    Share(ClusterOptions given, ServerUser server_user)
        : options{std::move(given)},
          user{std::move(server_user)},
          folder{open_cluster_folder(options, user)},
          turn{open_owned(folder.turn(), O_RDWR, user)},
          shares{open_owned(folder.shares(), O_RDWR, user)} {}

    bool wait_until(const std::function<bool()>& is_true) const;
    void pause(Clock::duration duration) const;
    void lock(const FileHandle& file, Lock how) const;

    std::string url_of(const Postmaster& server);
    std::optional<Postmaster> wait_until_ready(pid_t pid);
    Postmaster find_or_start();
    void take_part();

    ClusterOptions options;
    ServerUser user;
    ClusterFolder folder;
    FileHandle turn;
    FileHandle shares;
    FileHandle socket_folder;  // where libpq cannot be told its path
    Postmaster server;
    std::string url;
    mutable std::mutex mutex;  // of server and url
    std::atomic<bool> is_stopping{false};
};

// False when it did not come true in time.
bool EmbeddedCluster::Share::wait_until(const std::function<bool()>& is_true) const {
    const auto deadline = Clock::now() + kPatience;
    while (!is_true()) {
        if (Clock::now() >= deadline) return false;
        pause(kPause);
    }
    return true;
}

void EmbeddedCluster::Share::pause(Clock::duration duration) const {
    if (is_stopping) throw Transient{"the database's server is no longer waited for"};
    std::this_thread::sleep_for(duration);
}

void EmbeddedCluster::Share::lock(const FileHandle& file, Lock how) const {
    if (!wait_until([&] { return try_lock(file, how); }))
        throw Transient{"another moneytrail has been starting or stopping the database for minutes"};
}

std::string EmbeddedCluster::Share::url_of(const Postmaster& at) {
    auto host = at.socket_folder;
    if (!is_plain_socket_folder(host)) {
        if (socket_folder.fd() < 0) socket_folder = open_file(host, O_PATH | O_DIRECTORY);
        host = "/proc/self/fd/" + std::to_string(socket_folder.fd());
    }
    return "postgresql://moneytrail@/postgres?host=" + percent_encoded(host.string()) + "&port=" + at.port;
}

// As its keeper does, which may be gone: a fast shutdown in the middle of PostgreSQL's own recovery never
// ends, and the next start recovers from whatever it is left in.
void end_what_does_not_stop(const Postmaster& server, Clock::time_point waited_since) {
    if (!server.is_stopping || since(waited_since) < kSecondThoughts) return;
    ::kill(server.pid, since(waited_since) < 2 * kSecondThoughts ? SIGQUIT : SIGKILL);
}

// The socket is named in the pid file before the server takes connections. None: the process has ended.
std::optional<Postmaster> EmbeddedCluster::Share::wait_until_ready(pid_t pid) {
    std::optional<Postmaster> found;
    bool has_ended = false;
    const auto waited_since = Clock::now();
    const bool is_in_time = wait_until([&] {
        has_ended = !is_running(pid);
        if (has_ended) return true;
        found = find_postmaster(folder, user);
        if (found) end_what_does_not_stop(*found, waited_since);
        return found && found->pid == pid && !found->socket_folder.empty() &&
               PQping(url_of(*found).c_str()) == PQPING_OK;
    });
    if (!is_in_time)
        throw Transient{"the embedded database takes too long to start: " + log_tail(folder.log())};
    return has_ended ? std::nullopt : found;
}

// By the holder of `turn`.
Postmaster EmbeddedCluster::Share::find_or_start() {
    const auto began = Clock::now();
    std::string why = "something of an earlier one still runs on " + folder.cluster().string();
    for (;; pause(kPauseBetweenStarts)) {
        if (since(began) > kSecondThoughts) throw Permanent{"the embedded database does not start: " + why};
        if (const auto running = find_postmaster(folder, user))
            if (const auto ready = wait_until_ready(running->pid)) return *ready;
        const bool is_new = !std::filesystem::exists(folder.cluster());
        const auto cleared =
            is_new ? clear_unfinished(folder, user) : clear_server(folder, user, since(began));
        if (cleared == Cleared::not_yet) continue;
        const Launch launch{.user = user,
                            .folder = folder,
                            .programs = programs_for(folder, options.programs),
                            .settings = options.settings};
        const auto said_before = log_size(folder.log());
        try {
            if (is_new) make_cluster(launch);
            if (const auto ready = wait_until_ready(start_server(launch))) return *ready;
        } catch (const Transient& error) {
            if (is_stopping) throw;
            why = error.what();
            continue;
        }
        why = log_tail(folder.log());
        if (!may_pass(folder.log(), said_before))
            throw Permanent{"the embedded database does not start: " + why};
    }
}

void EmbeddedCluster::Share::take_part() {
    struct Turn {
        explicit Turn(const Share& share) : file{share.turn} { share.lock(file, Lock::exclusive); }
        ~Turn() { unlock(file); }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        const FileHandle& file;
    };
    const Turn turn_taken{*this};
    lock(shares, Lock::shared);  // a keeper that is stopping the server lets go when it has stopped
    server = find_or_start();
    url = url_of(server);
}

EmbeddedCluster::EmbeddedCluster(const ClusterOptions& options)
    : share_{std::make_unique<Share>(options, server_user())} {
    share_->take_part();
}

std::string EmbeddedCluster::url() const {
    const std::scoped_lock lock{share_->mutex};
    return share_->url;
}

std::string EmbeddedCluster::running_url() {
    const std::scoped_lock lock{share_->mutex};
    if (!process_on(share_->server.pid, share_->folder.cluster(), share_->user)) share_->take_part();
    return share_->url;
}

void EmbeddedCluster::stop_waiting() {
    share_->is_stopping = true;
}

EmbeddedCluster::~EmbeddedCluster() {
    auto& share = *share_;
    share.is_stopping = false;
    try {
        share.lock(share.turn, Lock::exclusive);
        unlock(share.shares);
        if (other_holder(share.shares) == Holder::sharer) return;
        // The keeper would do the same a moment later; a server that somebody started by hand has none.
        const auto pid = share.server.pid;
        if (!process_on(pid, share.folder.cluster(), share.user)) return;
        ::kill(pid, SIGINT);
        const auto asked = Clock::now();
        share.wait_until([&] {
            if (since(asked) > kSecondThoughts) ::kill(pid, SIGQUIT);  // as the keeper does
            return !is_running(pid);
        });
    } catch (const std::exception&) {
        // The keeper stops the server when this process has ended.
        return;
    }
}

}  // namespace moneytrail::postgres
