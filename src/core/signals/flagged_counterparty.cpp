#include "chain/contracts.hpp"
#include "signals/params.hpp"
#include "signals/signal.hpp"
#include "signals/wording.hpp"

#include <algorithm>
#include <array>

namespace moneytrail::signals {
namespace {

// T2: the subject deals with somebody sanctioned, a mixer, or a reported phishing, scam or hacker's address,
// or calls their contract.
//
//   min_usd        1      what it sends or receives in others' transactions is judged above it
//   min_high_usd   1000   what it receives in others' transactions is less grave below it
class FlaggedCounterparty final : public Signal {
  public:
    explicit FlaggedCounterparty(Params& params)
        : min_usd_{params.usd("min_usd", Usd::dollars(1))},
          min_high_usd_{params.usd("min_high_usd", Usd::dollars(1000))} {}

    Verdicts evaluate(const Occasion& occasion) const override {
        const auto& now = *occasion.activities.front();
        Verdicts out;
        if (now.direction == Direction::self || now.relation == Relation::same_entity) return out;
        if (!now.is_signed() && !passes(now, min_usd_)) return out;
        for (const auto& flagged : find(now, occasion.facts))
            if (!was_as_grave(now, flagged, occasion.history))
                out.all.push_back(fired(now, flagged, occasion.facts));
        return out;
    }

    std::vector<std::string> repeat_keys(const Activity& now, const Facts& facts) const override {
        std::vector<std::string> keys;
        for (const auto& flagged : find(now, facts))
            for (const auto severity : kSeverities) keys.push_back(key(now, flagged, severity));
        return keys;
    }

  private:
    struct Flagged {
        Address address;
        labels::Flag flag = labels::Flag::none;
        std::string_view role;  // "in", "out" or "called"
        std::string_view source;
        Severity severity = Severity::high;
    };
    static constexpr std::array kSeverities{Severity::medium, Severity::high, Severity::critical};

    // Counterparty and called contract, where they are flagged; of one that is both, the graver.
    std::vector<Flagged> find(const Activity& now, const Facts& facts) const {
        std::vector<Flagged> out;
        const auto look_at = [&](const std::optional<Address>& address, std::string_view role) {
            // Sanctions lists and reports name those too, and nobody is behind them.
            if (!address || contracts::is_nobodys(*address)) return;
            const auto* identity = facts.names.labels.find(*address);
            if (!identity || identity->flag == labels::Flag::none) return;
            Flagged found{*address, identity->flag, role, facts.names.labels.source(*identity)};
            found.severity = severity_of(now, found);
            if (out.empty() || out.front().address != *address)
                out.push_back(found);
            else if (found.severity > out.front().severity)
                out.front() = found;
        };
        look_at(now.counterparty, to_string(now.direction));
        if (now.signed_call) look_at(now.signed_call->called, "called");
        return out;
    }

    // Anybody can have a dollar sent to anybody, by a sanctioned contract too.
    Severity severity_of(const Activity& now, const Flagged& flagged) const {
        if (now.initiative() == Initiative::others && now.usd && *now.usd < min_high_usd_)
            return Severity::medium;
        const bool is_grave = flagged.flag == labels::Flag::sanctioned ||
                              (flagged.flag == labels::Flag::phishing && flagged.role != "in");
        return is_grave ? Severity::critical : Severity::high;
    }

    // A graver one fires again on the same day.
    static bool was_as_grave(const Activity& now, const Flagged& flagged, const History& history) {
        return std::ranges::any_of(kSeverities, [&](auto severity) {
            return severity >= flagged.severity && history.holds(key(now, flagged, severity));
        });
    }

    Verdict fired(const Activity& now, const Flagged& flagged, const Facts& facts) const {
        return {.outcome = Outcome::fired,
                .severity = flagged.severity,
                .repeat_key = key(now, flagged, flagged.severity),
                .text = words(now, flagged, facts),
                .evidence = {{"flag", std::string{to_string(flagged.flag)}},
                             {"flagged", to_checksum_hex(flagged.address)},
                             {"source", std::string{flagged.source}},
                             {"usd", now.usd ? to_string(*now.usd) : "unpriced"},
                             {"min_usd", to_string(min_usd_)},
                             {"signed", now.is_signed() ? "yes" : "no"}}};
    }

    static std::string words(const Activity& now, const Flagged& flagged, const Facts& facts) {
        const auto label = label_of(flagged.address, facts.following, facts.names.labels);
        const auto who = (label.empty() ? to_checksum_hex(flagged.address) : label) + " (" +
                         std::string{to_string(flagged.flag)} + ")";
        if (flagged.role == "called") return "called " + who;
        const auto amount = amount_of(now, facts.tokens);
        return now.direction == Direction::out ? amount + " sent to " + who
                                               : amount + " received from " + who;
    }

    static std::string key(const Activity& now, const Flagged& flagged, Severity severity) {
        return "T2|" + now.subject.to_hex() + "|" + flagged.address.to_hex() + "|" +
               to_iso(utc_day(now.time)) + "|" + std::string{flagged.role} + "|" +
               std::string{to_string(severity)};
    }

    Usd min_usd_;
    Usd min_high_usd_;
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
        "(critical: sanctioned, or phishing that is paid or called; medium: less than `min_high_usd` (1 000) "
        "received in others' transactions; else high)",
    .repeat_key = "subject, flagged address, direction or call, day; a higher severity fires again",
    .needs = Needs::nothing,
    .per = Per::activity,
    .make = [](Params& params) -> std::unique_ptr<const Signal> {
        return std::make_unique<FlaggedCounterparty>(params);
    },
};

}  // namespace moneytrail::signals
