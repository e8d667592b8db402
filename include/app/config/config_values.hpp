#pragma once

// Single values of the configuration, from text.

#include "base/usd.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moneytrail {

// Without the underscores that group its digits ("80_000_000"); unchanged when they stand elsewhere.
std::string without_groups(std::string_view text);

std::optional<Usd> parse_usd(std::string_view text);
// A whole number with the unit ms, s, m, h or d; 0 needs none.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace moneytrail
