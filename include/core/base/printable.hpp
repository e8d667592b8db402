#pragma once

// Text from outside, such as a token's name, made fit to be shown to people.

#include <cstddef>
#include <string>
#include <string_view>

namespace moneytrail {

// What a reader does not see in its own place is escaped: a name must neither move a terminal's cursor nor
// the words around it, nor look like another. \u{202e} stands for a character of Unicode's categories Cc, Cf,
// Cn, Co, Zl and Zp or one that is ignored by default, \x9b for a byte that is no UTF-8. All text for people
// goes through here; a second time changes nothing.
std::string printable(std::string_view text);

// The same for text of several lines: their ends stay.
std::string printable_lines(std::string_view text);

// The same for JSON, which keeps its value: such characters are written as \u202e.
std::string printable_json(std::string_view json);

// At most `most` characters of UTF-8; where more was, the last one is an ellipsis.
std::string clipped(std::string_view text, std::size_t most);

// How long UTF-8 is where characters are counted in units of UTF-16.
std::size_t utf16_units(std::string_view text);

}  // namespace moneytrail
