#include "signals/params.hpp"
#include "signals/signal.hpp"
#include "signals/wording.hpp"

#include <algorithm>

namespace moneytrail::signals {
namespace {

// S2: the subject uses a protocol or a bridge that it has no history with: it pays it or is paid by it, or,
// in a transaction of its own, calls it. What comes in unasked is a first payment, and no use.
//
//   min_usd   50        gate G of what comes in unasked
//   scope     subject   whose history decides: subject or entity
class NewProtocol final : public Signal {
  public:
    explicit NewProtocol(Params& params)
        : min_usd_{params.gate()},
          scope_{static_cast<Scope>(params.choice("scope", {"subject", "entity"}, 0))} {}

    Verdicts evaluate(const Occasion& occasion) const override {
        const auto& now = *occasion.activities.front();
        if (!now.is_dealing() || !matters(now)) return {};
        Verdicts out;
        for (const auto protocol : protocols(now, occasion.facts))
            if (!is_known(now, protocol, occasion.history)) out.all.push_back(fired(occasion, protocol));
        return out;
    }

    std::vector<std::string> repeat_keys(const Activity& now, const Facts& facts) const override {
        std::vector<std::string> keys;
        for (const auto protocol : protocols(now, facts))
            keys.push_back(key(now, facts.names.labels.organisation(protocol)));
        return keys;
    }

  private:
    enum class Scope { subject, entity };
    // An earlier unsigned use counts from here on.
    static constexpr auto kLeastHistory = Usd::dollars(1);

    Verdict fired(const Occasion& occasion, labels::OrganisationIndex protocol) const {
        const auto& now = *occasion.activities.front();
        const auto& organisation = occasion.facts.names.labels.organisation(protocol);
        const bool is_unasked = now.initiative() == Initiative::others;
        Verdict verdict{.outcome = Outcome::fired,
                        .severity = Severity::medium,
                        .repeat_key = key(now, organisation),
                        .text = (is_unasked ? "first payment from " : "first use of ") + organisation.name,
                        .evidence = {{"protocol", organisation.id},
                                     {"usd", now.usd ? to_string(*now.usd) : "unpriced"},
                                     {"min_usd", to_string(min_usd_)},
                                     {"signed", now.is_signed() ? "yes" : "no"},
                                     {"earlier_over_usd", to_string(is_unasked ? min_usd_ : kLeastHistory)}}};
        say_known_since(verdict, now, occasion.history);
        return verdict;
    }

    static std::string key(const Activity& now, const labels::Organisation& protocol) {
        return "S2|" + now.subject.to_hex() + "|" + protocol.id + std::string{unasked(now)};
    }

    bool matters(const Activity& now) const {
        if (now.is_signed()) return true;
        return now.direction == Direction::out ? passes(now, Usd{}) : passes(now, min_usd_);
    }

    static std::vector<labels::OrganisationIndex> protocols(const Activity& now, const Facts& facts) {
        auto out = now.touched();
        std::erase_if(out, [&](auto each) {
            const auto kind = facts.names.labels.organisation(each).kind;
            return kind != labels::Kind::protocol && kind != labels::Kind::bridge;
        });
        return out;
    }

    bool is_known(const Activity& now, labels::OrganisationIndex protocol, const History& history) const {
        const auto contact = scope_ == Scope::entity && now.entity
                                 ? history.entity_contact(*now.entity, protocol)
                                 : history.contact(now.subject, protocol);
        if (now.initiative() == Initiative::others)
            return contact.largest_unasked && *contact.largest_unasked > min_usd_;
        return contact.was_signed || (contact.largest_paid && *contact.largest_paid >= kLeastHistory);
    }

    Usd min_usd_;
    Scope scope_;
};

}  // namespace

extern const SignalType new_protocol;
const SignalType new_protocol{
    .id = "S2",
    .title = "New protocol",
    .applies_to = "out; in, if signed or over `min_usd`",
    .fires_when =
        "a followed address pays or calls a protocol or bridge that it never used before: no earlier "
        "transaction of its own with it, and no payment to it worth 1 or more; or it is paid by one for the "
        "first time, in others' transactions: none worth more than `min_usd` (50) came before",
    .repeat_key = "subject, protocol; `in` of others",
    .needs = Needs::complete_history,
    .per = Per::activity,
    .make = [](Params& params) -> std::unique_ptr<const Signal> {
        return std::make_unique<NewProtocol>(params);
    },
};

}  // namespace moneytrail::signals
