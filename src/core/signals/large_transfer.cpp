#include "signals/params.hpp"
#include "signals/signal.hpp"
#include "signals/wording.hpp"

#include <array>

namespace moneytrail::signals {
namespace {

constexpr std::uint8_t kEthDecimals = 18;

Raw wei(std::uint64_t eth) {
    return Raw{eth} * Raw{1'000'000'000'000'000'000U};
}

// T1: the largest transfer of the subject in its transaction is large. Native coin is compared in ETH and
// needs no price; any other priced token is compared with the same in US dollars.
//
//   medium     10    ETH
//   high       100   ETH
//   critical   1000  ETH
//   scope      tracked   all: every transaction on the chain; its subject is then its sender
class LargeTransfer final : public Signal {
  public:
    explicit LargeTransfer(Params& params)
        : levels_{{{Severity::critical, params.whole("critical", 1000)},
                   {Severity::high, params.whole("high", 100)},
                   {Severity::medium, params.whole("medium", 10)}}},
          scope_{static_cast<Scope>(params.choice("scope", {"tracked", "all"}, 0))} {}

    bool judges_everybody() const override { return scope_ == Scope::all; }

    Verdicts evaluate(const Occasion& occasion) const override {
        const auto eth = occasion.facts.eth;
        std::optional<std::size_t> largest;
        bool incomparable = false;
        for (std::size_t i = 0; i < occasion.activities.size(); ++i) {
            const auto& each = *occasion.activities[i];
            if (!each.is_movement() || each.is_spam()) continue;
            if (is_native(each) || (eth && each.usd)) {
                if (!largest || larger(each, *occasion.activities[*largest], eth)) largest = i;
            } else if (each.usd) {
                incomparable = true;
            }
        }
        if (largest)
            if (const auto* level = passed(*occasion.activities[*largest], eth))
                return fired(occasion, *largest, *level);
        if (!incomparable) return {};
        return Verdict{.outcome = Outcome::unknown,
                       .text = "ETH has no price yet to compare a token's worth with"};
    }

  private:
    enum class Scope { tracked, all };
    struct Level {
        Severity severity;
        std::uint64_t eth;
    };

    static bool is_native(const Activity& activity) { return !one_token(activity.token); }

    static bool larger(const Activity& a, const Activity& b, std::optional<Price> eth) {
        if (is_native(a) && is_native(b)) return a.amount > b.amount;
        return worth(a, *eth) > worth(b, *eth);
    }

    // Only asked when ETH has a price. Native coin beyond 1e15 dollars does not exist.
    static Usd worth(const Activity& activity, Price eth) {
        if (!is_native(activity)) return *activity.usd;
        return value(activity.amount, kEthDecimals, eth).value_or(Usd{});
    }

    const Level* passed(const Activity& activity, std::optional<Price> eth) const {
        for (const auto& level : levels_) {
            if (is_native(activity)) {
                if (activity.amount > wei(level.eth)) return &level;
            } else if (const auto limit = value(wei(level.eth), kEthDecimals, *eth);
                       limit && *activity.usd > *limit) {
                return &level;
            }
        }
        return nullptr;
    }

    static Verdict fired(const Occasion& occasion, std::size_t index, const Level& level) {
        const auto& now = *occasion.activities[index];
        const auto threshold = grouped(std::to_string(level.eth)) + " ETH";
        auto text = amount_of(now, occasion.facts.tokens) + " is more than " + threshold;
        Evidence evidence{{"threshold_eth", std::to_string(level.eth)}};
        if (is_native(now)) {
            evidence.emplace_back("eth", moneytrail::to_string(now.amount, kEthDecimals));
        } else {
            const auto limit = *value(wei(level.eth), kEthDecimals, *occasion.facts.eth);
            text += " (" + dollars(limit) + ")";
            evidence.emplace_back("usd", to_string(*now.usd));
            evidence.emplace_back("threshold_usd", to_string(limit));
        }
        auto severity = level.severity;
        if (now.relation == Relation::same_entity) {
            severity = one_lower(severity);
            text += ", within " + occasion.facts.following.entities[*now.entity].name;
        }
        return {.outcome = Outcome::fired,
                .severity = severity,
                .about = index,
                .text = std::move(text),
                .evidence = std::move(evidence)};
    }

    std::array<Level, 3> levels_;  // the highest first
    Scope scope_;
};

}  // namespace

extern const SignalType large_transfer;
const SignalType large_transfer{
    .id = "T1",
    .title = "Large transfer",
    .applies_to = "any",
    .fires_when =
        "the largest movement of a followed address in a transaction is over `medium` (10), `high` (100) "
        "or `critical` (1 000) ETH, or over the same in dollars: medium, high, critical; one lower within "
        "an entity. `scope: all` judges every transaction on the chain",
    .repeat_key = "transaction",
    .needs = Needs::nothing,
    .per = Per::transaction,
    .make = [](Params& params) -> std::unique_ptr<const Signal> {
        return std::make_unique<LargeTransfer>(params);
    },
};

}  // namespace moneytrail::signals
