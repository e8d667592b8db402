#pragma once

// Points in time as people write them on a command line.

#include "base/time.hpp"

#include <optional>
#include <string_view>

namespace moneytrail {

// "2023-07-13", the beginning of that UTC day, or "2023-07-13T17:38:11Z".
std::optional<BlockTime> parse_time(std::string_view text);

}  // namespace moneytrail
