#pragma once

// Text from outside, such as a token's name, made fit to be shown to people.

#include <cstddef>
#include <string>
#include <string_view>

namespace moneytrail {

// UTF-8. Control characters (C0, DEL, C1), what turns the direction of writing or breaks a line, and bytes
// that are no UTF-8 become '?': a name must neither move a terminal's cursor nor the words around it.
std::string printable(std::string_view text);

// At most `most` characters of UTF-8; where more was, the last one is an ellipsis.
std::string clipped(std::string_view text, std::size_t most);

// How long UTF-8 is where characters are counted in units of UTF-16.
std::size_t utf16_units(std::string_view text);

}  // namespace moneytrail
