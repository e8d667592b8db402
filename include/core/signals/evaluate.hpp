#pragma once

// Asks every rule about a block's activities, each with exactly the history that came before it.

#include "signals/catalogue.hpp"

#include <map>
#include <string>
#include <string_view>

namespace moneytrail::signals {

struct Rule {
    const SignalType* type = nullptr;
    std::unique_ptr<const Signal> signal;
};
using Rules = std::vector<Rule>;  // in the order of the catalogue

struct Finding {
    const SignalType* type = nullptr;
    Activity activity;
    Verdict verdict;  // fired; its repeat key is now held
};

struct Evaluation {
    std::vector<Finding> findings;                      // in chain order of their transactions
    std::map<std::string_view, std::uint64_t> unknown;  // by rule
};

// `activities` are those of the followed in chain order; each is applied to `history` once it was judged, and
// so are the repeat keys of what fired. Look-alikes among them are marked as the spam that they are.
Evaluation evaluate(std::span<Activity> activities, History& history, const Rules& rules, const Facts& facts);

// The same for everybody else, asking only the rules that judge everybody. Nobody else has a history.
Evaluation evaluate_others(std::span<const Activity> activities, const Rules& rules, const Facts& facts);

bool judges_everybody(const Rules& rules);

// The keys that findings about these activities would have.
std::vector<std::string> repeat_keys(std::span<const Activity> activities, const Rules& rules,
                                     const Facts& facts);

// What these rules want the history to count by.
PairGates pair_gates(const Rules& rules);

}  // namespace moneytrail::signals
