#pragma once

// From one block to its alerts: verify, decode, observe, evaluate, compose. Live and replay call the same.

#include "alerts/alert.hpp"
#include "ledger/observe.hpp"

namespace moneytrail {

// What judging needs and does not change.
struct JudgeSettings {
    std::uint64_t chain_id = 1;
    const signals::Rules& rules;
    const Following& following;
    const TokenList& tokens;
};

struct JudgedBlock {
    Verification verification;
    std::vector<Alert> alerts;
    DecodeCounts counts;
    std::uint64_t transfers = 0;
    std::uint64_t activities = 0;
    std::uint64_t unpriced = 0;  // activities that move something whose worth nobody knows
    std::map<std::string_view, std::uint64_t> unknown;  // verdicts, by rule
};

// Judges a block that extends what `history` and `prices` have seen, and applies it to both. A wrong block
// raises nothing and changes nothing; to be right, the senders of the transactions that become activities
// must have signed them. `known_since` is none when the history is complete.
JudgedBlock judge(const Block& block, const JudgeSettings& settings, History& history, PriceBook& prices,
                  std::optional<BlockTime> known_since);

}  // namespace moneytrail
