#pragma once

// How evidence and sentences write amounts, tokens, money and names.

#include "base/tokens.hpp"
#include "labels/label_book.hpp"
#include "ledger/activity.hpp"
#include "signals/signal.hpp"

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

// "Binance: Binance 14" as the label lists say; empty: they say nothing.
std::string listed_label(const Address& address, const labels::LabelBook& labels);

// Who an address is: "Wintermute: hot wallet" of somebody followed, else what the label lists say; empty:
// nobody says.
std::string label_of(const Address& address, const Following& following, const labels::LabelBook& labels);

// The same, or the address itself where nobody says; the beacon chain has neither.
std::string counterparty_name(const Activity& activity, const Facts& facts);

// "0.1500" is "15 %", "0.0125" is "1.25 %".
std::string to_percent(Ratio share);

// Parts of a repeat key.
std::string pair_and(const Activity& activity, std::chrono::sys_days day);
std::string pair_and_day(const Activity& activity);

// The end of a key that tells what comes in unasked apart.
std::string_view unasked(const Activity& activity);

// Adds since when the subject is known, to the sentence and to the evidence, where its history is not
// complete.
void say_known_since(Verdict& verdict, const Activity& activity, const History& history);

}  // namespace moneytrail::signals
