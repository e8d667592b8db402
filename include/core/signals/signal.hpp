#pragma once

// A signal: a pure function of what happened, what came before and what is known, with its evidence.

#include "base/tokens.hpp"
#include "labels/known_names.hpp"
#include "ledger/history.hpp"
#include "prices/book.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moneytrail::signals {

class Params;

using Evidence = std::vector<std::pair<std::string, std::string>>;  // every number compared, in order

// Unknown is not silent: a fact was missing, and somebody may want to know.
enum class Outcome { silent, fired, unknown };

enum class Severity { low, medium, high, critical };

std::string_view to_string(Severity severity);
Severity one_lower(Severity severity);  // low stays low

struct Verdict {
    Outcome outcome = Outcome::silent;
    Severity severity = Severity::low;
    bool provisional = false;  // rests on little history; the severity is lowered for it already
    std::size_t about = 0;     // which of the occasion's activities
    std::string repeat_key;    // an earlier finding with the same key silences this one; empty: it has none
    std::string text;          // one sentence for a human
    Evidence evidence;
};

// What a signal says of an occasion: nothing where it is silent, and one thing of each party or protocol that
// is new to it.
struct Verdicts {
    Verdicts() = default;
    Verdicts(Verdict one) { all.push_back(std::move(one)); }  // NOLINT(google-explicit-constructor)

    std::vector<Verdict> all;
};

// What is known from outside the chain's history, as of the activity's block.
struct Facts {
    const TokenList& tokens;
    const Following& following;
    std::optional<Price> eth;  // none: unpriced
    const labels::KnownNames& names = labels::no_names();
    std::chrono::seconds learning{0};   // before rules that need the whole history are asked
    const PriceBook* prices = nullptr;  // null: nothing is known of pools
};

// One activity, or all of one subject in one transaction, with everything a rule may look at.
struct Occasion {
    std::span<const Activity* const> activities;  // at least one, in chain order
    const History& history;
    const Facts& facts;
};

class Signal {
  public:
    virtual ~Signal() = default;
    virtual Verdicts evaluate(const Occasion& occasion) const = 0;
    // The keys that a finding about this activity can have: known beforehand, so that the store can be asked
    // for those of a whole block at once.
    virtual std::vector<std::string> repeat_keys(const Activity& /*now*/, const Facts& /*facts*/) const {
        return {};
    }
    // What the history is to count a pair's transactions by, where this signal asks it.
    virtual PairGates pair_gates(PairGates others) const { return others; }
    // Whether transactions are judged whose sender nobody follows.
    virtual bool judges_everybody() const { return false; }
};

// When an address's signal starts to be asked: at once, or when its history is complete.
enum class Needs { nothing, complete_history };

// What an occasion holds.
enum class Per { activity, transaction };

// One row of the catalogue: everything the rest of the program and README know about a signal.
struct SignalType {
    std::string_view id;
    std::string_view title;
    std::string_view applies_to;  // directions: "in, out"
    std::string_view fires_when;  // one sentence, with its settings and their defaults
    std::string_view repeat_key;  // what it fires once for: "subject, token"
    Needs needs;
    Per per;
    // Null: it rests on look-ups, which this version does not make, and so nothing is judged by it.
    std::unique_ptr<const Signal> (*make)(Params& params);
};

}  // namespace moneytrail::signals
