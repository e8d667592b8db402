#include "child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

namespace moneytrail::test {
namespace {

using Clock = std::chrono::steady_clock;

void must(int error, const char* what) {
    if (error != 0) throw std::system_error{error, std::generic_category(), what};
}

class Descriptor {
  public:
    explicit Descriptor(int number) : number_{number} {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int number() const { return number_; }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

  private:
    int number_;
};

// Neither end survives in a child but where it is put on purpose.
struct Pipe {
    Pipe() : Pipe{make()} {}

    Descriptor reader;
    Descriptor writer;

  private:
    explicit Pipe(std::array<int, 2> ends) : reader{ends[0]}, writer{ends[1]} {}
    static std::array<int, 2> make() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) must(errno, "pipe2");
        return ends;
    }
};

class Actions {
  public:
    Actions() { must(posix_spawn_file_actions_init(&actions_), "posix_spawn_file_actions_init"); }
    ~Actions() { posix_spawn_file_actions_destroy(&actions_); }
    Actions(const Actions&) = delete;
    Actions& operator=(const Actions&) = delete;

    void enter(const std::filesystem::path& folder) {
        must(posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str()), "addchdir");
    }
    void open(int descriptor, const char* path, int flags) {
        must(posix_spawn_file_actions_addopen(&actions_, descriptor, path, flags, 0), "addopen");
    }
    void put(const Descriptor& from, int descriptor) {
        must(posix_spawn_file_actions_adddup2(&actions_, from.number(), descriptor), "adddup2");
    }
    void close(int descriptor) { must(posix_spawn_file_actions_addclose(&actions_, descriptor), "addclose"); }
    const posix_spawn_file_actions_t* get() const { return &actions_; }

  private:
    posix_spawn_file_actions_t actions_{};
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    out.reserve(texts.size() + 1);
    for (auto& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

std::vector<std::string> environment(const std::map<std::string, std::string>& variables) {
    std::vector<std::string> out;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text{*entry};
        if (!variables.contains(std::string{text.substr(0, text.find('='))})) out.emplace_back(text);
    }
    for (const auto& [name, value] : variables) out.emplace_back(name).append("=").append(value);
    return out;
}

pid_t start(const Launch& launch, Pipe& out, Pipe& err) {
    Actions actions;
    actions.enter(launch.folder);
    actions.open(STDIN_FILENO, "/dev/null", O_RDONLY);
    if (launch.output == Output::closed)
        actions.close(STDOUT_FILENO);
    else if (launch.output == Output::full)
        actions.open(STDOUT_FILENO, "/dev/full", O_WRONLY);
    else
        actions.put(out.writer, STDOUT_FILENO);
    actions.put(err.writer, STDERR_FILENO);
    for (const int descriptor : launch.closed) actions.close(descriptor);

    auto words = launch.arguments;
    words.insert(words.begin(), launch.program.string());
    auto variables = environment(launch.variables);
    pid_t child = 0;
    must(posix_spawn(&child, launch.program.c_str(), actions.get(), nullptr, pointers(words).data(),
                     pointers(variables).data()),
         launch.program.c_str());
    out.writer.close();
    err.writer.close();
    if (launch.output == Output::broken) out.reader.close();
    return child;
}

// False: at its end.
bool read_some(const Descriptor& from, std::string& into) {
    std::string chunk(1 << 16, '\0');
    const auto got = ::read(from.number(), chunk.data(), chunk.size());
    if (got > 0) into.append(chunk, 0, static_cast<std::size_t>(got));
    return got > 0;
}

// False: the deadline passed before both had ended.
bool read_all(Pipe& out, Pipe& err, Ran& ran, Clock::time_point deadline) {
    while (out.reader.number() >= 0 || err.reader.number() >= 0) {
        // A negative descriptor is passed over by poll.
        std::array<pollfd, 2> polled{{{out.reader.number(), POLLIN, 0}, {err.reader.number(), POLLIN, 0}}};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0) return false;
        if (::poll(polled.data(), polled.size(), static_cast<int>(left.count())) < 0 && errno != EINTR)
            must(errno, "poll");
        if (polled[0].revents != 0 && !read_some(out.reader, ran.out)) out.reader.close();
        if (polled[1].revents != 0 && !read_some(err.reader, ran.err)) err.reader.close();
    }
    return true;
}

int wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR) must(errno, "waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace

struct Child::Running {
    explicit Running(const Launch& launch)
        : program{launch.program.string()}, child{start(launch, out, err)} {}
    ~Running() {
        if (child != 0) ::kill(child, SIGKILL);
        if (child != 0) wait_for(child);
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    std::string program;
    Pipe out;
    Pipe err;
    pid_t child;  // 0: gone
};

Child::Child(const Launch& launch) : running_{std::make_unique<Running>(launch)} {}

Child::~Child() = default;

void Child::signal(int number) const {
    if (running_->child != 0) ::kill(running_->child, number);
}

bool Child::has_ended() const {
    siginfo_t ended{};
    must(::waitid(P_PID, static_cast<id_t>(running_->child), &ended, WEXITED | WNOHANG | WNOWAIT) == 0
             ? 0
             : errno,
         "waitid");
    return ended.si_pid != 0;
}

Ran Child::wait(std::chrono::seconds deadline) {
    Ran ran;
    const bool ended = read_all(running_->out, running_->err, ran, Clock::now() + deadline);
    if (!ended) signal(SIGKILL);
    ran.exit_code = wait_for(std::exchange(running_->child, 0));
    if (!ended)
        throw std::runtime_error{running_->program + " was still running at its deadline: " + ran.err};
    return ran;
}

Ran run(const Launch& launch) {
    return Child{launch}.wait(launch.deadline);
}

}  // namespace moneytrail::test
