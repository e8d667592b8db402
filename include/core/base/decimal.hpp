#pragma once

// Numbers as people write them: exact, never through a double.

#include <cstdint>
#include <optional>
#include <string_view>

namespace moneytrail {

// Digits only. None: it is anything else, or does not fit.
std::optional<std::uint64_t> parse_whole(std::string_view text);

// "12.5" with two places is 1250: what is configured is what is compared. None when it is negative, has more
// decimals or does not fit.
std::optional<std::int64_t> parse_decimal(std::string_view text, int places);

}  // namespace moneytrail
