#include "process.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

namespace moneytrail::postgres {

Arguments::Arguments(std::vector<std::string> words) : words_{std::move(words)} {
    for (auto& word : words_) pointers_.push_back(word.data());
    pointers_.push_back(nullptr);
}

SignalsHeld::SignalsHeld() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
}

SignalsHeld::~SignalsHeld() {
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

FileHandle open_null() {
    return open_file("/dev/null", O_RDWR);
}

void redirect(int null, int log) {
    ::dup2(null, STDIN_FILENO);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
}

void exec_clean(const Arguments& arguments, const char* folder) {
    constexpr int kNotRun = 127;
    constexpr mode_t kOwnerOnly = 077;
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
    for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::umask(kOwnerOnly);
    std::array<char, 14> path{"PATH=/usr/bin"};
    std::array<char, 9> locale{"LC_ALL=C"};
    std::array<char, 7> zone{"TZ=UTC"};
    const std::array<char*, 4> environment{path.data(), locale.data(), zone.data(), nullptr};
    if (::chdir(folder) == 0) ::execve(arguments.data()[0], arguments.data(), environment.data());
    ::_exit(kNotRun);
}

}  // namespace moneytrail::postgres
