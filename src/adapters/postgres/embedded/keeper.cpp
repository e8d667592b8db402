#include "keeper.hpp"

#include "file_handle.hpp"
#include "process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <sstream>
#include <string_view>
#include <system_error>

namespace moneytrail::postgres {
namespace {

constexpr std::size_t kMaxWords = 65'536;  // of a server or initdb, as far as they are read

struct Pipe {
    FileHandle read;
    FileHandle write;
};

Pipe open_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw Permanent{"cannot start the database: " + std::generic_category().message(errno)};
    return {FileHandle{ends[0]}, FileHandle{ends[1]}};
}

FileHandle open_log(const Launch& launch) {
    const auto& folder = launch.folder;
    constexpr std::uintmax_t kMost = 10'000'000;  // bytes; one older log is kept
    std::error_code ignored;
    if (const auto size = std::filesystem::file_size(folder.log(), ignored); !ignored && size > kMost)
        std::filesystem::rename(folder.log(), folder.log().string() + ".old", ignored);
    return open_owned(folder.log(), O_WRONLY | O_APPEND, launch.user);
}

std::string socket_folder_for(const ClusterFolder& folder) {
    const auto path = folder.socket_folder();
    return is_plain_socket_folder(path) ? path.string() : "../" + path.filename().string();
}

// Words of the server's command line. The socket is the only way in, and its folder lets only its user pass.
std::vector<std::string> server_words(const Launch& launch) {
    std::vector<std::string> words{launch.programs / "postgres",
                                   "-D",
                                   launch.folder.cluster(),
                                   "-k",
                                   socket_folder_for(launch.folder),
                                   "-p",
                                   "5432"};
    std::vector<std::string> settings{"listen_addresses=",       "unix_socket_permissions=0700",
                                      "cluster_name=moneytrail", "logging_collector=off",
                                      "log_checkpoints=off",     "max_connections=20"};
    settings.insert(settings.end(), launch.settings.begin(), launch.settings.end());
    for (auto& setting : settings) {
        words.emplace_back("-c");
        words.push_back(std::move(setting));
    }
    return words;
}

std::vector<std::string> initdb_words(const Launch& launch) {
    return {launch.programs / "initdb",
            "-D",
            launch.folder.unfinished(),
            "-U",
            "moneytrail",
            "-E",
            "UTF8",
            "--locale=C",
            "--data-checksums",
            "--auth-local=trust",
            "--auth-host=reject",
            "--no-instructions"};
}

// From here to make_cluster runs in child processes: nothing but system calls.

[[noreturn]] void run_server(const Arguments& arguments, const char* folder, pid_t keeper) {
    // Whoever kills the keeper leaves nobody who would see a slower shutdown through.
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (::getppid() != keeper) ::_exit(0);
    exec_clean(arguments, folder);
}

// Kindly at first. A fast shutdown in the middle of PostgreSQL's own recovery never ends, and whoever wants
// the database would wait for it; the next start recovers from whatever it is left in.
void stop(pid_t server, const sigset_t& ended) {
    constexpr timespec kPause{.tv_sec = 0, .tv_nsec = 50'000'000};
    constexpr int kPauses = 200;  // ten seconds
    for (const int signal : {SIGINT, SIGQUIT}) {
        ::kill(server, signal);
        for (int i = 0; i < kPauses; ++i) {
            if (::waitpid(server, nullptr, WNOHANG) != 0) return;
            ::sigtimedwait(&ended, nullptr, &kPause);
        }
    }
    ::kill(server, SIGKILL);
    ::waitpid(server, nullptr, 0);
}

// Looks whether the server has ended by itself, and four times a second whether it is still in use. Signals
// are held back, which is what sigtimedwait needs: a server that has ended must not linger as a zombie, since
// the next one would take it for alive.
[[noreturn]] void keep(const FileHandle& shares, pid_t server) {
    constexpr timespec kPause{.tv_sec = 0, .tv_nsec = 250'000'000};
    ::signal(SIGCHLD, SIG_DFL);
    sigset_t ended;
    ::sigemptyset(&ended);
    ::sigaddset(&ended, SIGCHLD);
    for (;;) {
        if (::waitpid(server, nullptr, WNOHANG) == server) ::_exit(0);
        if (try_lock(shares, Lock::exclusive)) break;
        ::sigtimedwait(&ended, nullptr, &kPause);
    }
    stop(server, ended);
    ::_exit(0);  // only now can the next command have the lock
}

}  // namespace

