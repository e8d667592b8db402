#pragma once

// What a replay tells a person beside its alerts: notices on the way and a summary at the end.

#include "pipeline/replay.hpp"

#include <iosfwd>
#include <string>
#include <string_view>

namespace moneytrail {

// A file of a million unverified blocks must not print a million lines: after the first so many only errors
// do.
class Notices {
  public:
    static constexpr std::uint64_t kMost = 50;

    explicit Notices(std::ostream& err) : err_{err} {}

    void add(const std::string& text);
    void error(const std::string& text);

  private:
    std::ostream& err_;
    std::uint64_t count_ = 0;
};

// Several lines, each with its newline. `unreadable`: lines that were no block.
std::string to_string(const ReplayTotals& totals, std::uint64_t unreadable);

}  // namespace moneytrail
