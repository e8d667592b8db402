#pragma once

// How far two words are apart, to guess what was meant.

#include <cstddef>
#include <string_view>

namespace moneytrail {

// Levenshtein's; meant for short words.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace moneytrail
