#include "signals/params.hpp"
#include "signals/signal.hpp"
#include "signals/wording.hpp"

namespace moneytrail::signals {
namespace {

// S5a: what the subject has paid one counterparty since midnight UTC is much of what its entity has.
//
//   min_usd              50     gate G of the payment that is judged
//   relative_threshold   0.15   share of the entity's assets
class DailyVolume final : public Signal {
  public:
    explicit DailyVolume(Params& params)
        : min_usd_{params.gate()}, threshold_{params.ratio("relative_threshold", {1'500})} {}

    Verdicts evaluate(const Occasion& occasion) const override {
        const auto& now = *occasion.activities.front();
        if (!now.is_dealing() || now.direction != Direction::out || !passes(now, min_usd_)) return {};
        if (!now.entity) return {};
        const auto& entity = occasion.facts.following.entities[*now.entity];
        if (!entity.aum) return {};
        const auto limit = *entity.aum * threshold_;
        const auto today = occasion.history.pair_day(now.subject, *now.counterparty, utc_day(now.time));
        const auto sum = today.out + *now.usd;
        if (sum <= limit) return {};

        Verdict verdict{.outcome = Outcome::fired,
                        .severity = Severity::medium,
                        .repeat_key = key(now),
                        .text = dollars(sum) + " to " + counterparty_name(now, occasion.facts) +
                                " today is more than " + to_percent(threshold_) + " of the entity's " +
                                dollars(*entity.aum),
                        .evidence = {{"usd_today", to_string(sum)},
                                     {"aum_usd", to_string(*entity.aum)},
                                     {"relative_threshold", to_string(threshold_)},
                                     {"threshold_usd", to_string(limit)},
                                     {"unpriced_transfers", std::to_string(today.out_unpriced)}}};
        if (today.out_unpriced > 0)
            verdict.text += ", not counting " + std::to_string(today.out_unpriced) + " unpriced transfers";
        say_known_since(verdict, now, occasion.history);
        return verdict;
    }

    std::vector<std::string> repeat_keys(const Activity& now, const Facts&) const override {
        if (!now.is_dealing() || now.direction != Direction::out) return {};
        return {key(now)};
    }

  private:
    static std::string key(const Activity& now) { return "S5a|" + pair_and_day(now); }

    Usd min_usd_;
    Ratio threshold_;
};

}  // namespace

extern const SignalType daily_volume;
const SignalType daily_volume{
    .id = "S5a",
    .title = "Daily cumulative volume",
    .applies_to = "out",
    .fires_when =
        "with a payment over `min_usd` (50), what a followed address paid one counterparty on this day "
        "is more than `relative_threshold` (0.15) of the entity's assets",
    .repeat_key = "subject, counterparty, day",
    .needs = Needs::complete_history,
    .per = Per::activity,
    .make = [](Params& params) -> std::unique_ptr<const Signal> {
        return std::make_unique<DailyVolume>(params);
    },
};

}  // namespace moneytrail::signals
