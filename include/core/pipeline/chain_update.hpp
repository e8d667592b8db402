#pragma once

// What a block that was read means for the chain that is followed: recorded and live blocks ask the same.

#include "chain/window.hpp"
#include "pipeline/judge.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace moneytrail {

// What became of a block.
enum class Fate {
    judged,      // and its alerts raised
    unverified,  // judged, but fields are missing that would prove it
    wrong,       // contradicts what covers it: raised nothing
    duplicate,   // was here already
    orphan,      // its parent is not known, or too deep
};

std::string_view to_string(Fate fate);  // "judged", "unverified", …

enum class Step { none, extends, crosses_gap, forks };

struct Admission {
    Fate fate = Fate::judged;
    std::string notice;  // what a person should know: what is wrong, a gap, a fork; mostly empty
    Step step = Step::none;
    BlockNumber ancestor = 0;  // when it forks: what stays; blocks above it up to `old_tip` go
    BlockNumber old_tip = 0;

    bool is_taken() const { return step != Step::none; }
};

// Judges the link and brings the window to the block: it is then the window's tip.
Admission admit(const BlockLink& link, const Verification& verification, ChainWindow& window);

}  // namespace moneytrail
