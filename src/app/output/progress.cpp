#include "output/progress.hpp"

#include <unistd.h>

#include <cstdio>

namespace moneytrail {

Progress::Progress() : is_terminal_{isatty(STDERR_FILENO) == 1} {}

Progress::~Progress() {
    clear();
}

void Progress::step(const std::string& where) {
    using namespace std::chrono_literals;
    ++steps_;
    if (!is_terminal_) return;
    const auto now = Clock::now();
    if (now - start_ < 2s || now - last_ < 100ms) return;
    last_ = now;
    shown_ = true;
    const auto seconds = std::chrono::duration<double>(now - start_).count();
    std::fprintf(stderr, "\r\x1b[K%llu blocks, %.0f a second, now %s",
                 static_cast<unsigned long long>(steps_), static_cast<double>(steps_) / seconds,
                 where.c_str());
}

void Progress::clear() {
    if (!shown_) return;
    std::fputs("\r\x1b[K", stderr);
    shown_ = false;
}

}  // namespace moneytrail
