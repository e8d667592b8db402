#pragma once

// Text from outside, such as a token's name, made fit for a person's terminal.

#include <string>
#include <string_view>

namespace moneytrail {

// Control characters (C0, DEL, C1) and bytes that are no UTF-8 become '?': a name must not move the cursor.
std::string printable(std::string_view text);

}  // namespace moneytrail
