#include "signals/evaluate.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace moneytrail::signals {
namespace {

using Activities = std::span<const Activity>;

// Whether enough is known of the subject for the rule.
bool is_armed(const SignalType& type, const Activity& now, const History& history, const Facts& facts) {
    if (type.needs == Needs::nothing) return true;
    const auto since = history.known_since(now.subject);
    return !since || now.time - *since >= facts.learning;
}

// What stands together in one transaction. A withdrawal has none and stands alone.
Activities first_transaction(Activities rest) {
    std::size_t size = 1;
    const auto txn = rest.front().position.txn_index;
    while (txn != kNoTransaction && size < rest.size() && rest[size].position.txn_index == txn) ++size;
    return rest.first(size);
}

class Asking {
  public:
    Asking(const Rules& rules, const Facts& facts) : rules_{rules}, facts_{facts} {}

    template <class Wanted>
    void ask(Per per, std::span<const Activity* const> activities, History& history, const Wanted& wanted) {
        for (const auto& rule : rules_) {
            if (rule.type->per != per || !wanted(rule) ||
                !is_armed(*rule.type, *activities.front(), history, facts_))
                continue;
            for (auto& verdict : rule.signal->evaluate({activities, history, facts_}).all)
                take(rule, std::move(verdict), activities, history);
        }
    }

    // Once per subject, in the order of their first activities.
    template <class Wanted>
    void ask_per_subject(Activities txn, History& history, const Wanted& wanted) {
        std::vector<const Activity*> sorted;
        sorted.reserve(txn.size());
        for (const auto& activity : txn) sorted.push_back(&activity);
        std::ranges::sort(sorted, [](const auto* a, const auto* b) {
            return std::pair{a->subject, a} < std::pair{b->subject, b};  // one array: addresses are in order
        });
        for (std::span<const Activity* const> rest{sorted}; !rest.empty();) {
            std::size_t size = 1;
            while (size < rest.size() && rest[size]->subject == rest.front()->subject) ++size;
            ask(Per::transaction, rest.first(size), history, wanted);
            rest = rest.subspan(size);
        }
    }

    Evaluation take() { return std::move(out_); }

  private:
    void take(const Rule& rule, Verdict verdict, std::span<const Activity* const> activities,
              History& history) {
        if (verdict.outcome == Outcome::unknown) ++out_.unknown[rule.type->id];
        if (verdict.outcome != Outcome::fired) return;
        const auto& about = *activities[verdict.about];
        if (const auto& key = verdict.repeat_key; !key.empty()) {
            // Otherwise a store would never be asked for it.
            assert(announces(rule, about, key));
            if (history.holds(key)) return;
            history.hold(key, about.position.block_num);
        }
        out_.findings.push_back({rule.type, about, std::move(verdict)});
    }

    bool announces(const Rule& rule, const Activity& about, const std::string& key) const {
        const auto keys = rule.signal->repeat_keys(about, facts_);
        return std::ranges::find(keys, key) != keys.end();
    }

    const Rules& rules_;
    const Facts& facts_;
    Evaluation out_;
};

}  // namespace

Evaluation evaluate(std::span<Activity> activities, History& history, const Rules& rules,
                    const Facts& facts) {
    constexpr auto kAll = [](const Rule&) { return true; };
    Asking asking{rules, facts};
    for (auto rest = activities; !rest.empty();) {
        const auto txn = rest.first(first_transaction(rest).size());
        for (auto& activity : txn) {
            if (!activity.is_spam() && is_look_alike(activity, history)) activity.spam = Spam::look_alike;
            const std::array<const Activity*, 1> one{&activity};
            if (!activity.is_spam()) asking.ask(Per::activity, one, history, kAll);
            history.apply(activity);
        }
        asking.ask_per_subject(txn, history, kAll);
        rest = rest.subspan(txn.size());
    }
    return asking.take();
}

Evaluation evaluate_others(Activities activities, const Rules& rules, const Facts& facts) {
    constexpr auto kEverybodys = [](const Rule& rule) { return rule.signal->judges_everybody(); };
    Asking asking{rules, facts};
    History nothing;
    for (auto rest = activities; !rest.empty();) {
        const auto txn = first_transaction(rest);
        asking.ask_per_subject(txn, nothing, kEverybodys);
        rest = rest.subspan(txn.size());
    }
    return asking.take();
}

bool judges_everybody(const Rules& rules) {
    return std::ranges::any_of(rules, [](const Rule& rule) { return rule.signal->judges_everybody(); });
}

std::vector<std::string> repeat_keys(std::span<const Activity> activities, const Rules& rules,
                                     const Facts& facts) {
    std::vector<std::string> keys;
    for (const auto& activity : activities)
        for (const auto& rule : rules)
            std::ranges::move(rule.signal->repeat_keys(activity, facts), std::back_inserter(keys));
    std::ranges::sort(keys);
    const auto repeated = std::ranges::unique(keys);
    keys.erase(repeated.begin(), repeated.end());
    return keys;
}

PairGates pair_gates(const Rules& rules) {
    PairGates gates;
    for (const auto& rule : rules) gates = rule.signal->pair_gates(gates);
    return gates;
}

}  // namespace moneytrail::signals
