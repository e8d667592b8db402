#pragma once

// A line on a terminal that says how far a long work has come. Into a file or a pipe it writes nothing.

#include <chrono>
#include <cstdint>
#include <string>

namespace moneytrail {

class Progress {
  public:
    // Shown once the work has taken two seconds, on standard error.
    Progress();
    ~Progress();  // clears the line
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    // `where` is what is worked on now.
    void step(const std::string& where);
    // Clears the line, so that something else can be printed.
    void clear();

  private:
    using Clock = std::chrono::steady_clock;

    bool is_terminal_;
    bool shown_ = false;
    std::uint64_t steps_ = 0;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_ = start_;
};

}  // namespace moneytrail
