#include "signals/params.hpp"
#include "signals/signal.hpp"
#include "signals/wording.hpp"

namespace moneytrail::signals {
namespace {

// S3: the subject moves a token that it has no history with, and it is not itself brand new. What comes in
// unasked is a first receipt, with a history of its own.
//
//   min_usd   50        gate G; earlier movements that did not pass it do not count
//   scope     subject   whose history decides: subject or entity
class NewToken final : public Signal {
  public:
    explicit NewToken(Params& params)
        : min_usd_{params.gate()},
          scope_{static_cast<Scope>(params.choice("scope", {"subject", "entity"}, 0))} {}

    Verdicts evaluate(const Occasion& occasion) const override {
        const auto& now = *occasion.activities.front();
        if (now.direction == Direction::self || now.relation == Relation::same_entity) return {};
        const bool is_unasked = now.initiative() == Initiative::others;
        if (!passes(now, min_usd_) || is_known(now, occasion.history)) return {};
        const auto earlier = occasion.history.activities(now.subject);
        if (earlier < kLeastEarlier) return {};

        const auto token = token_name(one_token(now.token), occasion.facts.tokens);
        Verdict verdict{.outcome = Outcome::fired,
                        .severity = Severity::low,
                        .repeat_key = key(now),
                        .text = (is_unasked ? "first receipt of " : "first movement of ") + token + " over " +
                                dollars(min_usd_) + " after " + std::to_string(earlier) + " activities",
                        .evidence = {{"usd", to_string(*now.usd)},
                                     {"min_usd", to_string(min_usd_)},
                                     {"earlier_activities", std::to_string(earlier)},
                                     {"least_earlier", std::to_string(kLeastEarlier)}}};
        say_known_since(verdict, now, occasion.history);
        return verdict;
    }

    std::vector<std::string> repeat_keys(const Activity& now, const Facts&) const override {
        return {key(now)};
    }

  private:
    static std::string key(const Activity& now) {
        return "S3|" + now.subject.to_hex() + "|" + one_token(now.token).value_or(Address{}).to_hex() +
               std::string{unasked(now)};
    }

    enum class Scope { subject, entity };
    static constexpr std::uint64_t kLeastEarlier = 2;

    bool is_known(const Activity& now, const History& history) const {
        if (scope_ == Scope::entity && now.entity)
            return history.entity_traded(*now.entity, now.token, now.initiative(), min_usd_);
        return history.traded(now.subject, now.token, now.initiative(), min_usd_);
    }

    Usd min_usd_;
    Scope scope_;
};

}  // namespace

extern const SignalType new_token;
const SignalType new_token{
    .id = "S3",
    .title = "New token",
    .applies_to = "in, out",
    .fires_when =
        "a followed address with at least 2 earlier activities moves a token worth more than `min_usd` "
        "(50), and no earlier movement of that token was worth more than that; what it receives in others' "
        "transactions has a history of its own",
    .repeat_key = "subject, token; `in` of others",
    .needs = Needs::complete_history,
    .per = Per::activity,
    .make = [](Params& params) -> std::unique_ptr<const Signal> {
        return std::make_unique<NewToken>(params);
    },
};

}  // namespace moneytrail::signals
