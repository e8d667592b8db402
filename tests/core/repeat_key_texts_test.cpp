// The texts of repeat keys are data: databases hold them, and a text that changes raises an alert a second
// time, unless a migration rewrites those that are held (011_initiative.sql).

#include "story.hpp"

using namespace moneytrail;
using namespace moneytrail::test;

namespace {

using Keys = std::vector<std::string>;

const auto kSubject = Address::from_hex("0x1111111111111111111111111111111111111111").value();
const auto kToken = Address::from_hex("0x7777777777777777777777777777777777777777").value();
// Thursday 13 July 2023, 17:38:11 UTC; the ISO week's Monday is the 10th.
constexpr BlockTime kTime{std::chrono::seconds{1'689'269'891}};

// What the rules of the catalogue would hold for the activity, in their order.
Keys keys_of(const Activity& now) {
    const auto names = story_names();
    const auto tokens = known_tokens();
    const auto following = followed();
    const signals::Facts facts{.tokens = tokens, .following = following, .eth = {}, .names = names};
    Keys out;
    for (const auto* type : signals::catalogue()) {
        if (!type->make) continue;
        signals::Params params{{}, Usd::dollars(50)};
        std::ranges::move(type->make(params)->repeat_keys(now, facts), std::back_inserter(out));
    }
    return out;
}

Activity payment_to(const Address& counterparty) {
    auto out = activity(of(paid(counterparty, 100), kSubject), 1);
    out.time = kTime;
    out.token = kToken;
    const auto names = story_names();
    if (const auto* identity = names.labels.find(counterparty)) out.organisation = identity->organisation;
    return out;
}

bool has(const Keys& keys, std::string_view key) {
    return std::ranges::find(keys, key) != keys.end();
}

}  // namespace

TEST_CASE("the texts of repeat keys stay as databases have them: to an exchange") {
    REQUIRE(kHotWallet.to_hex() == "0xe1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1");
    CHECK(keys_of(payment_to(kHotWallet)) ==
          Keys{"S3|0x1111111111111111111111111111111111111111|0x7777777777777777777777777777777777777777",
               "S4|0x1111111111111111111111111111111111111111|one",
               "S5a|0x1111111111111111111111111111111111111111|0xe1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1|"
               "2023-07-13",
               "S5b|0x1111111111111111111111111111111111111111|0xe1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1|"
               "2023-07-13",
               "S6a|0x1111111111111111111111111111111111111111|0xe1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1|"
               "2023-07-13",
               "S6b|0x1111111111111111111111111111111111111111|0xe1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1|"
               "2023-07-10",
               "S8|0x1111111111111111111111111111111111111111|0x7777777777777777777777777777777777777777|"
               "2023-07-13"});
}

TEST_CASE("the texts of repeat keys stay as databases have them: to a protocol, to somebody flagged") {
    CHECK(has(keys_of(payment_to(kRouter)), "S2|0x1111111111111111111111111111111111111111|uni"));
    REQUIRE(kMixer.to_hex() == "0xb1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1");
    CHECK(has(keys_of(payment_to(kMixer)),
              "T2|0x1111111111111111111111111111111111111111|0xb1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1|"
              "2023-07-13|out|high"));
}

TEST_CASE("the texts of repeat keys stay as databases have them: what comes in unasked") {
    auto now = payment_to(kRouter);
    now.direction = Direction::in;
    CHECK(has(keys_of(now), "S2|0x1111111111111111111111111111111111111111|uni|in"));
    CHECK(has(keys_of(now),
              "S3|0x1111111111111111111111111111111111111111|"
              "0x7777777777777777777777777777777777777777|in"));
    now = payment_to(kMixer);
    now.direction = Direction::in;
    CHECK(has(keys_of(now),
              "T2|0x1111111111111111111111111111111111111111|0xb1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1|"
              "2023-07-13|in|medium"));
    now = payment_to(kStranger);
    now.signed_call = SignedCall{kMixer, {}};
    CHECK(has(keys_of(now),
              "T2|0x1111111111111111111111111111111111111111|0xb1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1|"
              "2023-07-13|called|high"));
}

TEST_CASE("the texts of repeat keys stay as databases have them: ETH and WETH are the zero token") {
    for (const auto& token : {Token{}, Token{contracts::kWeth}}) {
        auto now = payment_to(kStranger);
        now.token = token;
        CHECK(
            has(keys_of(now),
                "S3|0x1111111111111111111111111111111111111111|0x0000000000000000000000000000000000000000"));
    }
}
