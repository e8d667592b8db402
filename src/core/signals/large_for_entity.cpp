#include "signals/params.hpp"
#include "signals/signal.hpp"
#include "signals/wording.hpp"

namespace moneytrail::signals {
namespace {

// S5b: one payment is large for what its entity has.
//
//   min_usd                50     gate G
//   configured_threshold   1.0    times the configured assets
//   measured_threshold     0.25   times the measured assets
class LargeForEntity final : public Signal {
  public:
    explicit LargeForEntity(Params& params)
        : min_usd_{params.gate()}, configured_{params.ratio("configured_threshold", {10'000})} {
        // Read so that it is checked: assets are measured by look-ups, which this version does not make.
        params.ratio("measured_threshold", {2'500});
    }

    Verdicts evaluate(const Occasion& occasion) const override {
        const auto& now = *occasion.activities.front();
        if (!now.is_dealing() || now.direction != Direction::out || !passes(now, min_usd_)) return {};
        if (!now.entity) return {};
        const auto& entity = occasion.facts.following.entities[*now.entity];
        if (!entity.aum || *now.usd <= *entity.aum * configured_) return {};

        const bool is_whole = configured_.per_10_000 == 10'000;
        return Verdict{.outcome = Outcome::fired,
                       .severity = Severity::high,
                       .repeat_key = key(now),
                       .text = amount_of(now, occasion.facts.tokens) + " is more than " +
                               (is_whole ? "" : to_percent(configured_) + " of ") + "the entity's " +
                               dollars(*entity.aum),
                       .evidence = {{"usd", to_string(*now.usd)},
                                    {"aum_usd", to_string(*entity.aum)},
                                    {"threshold", to_string(configured_)}}};
    }

    std::vector<std::string> repeat_keys(const Activity& now, const Facts&) const override {
        if (!now.is_dealing() || now.direction != Direction::out) return {};
        return {key(now)};
    }

  private:
    static std::string key(const Activity& now) { return "S5b|" + pair_and_day(now); }

    Usd min_usd_;
    Ratio configured_;
};

}  // namespace

extern const SignalType large_for_entity;
const SignalType large_for_entity{
    .id = "S5b",
    .title = "Large for the entity",
    .applies_to = "out",
    .fires_when =
        "one payment over `min_usd` (50) is worth more than `configured_threshold` (1.0) times the "
        "entity's `aum_usd`",
    .repeat_key = "subject, counterparty, day",
    .needs = Needs::nothing,
    .per = Per::activity,
    .make = [](Params& params) -> std::unique_ptr<const Signal> {
        return std::make_unique<LargeForEntity>(params);
    },
};

}  // namespace moneytrail::signals
