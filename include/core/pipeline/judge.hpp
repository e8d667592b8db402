#pragma once

// From one block to its alerts: verify, decode, observe, evaluate, compose. Live and replay call the same.

#include "alerts/alert.hpp"
#include "ledger/observe.hpp"

#include <unordered_set>

namespace moneytrail {

// What judging needs and does not change.
struct JudgeSettings {
    std::uint64_t chain_id = 1;
    const signals::Rules& rules;
    const Following& following;
    const TokenList& tokens;
    const Feeds& feeds = default_feeds();
    const labels::KnownNames& names = labels::no_names();
    // Block time that an address is watched before rules which need its whole history judge it.
    std::chrono::seconds learning{0};
};

// What a block says by itself, before anybody's past is looked at.
struct ExaminedBlock {
    Verification verification;
    DecodedBlock decoded;
    std::vector<Activity> activities;  // of those who are followed; not appraised: that takes the prices
};

// Verifies, decodes and observes. The transactions that will become activities must have been signed by who
// is said to have sent them: where everybody is judged, that is all of them.
ExaminedBlock examine(const Block& block, const JudgeSettings& settings);

// The same of a block that was decoded, with another watch list.
void examine_again(const Block& block, const JudgeSettings& settings, ExaminedBlock& examined);

// Whether what is said of the block can depend on who of these is followed, and as whose.
bool mentions(const Block& block, const DecodedBlock& decoded, const std::unordered_set<Address>& addresses);

// Who it can depend on.
void collect_mentioned(const Block& block, const DecodedBlock& decoded, std::unordered_set<Address>& into);

struct JudgedBlock {
    std::vector<Alert> alerts;             // in chain order
    std::vector<Activity> activities;      // in chain order
    std::vector<std::string> repeat_keys;  // that its findings hold
    std::vector<PriceUpdate> prices;       // what it taught about them
    std::uint64_t unpriced = 0;            // activities that move something whose worth nobody knows
    std::map<std::string_view, std::uint64_t> unknown;  // verdicts, by rule
};

// Judges a block that is not wrong and extends what `history` and `prices` have seen, and applies it to both.
JudgedBlock judge(const Block& block, const ExaminedBlock& examined, const JudgeSettings& settings,
                  History& history, PriceBook& prices);

}  // namespace moneytrail
