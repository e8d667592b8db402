#pragma once

// How evidence and sentences write amounts, tokens and money.

#include "base/tokens.hpp"
#include "ledger/activity.hpp"

#include <string>
#include <string_view>

namespace moneytrail::signals {

// "USDC"; the contract's address when it has no known symbol; "ETH" for the native coin.
std::string token_name(const Token& token, const TokenList& tokens);

// Thousands in groups and no zeros at the end of a fraction: "1234567.500" is "1 234 567.5".
std::string grouped(std::string_view decimal);

// "81 000 000 USDC"; raw units when the decimals are unknown: "81000000 units of 0x…".
std::string amount_of(const Activity& activity, const TokenList& tokens);

// "80 000 000 USD", with cents only when there are some.
std::string dollars(Usd usd);

}  // namespace moneytrail::signals