void make_cluster(const Launch& launch) {
    const auto null = open_null();
    const auto log = open_log(launch);
    const auto before = size_of(log);
    const Arguments arguments{initdb_words(launch)};
    const auto folder = launch.folder.root.string();
    int status = -1;
    {
        const SignalsHeld held;
        const auto child = ::fork();
        if (child == 0) {
            if (!become(launch.user)) ::_exit(1);
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            redirect(null.fd(), log.fd());
            exec_clean(arguments, folder.c_str());
        }
        if (child > 0) ::waitpid(child, &status, 0);
    }
    if (status != 0) {
        const auto why =
            "cannot make the database's cluster in " + folder + ": " + log_tail(launch.folder.log());
        const auto said = read_plain(launch.folder.log(), before, kMaxWords);
        if (WIFSIGNALED(status) || said.contains("terminated by signal")) throw Transient{why};
        throw Permanent{why};
    }
    std::filesystem::rename(launch.folder.unfinished(), launch.folder.cluster());
    // Otherwise a power cut could make it unfinished again.
    ::fsync(open_file(folder, O_RDONLY | O_DIRECTORY).fd());
}

pid_t start_server(const Launch& launch) {
    const auto null = open_null();
    const auto log = open_log(launch);
    const auto shares = open_file(launch.folder.shares(), O_RDWR);
    auto pipe = open_pipe();
    const Arguments arguments{server_words(launch)};
    const auto folder = launch.folder.cluster().string();

    const SignalsHeld held;  // the keeper goes on so: Ctrl-C is for the command, not for the server
    const auto child = ::fork();
    if (child == 0) {
        if (::fork() != 0) ::_exit(0);  // the keeper is nobody's child that would have to be waited for
        ::setsid();
        ::prctl(PR_SET_NAME, "moneytrail-db");
        if (!become(launch.user)) ::_exit(1);
        redirect(null.fd(), log.fd());
        const auto self = ::getpid();
        const auto server = ::fork();
        if (server == 0) run_server(arguments, folder.c_str(), self);
        (void)!::write(pipe.write.fd(), &server, sizeof server);
        // Of the command's files it keeps one, so that nobody waits for the end of a pipe that it still has.
        constexpr int kKept = STDERR_FILENO + 1;
        ::dup2(shares.fd(), kKept);
        ::close_range(kKept + 1, ~0U, 0);
        (void)!::chdir("/");
        keep(FileHandle{kKept}, server);
    }
    if (child > 0) ::waitpid(child, nullptr, 0);
    pipe.write = FileHandle{};
    pid_t server = -1;
    if (child < 0 || ::read(pipe.read.fd(), &server, sizeof server) != sizeof server || server < 0)
        throw Permanent{"cannot start the database: " + std::generic_category().message(errno)};
    return server;
}

std::string log_tail(const std::filesystem::path& log) {
    constexpr off_t kMost = 600;
    auto out = read_plain(log, -kMost, kMost);
    std::ranges::replace(out, '\n', ' ');
    return out.empty() ? "it said nothing in " + log.string() : log.string() + " ends: " + out;
}

off_t log_size(const std::filesystem::path& log) {
    std::error_code ignored;
    const auto size = std::filesystem::file_size(log, ignored);
    return ignored ? 0 : static_cast<off_t>(size);
}

bool may_pass(const std::filesystem::path& log, off_t since) {
    // Of clients that come too early, and of what another server or its backends have not let go of yet.
    constexpr std::array<std::string_view, 5> kPassing{"the database system is ", "lock file ",
                                                       "pre-existing shared memory block",
                                                       "Unix-domain socket", "terminating connection"};
    std::istringstream said{read_plain(log, since, kMaxWords)};
    for (std::string line; std::getline(said, line);) {
        if (line.contains("PANIC: ")) return false;
        const auto is_in_line = [&line](std::string_view text) { return line.contains(text); };
        if (line.contains("FATAL: ") && std::ranges::none_of(kPassing, is_in_line)) return false;
    }
    return true;
}

}  // namespace moneytrail::postgres
