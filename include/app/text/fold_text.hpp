#pragma once

// How texts are compared that people take for the same.

#include <string>
#include <string_view>

namespace moneytrail {

// NFKC_Casefold of The Unicode Standard, section 5.18: compatibility forms made one, case folded, what is
// invisible (zero-width, direction marks, soft hyphens, variation selectors) left out; then without spaces
// around it. Empty when `text` is no UTF-8 or nothing is left.
std::string fold_text(std::string_view text);

}  // namespace moneytrail
