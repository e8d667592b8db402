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
    Story story{rules({"S2", "S3", "S4", "S5a", "S5b", "S6a", "S6b", "S8", "T1", "T2"})};
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
    Story story{rules({"S2", "S3", "S4", "S5a", "S5b", "S6a", "S6b", "S8", "T1", "T2"})};
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
    Story story{rules({"S2", "S3", "S4", "S5a", "S5b", "S6a", "T1", "T2"})};
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
