#include "postgres/embedded_cluster.hpp"

#include "cluster_folder.hpp"
#include "file_handle.hpp"
#include "keeper.hpp"
#include "postmaster.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <csignal>
#include <cstdio>
#include <functional>
#include <string_view>
#include <thread>

namespace moneytrail::postgres {
namespace {

using namespace std::chrono_literals;

// Recovery after a crash replays up to a gigabyte of log; more than this is no start but a fault.
constexpr auto kPatience = 5min;
constexpr auto kPause = 20ms;

// False when it did not come true in time.
bool wait_until(const std::function<bool()>& is_true) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (!is_true()) {
        if (std::chrono::steady_clock::now() >= deadline) return false;
        std::this_thread::sleep_for(kPause);
    }
    return true;
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

std::string url_of(const Postmaster& server) {
    return "postgresql://moneytrail@/postgres?host=" + percent_encoded(server.socket_folder) +
           "&port=" + server.port;
}

void lock(const FileHandle& file, Lock how) {
    if (!wait_until([&] { return try_lock(file, how); }))
        throw Transient{"another moneytrail has been starting or stopping the database for minutes"};
}

// The socket is named in the pid file before the server takes connections.
Postmaster wait_until_ready(const ClusterFolder& folder, pid_t pid) {
    std::optional<Postmaster> server;
    const bool is_in_time = wait_until([&] {
        if (!is_running(pid))
            throw Permanent{"the embedded database does not start: " + log_tail(folder.log())};
        server = find_postmaster(folder);
        return server && !server->socket_folder.empty() && PQping(url_of(*server).c_str()) == PQPING_OK;
    });
    if (!is_in_time)
        throw Transient{"the embedded database takes too long to start: " + log_tail(folder.log())};
    return *server;
}

Postmaster start(const ClusterOptions& options, const ServerUser& user, const ClusterFolder& folder) {
    const auto programs = programs_for(folder, options.programs);
    const Launch launch{.user = user,
                        .folder = folder,
                        .programs = programs,
                        .socket_folder = open_socket_folder(folder, user),
                        .settings = options.settings};
    if (!std::filesystem::exists(folder.cluster())) make_cluster(launch);
    return wait_until_ready(folder, start_server(launch));
}

}  // namespace

struct EmbeddedCluster::Share {
    Share(const ClusterOptions& options, const ServerUser& user)
        : folder{open_cluster_folder(options, user)},
          turn{open_owned(folder.turn(), O_RDWR, user)},
          shares{open_owned(folder.shares(), O_RDWR, user)} {}

    ClusterFolder folder;
    FileHandle turn;
    FileHandle shares;
    Postmaster server;
};

EmbeddedCluster::EmbeddedCluster(const ClusterOptions& options) {
    const auto user = server_user();
    share_ = std::make_unique<Share>(options, user);
    lock(share_->turn, Lock::exclusive);
    lock(share_->shares, Lock::shared);  // a keeper that is stopping the server lets go when it has stopped
    const auto running = find_postmaster(share_->folder);
    share_->server =
        running ? wait_until_ready(share_->folder, running->pid) : start(options, user, share_->folder);
    unlock(share_->turn);
    url_ = url_of(share_->server);
}

EmbeddedCluster::~EmbeddedCluster() {
    try {
        lock(share_->turn, Lock::exclusive);
        unlock(share_->shares);
        if (other_holder(share_->shares) == Holder::sharer) return;
        // The keeper would do the same a moment later; a server that somebody started by hand has none.
        ::kill(share_->server.pid, SIGINT);
        wait_until([&] { return !is_running(share_->server.pid); });
    } catch (const std::exception&) {
        // The keeper stops the server when this process has ended.
        return;
    }
}

}  // namespace moneytrail::postgres
