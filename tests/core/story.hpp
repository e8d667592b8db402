#pragma once

// What happens to the followed, told transaction by transaction, and what the rules find in it.

#include "signals/evaluate.hpp"
#include "support/make_block.hpp"

#include <catch2/catch.hpp>

namespace moneytrail::test {

// Who the label lists of a story know.
inline const Address kHotWallet = address(0xe1);    // exchange one
inline const Address kDeposit = address(0xe2);      // exchange one, of a customer
inline const Address kOtherHot = address(0xe3);     // exchange two
inline const Address kRouter = address(0xf1);       // protocol uni
inline const Address kRouterToo = address(0xf2);    // protocol uni
inline const Address kBridge = address(0xf3);       // bridge
inline const Address kOtherRouter = address(0xf4);  // protocol sushi
inline const Address kMixer = address(0xb1);
inline const Address kSanctioned = address(0xb2);
inline const Address kPhishing = address(0xb3);
inline const Address kScam = address(0xb4);
inline const Address kHacker = address(0xb5);
inline const Address kVictim = address(0xb6);
inline const Address kFundFriend = address(0xc1);  // a fund's

inline labels::KnownNames story_names() {
    using labels::Flag;
    using labels::Kind;
    labels::Names names;
    for (const auto& naming :
         std::vector<labels::Naming>{{"One", "one", Kind::cex, Flag::none},
                                     {"Two", "two", Kind::cex, Flag::none},
                                     {"Uni", "uni", Kind::protocol, Flag::none},
                                     {"Sushi", "sushi", Kind::protocol, Flag::none},
                                     {"Gate", "gate", Kind::bridge, Flag::none},
                                     {"Mixer", "mixer", Kind::mixer, Flag::mixer},
                                     {"Lazarus", "lazarus", Kind::flagged, Flag::sanctioned},
                                     {"Thief", "thief", Kind::flagged, Flag::hacker},
                                     {"Victim", "victim", Kind::person, Flag::none},
                                     {"Friend", "friend", Kind::fund, Flag::none}})
        names.add(naming);
    labels::LabelBookMaker maker{std::move(names)};
    const auto add = [&](const Address& who, std::string_view name, std::string_view category,
                         std::string_view text) { maker.add({who, name, category, text, "user"}); };
    add(kHotWallet, "One", "cex", "One 1");
    add(kDeposit, "One", "cex", "Somebody: One Deposit");
    add(kOtherHot, "Two", "cex", "Two");
    add(kRouter, "Uni", "protocol", "Uni: Router");
    add(kRouterToo, "Uni", "protocol", "Uni: Router 2");
    add(kBridge, "Gate", "bridge", "Gate");
    add(kOtherRouter, "Sushi", "protocol", "Sushi");
    add(kMixer, "Mixer", "mixer", "Mixer: 10 ETH");
    add(kSanctioned, "Lazarus", "sanctioned", "Lazarus");
    add(kPhishing, "", "phishing", "");
    add(kScam, "", "scam", "");
    add(kHacker, "Thief", "hacker", "Thief");
    add(kVictim, "Victim", "person", "Victim");
    add(kFundFriend, "Friend", "fund", "Friend");
    labels::KnownNames out{.labels = std::move(maker).finish()};
    out.protected_tokens = ProtectedNames{known_tokens()};
    return out;
}

class Story {
  public:
    static constexpr Price kEth{200'000'000'000};  // 2 000 dollars

    explicit Story(signals::Rules rules) : rules_{std::move(rules)}, history_{signals::pair_gates(rules_)} {
        following.entities[0].aum = Usd::dollars(1'000'000);
    }

    // One transaction of these activities, in the next block of the day.
    std::vector<signals::Finding> happens(const std::vector<Deed>& deeds) {
        ++block_num_;
        std::vector<Activity> activities;
        for (std::size_t i = 0; i < deeds.size(); ++i) {
            auto each = activity(deeds[i], block_num_);
            each.txn_hash = numbered_hash();
            each.position.place.index = i;
            each.time = time_;
            name(each);
            activities.push_back(each);
        }
        time_ += std::chrono::seconds{12};
        return evaluate(activities, history_, rules_, facts()).findings;
    }
    std::vector<signals::Finding> happens(const Deed& deed) { return happens(std::vector{deed}); }
    void days_later(int days) { time_ = utc_day(time_) + std::chrono::days{days} + std::chrono::hours{12}; }

    signals::Facts facts() const {
        return {.tokens = tokens, .following = following, .eth = kEth, .names = names, .learning = learning};
    }
    History& history() { return history_; }
    BlockTime now() const { return time_; }

    TokenList tokens = known_tokens();
    Following following = followed();
    labels::KnownNames names = story_names();
    std::chrono::seconds learning{0};

  private:
    void name(Activity& activity) const {
        const auto organisation_of = [&](const std::optional<Address>& address) {
            const auto* identity = address ? names.labels.find(*address) : nullptr;
            return identity ? std::optional{identity->organisation} : std::nullopt;
        };
        activity.organisation = organisation_of(activity.counterparty);
        if (activity.signed_call)
            activity.signed_call->organisation = organisation_of(activity.signed_call->called);
    }
    TxHash numbered_hash() const {
        TxHash out;
        out.bytes()[30] = static_cast<std::uint8_t>(block_num_ >> 8);
        out.bytes()[31] = static_cast<std::uint8_t>(block_num_);
        return out;
    }

    signals::Rules rules_;
    History history_;
    BlockNumber block_num_ = 0;
    // Noon of a Wednesday.
    BlockTime time_{std::chrono::sys_days{std::chrono::year{2023} / 7 / 12} + std::chrono::hours{12}};
};

// Dollars out of the fund's main address.
inline Deed paid(const Address& to, std::int64_t dollars) {
    return {.amount = Raw{dollars} * 1'000'000, .usd = Usd::dollars(dollars), .counterparty = to};
}
inline Deed received(const Address& from, std::int64_t dollars) {
    auto deed = paid(from, dollars);
    deed.direction = Direction::in;
    return deed;
}
inline Deed in_cents(Deed deed, std::int64_t cents) {
    deed.amount = cents == 0 ? Raw{1} : Raw{cents} * 10'000;
    deed.usd = Usd::cents(cents);
    return deed;
}
inline Deed unpriced(Deed deed) {
    deed.token = address(0x77);
    deed.amount = 1'000;
    deed.usd.reset();
    return deed;
}
inline Deed with(Deed deed, Relation relation) {
    deed.relation = relation;
    return deed;
}
inline Deed of(Deed deed, const Address& subject) {
    deed.subject = subject;
    return deed;
}
// In a transaction of the subject's own.
inline Deed calling(Deed deed, std::optional<Address> called) {
    deed.signed_call = SignedCall{called, {}};
    return deed;
}

struct StoryRow {
    const char* name;
    std::vector<Deed> past;
    Deed now;
    std::optional<signals::Severity> severity;  // none: silent
};

// Each of the past is a transaction of its own.
inline void check_row(const StoryRow& row, signals::Rule rule) {
    CAPTURE(row.name);
    signals::Rules rules;
    rules.push_back(std::move(rule));
    Story story{std::move(rules)};
    for (const auto& deed : row.past) story.happens(deed);
    const auto findings = story.happens(row.now);
    REQUIRE(findings.size() == (row.severity ? 1 : 0));
    if (row.severity) CHECK(findings[0].verdict.severity == *row.severity);
}

}  // namespace moneytrail::test
