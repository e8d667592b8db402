#pragma once

// Whether a token is called like a share in a liquidity pool.

#include <string_view>

namespace moneytrail::signals {

// LP as a whole word in any case, or a part of a camel-case word that is exactly LP: "Uni LP", "Cake-LP",
// "crvLP", "LPToken"; not HELP, ALPHA or ALPACA. Rule: src/core/signals/README.md, S8.
bool names_lp(std::string_view text);

}  // namespace moneytrail::signals
