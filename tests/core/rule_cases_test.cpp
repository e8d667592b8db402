// Defects of systems that do this job, each a test that is called like its line of the rule book.

#include "pipeline/judge.hpp"
#include "signals/lp_names.hpp"
#include "story.hpp"

using namespace moneytrail;
using namespace moneytrail::test;
using signals::Severity;

namespace {

std::vector<std::string> rules_of(const std::vector<signals::Finding>& findings) {
    std::vector<std::string> out;
    for (const auto& finding : findings) out.emplace_back(finding.type->id);
    return out;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a second deposit to an exchange fires no second S4") {
    Story story{rules({"S4"})};
    CHECK(story.happens(paid(kHotWallet, 100)).size() == 1);
    CHECK(story.happens(paid(kHotWallet, 10'000'000)).empty());
    CHECK(story.happens(paid(kDeposit, 10'000'000)).empty());
}

TEST_CASE("a test deposit below the gate does not hide the large one") {
    Story story{rules({"S4"})};
    CHECK(story.happens(paid(kHotWallet, 20)).empty());
    CHECK(story.happens(paid(kHotWallet, 10'000'000)).size() == 1);
}

TEST_CASE("calling an exchange's router does not silence deposits") {
    Story story{rules({"S4"})};
    CHECK(story.happens(calling(paid(kStranger, 60), kHotWallet)).empty());
    CHECK(story.happens(paid(kHotWallet, 10'000'000)).size() == 1);
}

TEST_CASE("a dollar from a stranger does not hide the first use") {
    Story story{rules({"S2"})};
    CHECK(story.happens(received(kRouter, 1)).empty());
    CHECK(story.happens(received(kRouter, 1000)).size() == 1);
    CHECK(story.happens(paid(kRouter, 1'000'000)).size() == 1);
}

TEST_CASE("a withdrawal does not hide the first deposit") {
    Story story{rules({"S4"})};
    CHECK(story.happens(received(kHotWallet, 51)).empty());
    CHECK(story.happens(paid(kHotWallet, 10'000'000)).size() == 1);
}

TEST_CASE("part of a week is no week") {
    // The reports' case: seven a week from a Saturday on, all but the first week's five times as many as fit.
    Story story{rules({"S6b"})};
    story.days_later(3);  // from Wednesday
    for (int i = 0; i < 2; ++i) story.happens(paid(kStranger, 101));
    story.days_later(2);
    for (int week = 0; week < 4; ++week) {
        for (int i = 0; i < 7; ++i) story.happens(paid(kStranger, 101));
        story.days_later(7);
    }
    // Of four whole weeks one is the guard: too few, where the two days were the fourth.
    for (int i = 0; i < 30; ++i) CHECK(story.happens(paid(kStranger, 101)).empty());
}

TEST_CASE("two payments are no burst") {
    signals::Rules sigma;
    sigma.push_back(rule("S6a", {{"baseline", "sigma"}}));
    Story story{std::move(sigma)};
    CHECK(story.happens(paid(kStranger, 101)).empty());
    story.days_later(13);
    CHECK(story.happens(paid(kStranger, 101)).empty());
}

TEST_CASE("a dollar from a phisher does not hide five million to him") {
    Story story{rules({"T2"})};
    CHECK(story.happens(received(kPhishing, 2)).size() == 1);
    const auto findings = story.happens(paid(kPhishing, 5'000'000));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].verdict.severity == Severity::critical);
}

TEST_CASE("a stranger's token does not hide what the subject buys itself") {
    Story story{rules({"S3"})};
    story.happens(unpriced(paid(kStranger, 0)));
    story.happens(unpriced(paid(kStranger, 0)));
    CHECK(story.happens(received(kStranger, 100)).size() == 1);
    CHECK(story.happens(received(kStranger2, 100)).empty());
    CHECK(story.happens(paid(kStranger, 100)).size() == 1);
}

TEST_CASE("burning, wrapping and moving within an entity is no history of a token") {
    const auto is_history = [](const Deed& deed) {
        History history;
        history.apply(activity(deed, 1));
        const auto initiative = deed.direction == Direction::in ? Initiative::others : Initiative::own;
        return history.traded(kFund, contracts::kUsdc, initiative, Usd::dollars(50));
    };
    CHECK(is_history(paid(kStranger, 100)));
    CHECK(is_history(received(kStranger, 100)));
    CHECK_FALSE(is_history(with(paid(contracts::kBurn, 100), Relation::nobody)));
    CHECK_FALSE(is_history(with(received(contracts::kZero, 100), Relation::nobody)));
    CHECK_FALSE(is_history(with(paid(kFundToo, 100), Relation::same_entity)));
    auto wrap = paid(kFund, 100);
    wrap.direction = Direction::self;
    CHECK_FALSE(is_history(wrap));
}

