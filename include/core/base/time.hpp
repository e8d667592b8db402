#pragma once

// Points in time: the block's, which alone decides, and as people write them.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace moneytrail {

using BlockTime = std::chrono::sys_seconds;

inline std::chrono::sys_days utc_day(BlockTime time) {
    return std::chrono::floor<std::chrono::days>(time);
}

// "2023-07-13"; none: it is anything else, or no day of the calendar.
std::optional<std::chrono::sys_days> parse_day(std::string_view text);
// "2023-07-13", the beginning of that UTC day, or "2023-07-13T17:38:11Z".
std::optional<BlockTime> parse_time(std::string_view text);

std::string to_iso(BlockTime time);             // "2023-07-13T17:38:11Z"
std::string to_iso(std::chrono::sys_days day);  // "2023-07-13"

}  // namespace moneytrail
