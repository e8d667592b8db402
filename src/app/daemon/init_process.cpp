#include "daemon/init_process.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>

namespace moneytrail {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// Process 1 takes all others with it. A container's runtime gives as long before it kills.
constexpr auto kPatienceAfterwards = 9s;

// Takes in what has ended; `child`'s status is kept. False: there is nobody left.
bool reap(pid_t child, int& status, bool& has_ended) {
    for (;;) {
        int some_status = 0;
        const auto ended = ::waitpid(-1, &some_status, WNOHANG);
        if (ended <= 0) return ended == 0;
        if (ended != child) continue;
        status = some_status;
        has_ended = true;
    }
}

[[noreturn]] void be_init(pid_t child, const sigset_t& all) {
    constexpr timespec kPause{.tv_sec = 0, .tv_nsec = 100'000'000};
    constexpr int kSignalled = 128;  // as shells say it
    int status = 0;
    bool has_ended = false;
    auto deadline = Clock::time_point::max();
    while (reap(child, status, has_ended) && Clock::now() < deadline) {
        if (has_ended && deadline == Clock::time_point::max()) deadline = Clock::now() + kPatienceAfterwards;
        siginfo_t received{};
        const int signal =
            has_ended ? ::sigtimedwait(&all, &received, &kPause) : ::sigwaitinfo(&all, &received);
        // A terminal has told the child as well; a second signal would kill it.
        const bool is_for_child = signal > 0 && signal != SIGCHLD && received.si_code != SI_KERNEL;
        if (is_for_child && !has_ended) ::kill(child, signal);
    }
    std::_Exit(WIFEXITED(status) ? WEXITSTATUS(status) : kSignalled + WTERMSIG(status));
}

}  // namespace

void stay_behind_as_init() {
    if (::getpid() != 1) return;
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, &before);
    const auto child = ::fork();
    if (child > 0) be_init(child, all);
    // Without a child it goes on as it is: better than not at all.
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace moneytrail
