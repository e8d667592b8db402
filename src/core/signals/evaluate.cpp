#include "signals/evaluate.hpp"

#include <algorithm>
#include <array>

namespace moneytrail::signals {
namespace {

using Activities = std::span<const Activity>;

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
            if (rule.type->per != per || !wanted(rule)) continue;
            auto verdict = rule.signal->evaluate({activities, history, facts_});
            if (verdict.outcome == Outcome::unknown) ++out_.unknown[rule.type->id];
            if (verdict.outcome != Outcome::fired) continue;
            const auto& about = *activities[verdict.about];
            auto key = rule.signal->repeat_key(about);
            if (!key.empty()) {
                if (history.holds(key)) continue;
                history.hold(key, about.position.block_num);
            }
            out_.findings.push_back({rule.type, about, std::move(verdict), std::move(key)});
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
    const Rules& rules_;
    const Facts& facts_;
    Evaluation out_;
};

}  // namespace

Evaluation evaluate(Activities activities, History& history, const Rules& rules, const Facts& facts) {
    constexpr auto kAll = [](const Rule&) { return true; };
    Asking asking{rules, facts};
    for (auto rest = activities; !rest.empty();) {
        const auto txn = first_transaction(rest);
        for (const auto& activity : txn) {
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

std::vector<std::string> repeat_keys(std::span<const Activity> activities, const Rules& rules) {
    std::vector<std::string> keys;
    for (const auto& activity : activities)
        for (const auto& rule : rules)
            if (auto key = rule.signal->repeat_key(activity); !key.empty()) keys.push_back(std::move(key));
    std::ranges::sort(keys);
    const auto repeated = std::ranges::unique(keys);
    keys.erase(repeated.begin(), repeated.end());
    return keys;
}

}  // namespace moneytrail::signals
