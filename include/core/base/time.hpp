#pragma once

// The block's time, which alone decides; wall clocks do not.

#include <chrono>
#include <string>

namespace moneytrail {

using BlockTime = std::chrono::sys_seconds;

inline std::chrono::sys_days utc_day(BlockTime time) {
    return std::chrono::floor<std::chrono::days>(time);
}

std::string to_iso(BlockTime time);             // "2023-07-13T17:38:11Z"
std::string to_iso(std::chrono::sys_days day);  // "2023-07-13"

}  // namespace moneytrail