TEST_CASE("a share in a pool of next to nothing cannot be sent as an alert") {
    Story story{rules({"S8"})};
    const auto pool = address(0x88);
    story.tokens[pool] = {"CAKE-LP", 18, "Pancake LPs", false};
    auto share = received(kStranger, 50);
    share.token = pool;
    CHECK(story.happens(share).empty());
    share.usd = Usd::cents(50'01);
    CHECK(story.happens(share).size() == 1);
}

TEST_CASE("dust of a token does not hide its first purchase") {
    Story story{rules({"S3"})};
    story.happens({.token = {}, .amount = ether(1), .usd = Usd::dollars(2000)});
    story.happens(in_cents(received(kStranger, 0), 1));
    CHECK(story.happens(received(kStranger, 100)).size() == 1);
}

TEST_CASE("a protocol's second contract is not new") {
    Story story{rules({"S2"})};
    CHECK(story.happens(paid(kRouter, 100)).size() == 1);
    CHECK(story.happens(paid(kRouterToo, 100)).empty());
}

TEST_CASE("an exchange never fires S2") {
    Story story{rules({"S2"})};
    CHECK(story.happens(calling(paid(kHotWallet, 100), kHotWallet)).empty());
    CHECK(story.happens(calling(received(kDeposit, 100), kDeposit)).empty());
}

TEST_CASE("an unpriced airdrop passes no USD gate") {
    Story story{all_rules()};
    for (int i = 0; i < 3; ++i)
        for (const auto& from : {kStranger, kRouter, kHotWallet, kMixer})
            CHECK(rules_of(story.happens(unpriced(received(from, 0)))).empty());
}

TEST_CASE("two legs of one transaction both count") {
    Story story{rules({"S3"})};
    story.happens(unpriced(paid(kStranger, 0)));
    story.happens(unpriced(paid(kStranger, 0)));
    auto bought = received(kRouter, 100);
    bought.token = contracts::kDai;
    const auto findings = story.happens({paid(kRouter, 100), bought});
    CHECK(rules_of(findings) == Ids{"S3", "S3"});
    // Both are history from now on.
    CHECK(story.happens(paid(kStranger, 100)).empty());
    bought.counterparty = kStranger;
    CHECK(story.happens(bought).empty());
}

TEST_CASE("wrapping is not an outflow") {
    Story story{all_rules()};
    Deed wrap{.direction = Direction::self,
              .token = contracts::kWeth,
              .amount = ether(2000),
              .usd = Usd::dollars(4'000'000),
              .kind = Transfer::Kind::wrap,
              .counterparty = kFund};
    for (int i = 0; i < 3; ++i) CHECK(rules_of(story.happens(wrap)).empty());
    wrap.kind = Transfer::Kind::unwrap;
    CHECK(rules_of(story.happens(wrap)).empty());
}

TEST_CASE("moving within an entity is not a large payment") {
    Story story{all_rules()};
    const auto within = with(paid(kFundToo, 90'000'000), Relation::same_entity);
    const auto findings = story.happens(within);
    // T1 alone, one severity lower than its 45 000 ETH say.
    REQUIRE(rules_of(findings) == Ids{"T1"});
    CHECK(findings[0].verdict.severity == Severity::high);
    for (int i = 0; i < 100; ++i) CHECK(rules_of(story.happens(within)) == Ids{"T1"});
}

TEST_CASE("no second alert after midnight") {
    // Rules whose key has no day.
    Story story{rules({"S2", "S3", "S4"})};
    story.happens(unpriced(paid(kStranger, 0)));
    story.happens(unpriced(paid(kStranger, 0)));
    CHECK(rules_of(story.happens(in_cents(paid(kRouter, 0), 99))) == Ids{"S2"});
    CHECK(rules_of(story.happens(paid(kHotWallet, 100))) == Ids{"S3", "S4"});
    story.days_later(1);
    CHECK(story.happens(in_cents(paid(kRouter, 0), 99)).empty());
    CHECK(story.happens(paid(kHotWallet, 100)).empty());
}

TEST_CASE("a look-alike of a counterparty is spam") {
    const Address real = kMixer;
    Address fake = kMixer;
    fake.bytes()[10] = 0;  // the same first and last 4 hex digits
    Address other = fake;
    other.bytes()[0] = 0;
    const auto spam_after = [](const std::vector<Deed>& past, const Deed& deed) {
        Story story{rules({"T2"})};
        for (const auto& each : past) story.happens(each);
        std::vector one{activity(deed, 1000)};
        signals::evaluate(one, story.history(), {}, story.facts());
        return one[0].spam;
    };
    const std::vector met{paid(real, 100)};
    CHECK(spam_after({}, in_cents(received(fake, 0), 99)) == Spam::none);  // nobody that it looks like
    CHECK(spam_after(met, in_cents(received(fake, 0), 99)) == Spam::look_alike);
    CHECK(spam_after(met, unpriced(received(fake, 0))) == Spam::look_alike);
    CHECK(spam_after(met, unpriced(paid(fake, 0))) == Spam::look_alike);
    CHECK(spam_after(met, received(fake, 1)) == Spam::none);  // a dollar is worth the trouble
    CHECK(spam_after(met, in_cents(received(real, 0), 99)) == Spam::none);
    CHECK(spam_after(met, in_cents(received(other, 0), 99)) == Spam::none);  // begins otherwise
    CHECK(spam_after(met, of(in_cents(received(fake, 0), 99), kFundToo)) == Spam::none);
    // What it sends is no history: it stays one.
    CHECK(spam_after({paid(real, 100), unpriced(received(fake, 0))}, unpriced(received(fake, 0))) ==
          Spam::look_alike);
}

TEST_CASE("what is called like a share in a pool") {
    for (const auto* name :
         {"LP", "lp", "Uni LP", "Cake-LP", "crvLP", "LPToken", "UniLPShare", "Sushi lp v2", "x.LP.y", "3LP"})
        CHECK(signals::names_lp(name));
    for (const auto* name :
         {"", "HELP", "ALPHA", "ALPACA", "Alpha", "help", "SLP", "LPT", "alp", "Gulp", "LPs", "ALP", "lpx"})
        CHECK_FALSE(signals::names_lp(name));
}
