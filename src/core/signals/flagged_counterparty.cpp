#include "chain/contracts.hpp"
#include "signals/params.hpp"
#include "signals/signal.hpp"
#include "signals/wording.hpp"

namespace moneytrail::signals {
namespace {

// T2: the subject deals with somebody sanctioned, a mixer, or a reported phishing, scam or hacker's address,
// or calls their contract.
//
//   min_usd   1   what it sends or receives in others' transactions is judged above it
class FlaggedCounterparty final : public Signal {
  public:
    explicit FlaggedCounterparty(Params& params) : min_usd_{params.usd("min_usd", Usd::dollars(1))} {}

    Verdict evaluate(const Occasion& occasion) const override {
        const auto& now = *occasion.activities.front();
        if (now.direction == Direction::self || now.relation == Relation::same_entity) return {};
        if (!now.is_signed() && !passes(now, min_usd_)) return {};
        const auto flagged = find(now, occasion.facts);
        if (!flagged) return {};
        const bool is_grave = flagged->flag == labels::Flag::sanctioned ||
                              (flagged->flag == labels::Flag::phishing && now.direction == Direction::out &&
                               !flagged->is_called);
        return {.outcome = Outcome::fired,
                .severity = is_grave ? Severity::critical : Severity::high,
                .repeat_key = key(now, flagged->address),
                .text = words(now, *flagged, occasion.facts),
                .evidence = {{"flag", std::string{to_string(flagged->flag)}},
                             {"flagged", to_checksum_hex(flagged->address)},
                             {"source", std::string{flagged->source}},
                             {"usd", now.usd ? to_string(*now.usd) : "unpriced"},
                             {"min_usd", to_string(min_usd_)},
                             {"signed", now.is_signed() ? "yes" : "no"}}};
    }

    std::vector<std::string> repeat_keys(const Activity& now, const Facts& facts) const override {
        const auto flagged = find(now, facts);
        return flagged ? std::vector{key(now, flagged->address)} : std::vector<std::string>{};
    }

  private:
    struct Flagged {
        Address address;
        labels::Flag flag = labels::Flag::none;
        bool is_called = false;  // else the counterparty
        std::string_view source;
    };

    // The graver of counterparty and called contract; none: neither is flagged.
    static std::optional<Flagged> find(const Activity& now, const Facts& facts) {
        std::optional<Flagged> out;
        const auto look_at = [&](const std::optional<Address>& address, bool is_called) {
            // Sanctions lists and reports name those too, and nobody is behind them.
            if (!address || *address == contracts::kZero || *address == contracts::kBurn) return;
            const auto* identity = facts.names.labels.find(*address);
            if (!identity || identity->flag == labels::Flag::none) return;
            if (out && out->flag >= identity->flag) return;
            out = {*address, identity->flag, is_called, facts.names.labels.source(*identity)};
        };
        look_at(now.counterparty, false);
        if (now.signed_call) look_at(now.signed_call->called, true);
        return out;
    }

    static std::string words(const Activity& now, const Flagged& flagged, const Facts& facts) {
        const auto label = label_of(flagged.address, facts.following, facts.names.labels);
        const auto who = (label.empty() ? to_checksum_hex(flagged.address) : label) + " (" +
                         std::string{to_string(flagged.flag)} + ")";
        if (flagged.is_called) return "called " + who;
        const auto amount = amount_of(now, facts.tokens);
        return now.direction == Direction::out ? amount + " sent to " + who
                                               : amount + " received from " + who;
    }

    static std::string key(const Activity& now, const Address& flagged) {
        return "T2|" + now.subject.to_hex() + "|" + flagged.to_hex() + "|" + to_iso(utc_day(now.time));
    }

    Usd min_usd_;
};

}  // namespace

extern const SignalType flagged_counterparty;
const SignalType flagged_counterparty{
    .id = "T2",
    .title = "Flagged counterparty",
    .applies_to = "in, out",
    .fires_when =
        "the counterparty or the called contract is sanctioned, a mixer, or reported for phishing, as a "
        "scam or as a hacker's, and more than `min_usd` (1) moves or the followed address signed "
        "(critical: sanctioned, or paid to phishing; else high)",
    .repeat_key = "subject, flagged address, day",
    .needs = Needs::nothing,
    .per = Per::activity,
    .make = [](Params& params) -> std::unique_ptr<const Signal> {
        return std::make_unique<FlaggedCounterparty>(params);
    },
};

}  // namespace moneytrail::signals
