#include "signals/params.hpp"
#include "signals/signal.hpp"
#include "signals/wording.hpp"

namespace moneytrail::signals {
namespace {

// S4: the subject pays an exchange, at its hot wallet or a deposit address, that it has no history with.
//
//   min_usd       50        gate G; earlier transfers that did not pass it do not count
//   scope         subject   whose history decides: subject or entity
//   withdrawals   false     what comes from an exchange too
class NewExchange final : public Signal {
  public:
    explicit NewExchange(Params& params)
        : min_usd_{params.gate()},
          scope_{static_cast<Scope>(params.choice("scope", {"subject", "entity"}, 0))},
          withdrawals_{static_cast<Withdrawals>(params.choice("withdrawals", {"false", "true"}, 0))} {}

    Verdicts evaluate(const Occasion& occasion) const override {
        const auto& now = *occasion.activities.front();
        if (!now.is_dealing() || !passes(now, min_usd_)) return {};
        if (now.direction == Direction::in && withdrawals_ == Withdrawals::ignored) return {};
        const auto* exchange = exchange_of(now, occasion.facts);
        if (!exchange || is_known(now, occasion.history)) return {};
        const auto* what = now.direction == Direction::out ? "first deposit to " : "first withdrawal from ";
        Verdict verdict{
            .outcome = Outcome::fired,
            .severity = Severity::medium,
            .repeat_key = key(now, *exchange),
            .text = what + exchange->name + " over " + dollars(min_usd_),
            .evidence = {
                {"exchange", exchange->id}, {"usd", to_string(*now.usd)}, {"min_usd", to_string(min_usd_)}}};
        say_known_since(verdict, now, occasion.history);
        return verdict;
    }

    std::vector<std::string> repeat_keys(const Activity& now, const Facts& facts) const override {
        if (const auto* exchange = exchange_of(now, facts)) return {key(now, *exchange)};
        return {};
    }

  private:
    enum class Scope { subject, entity };
    enum class Withdrawals { ignored, judged };

    static std::string key(const Activity& now, const labels::Organisation& exchange) {
        return "S4|" + now.subject.to_hex() + "|" + exchange.id +
               (now.direction == Direction::in ? "|in" : "");
    }

    // Null: the counterparty is none.
    static const labels::Organisation* exchange_of(const Activity& now, const Facts& facts) {
        if (!now.organisation) return nullptr;
        const auto& organisation = facts.names.labels.organisation(*now.organisation);
        return organisation.kind == labels::Kind::cex ? &organisation : nullptr;
    }

    bool is_known(const Activity& now, const History& history) const {
        const auto contact = scope_ == Scope::entity && now.entity
                                 ? history.entity_contact(*now.entity, *now.organisation)
                                 : history.contact(now.subject, *now.organisation);
        // What an exchange pays out hides no deposit.
        const auto& largest =
            now.direction == Direction::out ? contact.largest_paid : contact.largest_unasked;
        return largest && *largest > min_usd_;
    }

    Usd min_usd_;
    Scope scope_;
    Withdrawals withdrawals_;
};

}  // namespace

extern const SignalType new_exchange;
const SignalType new_exchange{
    .id = "S4",
    .title = "New exchange",
    .applies_to = "out; in, with `withdrawals: true`",
    .fires_when =
        "more than `min_usd` (50) goes to an exchange (hot wallet or deposit address), and no earlier "
        "transfer to it was worth more than that",
    .repeat_key = "subject, exchange; withdrawals",
    .needs = Needs::complete_history,
    .per = Per::activity,
    .make = [](Params& params) -> std::unique_ptr<const Signal> {
        return std::make_unique<NewExchange>(params);
    },
};

}  // namespace moneytrail::signals
