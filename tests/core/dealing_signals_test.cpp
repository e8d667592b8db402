#include "story.hpp"

using namespace moneytrail;
using namespace moneytrail::test;
using signals::Evidence;
using signals::Severity;

namespace {

const std::optional<Severity> kSilent;
const std::optional<Severity> kMedium = Severity::medium;
const std::optional<Severity> kHigh = Severity::high;
const std::optional<Severity> kCritical = Severity::critical;

}  // namespace

TEST_CASE("S2 fires for a protocol without history") {
    check_row(GENERATE(values<StoryRow>({
                  {"paid for the first time", {}, paid(kRouter, 100), kMedium},
                  {"a bridge is one too", {}, paid(kBridge, 100), kMedium},
                  {"paid a cent", {}, in_cents(paid(kRouter, 0), 1), kMedium},
                  {"paid nothing that has a price, unsigned", {}, unpriced(paid(kRouter, 0)), kSilent},
                  {"paid what rounds to no cent, unsigned", {}, in_cents(paid(kRouter, 0), 0), kSilent},
                  {"paid without a price, signed", {}, calling(unpriced(paid(kRouter, 0)), kRouter), kMedium},
                  {"received exactly at the gate", {}, received(kRouter, 50), kSilent},
                  {"received a cent above the gate", {}, in_cents(received(kRouter, 0), 50'01), kMedium},
                  {"received unasked without a price", {}, unpriced(received(kRouter, 0)), kSilent},
                  {"received and signed", {}, calling(unpriced(received(kRouter, 0)), kRouter), kMedium},
                  {"called, and paid somebody else", {}, calling(paid(kStranger, 10), kRouter), kMedium},
                  {"somebody else's call is not the subject's use", {}, paid(kStranger, 10), kSilent},
                  {"used before", {paid(kRouter, 100)}, paid(kRouter, 100), kSilent},
                  {"used before for exactly a dollar", {paid(kRouter, 1)}, paid(kRouter, 100), kSilent},
                  {"used before for 99 cents: that fired, and its key is held",
                   {in_cents(paid(kRouter, 0), 99)},
                   paid(kRouter, 100),
                   kSilent},
                  {"received 99 cents before: no history",
                   {in_cents(received(kRouter, 0), 99)},
                   paid(kRouter, 100),
                   kMedium},
                  {"received a dollar before", {received(kRouter, 1)}, paid(kRouter, 100), kMedium},
                  {"received much before", {received(kRouter, 100)}, paid(kRouter, 100), kMedium},
                  {"received before", {received(kRouter, 100)}, received(kRouter, 100), kSilent},
                  {"received at the gate before", {received(kRouter, 50)}, received(kRouter, 100), kMedium},
                  {"paid before, never received", {paid(kRouter, 100)}, received(kRouter, 100), kMedium},
                  {"received and signed before: a use",
                   {calling(received(kRouter, 1), kRouter)},
                   paid(kRouter, 100),
                   kSilent},
                  {"paid before: no news that it is received and signed",
                   {paid(kRouter, 1)},
                   calling(received(kRouter, 100), kRouter),
                   kSilent},
                  {"its token was transferred by the subject before",
                   {calling(Deed{.token = kRouter, .usd = {}}, kRouter)},
                   paid(kRouter, 100),
                   kMedium},
                  {"another address of the entity used it",
                   {of(paid(kRouter, 100), kFundToo)},
                   paid(kRouter, 100),
                   kMedium},
                  {"another protocol was used", {paid(kOtherRouter, 100)}, paid(kRouter, 100), kMedium},
                  {"an exchange is none", {}, paid(kHotWallet, 100), kSilent},
                  {"a fund is none", {}, paid(kFundFriend, 100), kSilent},
                  {"nobody labelled it", {}, paid(kStranger, 100), kSilent},
                  {"to itself", {}, Deed{.direction = Direction::self, .counterparty = kRouter}, kSilent},
                  {"within the entity", {}, with(paid(kRouter, 100), Relation::same_entity), kSilent},
              })),
              rule("S2"));
}

TEST_CASE("S2 by the entity's history is silent for what another address of it used") {
    const StoryRow row{"", {of(paid(kRouter, 100), kFundToo)}, paid(kRouter, 100), {}};
    check_row(row, rule("S2", {{"scope", "entity"}}));
}

TEST_CASE("S2 says what it compared") {
    Story story{rules({"S2"})};
    story.history().begin(story.now());
    const auto findings = story.happens(calling(paid(kRouter, 12'345), kOtherRouter));
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].verdict.text == "first use of Uni, known since 2023-07-12");
    CHECK(findings[0].verdict.evidence == Evidence{{"protocol", "uni"},
                                                   {"usd", "12345.00"},
                                                   {"min_usd", "50.00"},
                                                   {"signed", "yes"},
                                                   {"earlier_over_usd", "1.00"},
                                                   {"known_since", "2023-07-12T12:00:00Z"}});
    CHECK(findings[1].verdict.text == "first use of Sushi, known since 2023-07-12");
    CHECK(findings[1].verdict.evidence[0] == std::pair<std::string, std::string>{"protocol", "sushi"});
    const auto received_first = story.happens(received(kBridge, 51));
    REQUIRE(received_first.size() == 1);
    CHECK(received_first[0].verdict.text == "first payment from Gate, known since 2023-07-12");
    CHECK(received_first[0].verdict.evidence[4] ==
          std::pair<std::string, std::string>{"earlier_over_usd", "50.00"});
}

TEST_CASE("S4 fires for an exchange without history") {
    check_row(
        GENERATE(values<StoryRow>({
            {"paid for the first time", {}, paid(kHotWallet, 100), kMedium},
            {"at a deposit address", {}, paid(kDeposit, 100), kMedium},
            {"exactly at the gate", {}, paid(kHotWallet, 50), kSilent},
            {"a cent above the gate", {}, in_cents(paid(kHotWallet, 0), 50'01), kMedium},
            {"without a price", {}, unpriced(paid(kHotWallet, 0)), kSilent},
            {"received", {}, received(kHotWallet, 100), kSilent},
            {"paid before", {paid(kHotWallet, 100)}, paid(kHotWallet, 100), kSilent},
            {"paid before at another address of it", {paid(kDeposit, 100)}, paid(kHotWallet, 100), kSilent},
            {"paid before exactly at the gate", {paid(kHotWallet, 50)}, paid(kHotWallet, 100), kMedium},
            {"paid before a cent above it",
             {in_cents(paid(kHotWallet, 0), 50'01)},
             paid(kHotWallet, 100),
             kSilent},
            {"received from it before, above the gate",
             {received(kHotWallet, 51)},
             paid(kHotWallet, 100),
             kMedium},
            {"its contract was called before, and somebody else paid",
             {calling(paid(kStranger, 60), kHotWallet)},
             paid(kHotWallet, 100),
             kMedium},
            {"received from it before without a price",
             {unpriced(received(kHotWallet, 0))},
             paid(kHotWallet, 100),
             kMedium},
            {"another exchange was paid", {paid(kOtherHot, 100)}, paid(kHotWallet, 100), kMedium},
            {"another address of the entity paid it",
             {of(paid(kHotWallet, 100), kFundToo)},
             paid(kHotWallet, 100),
             kMedium},
            {"a protocol is none", {}, paid(kRouter, 100), kSilent},
            {"to itself", {}, Deed{.direction = Direction::self, .counterparty = kHotWallet}, kSilent},
            {"within the entity", {}, with(paid(kHotWallet, 100), Relation::same_entity), kSilent},
        })),
        rule("S4"));
}

TEST_CASE("S4 with withdrawals judges what comes from an exchange too") {
    const auto rule_with = [] { return rule("S4", {{"withdrawals", "true"}}); };
    check_row({"", {}, received(kHotWallet, 100), kMedium}, rule_with());
    check_row({"", {}, received(kHotWallet, 50), kSilent}, rule_with());
    check_row({"", {received(kHotWallet, 51)}, received(kDeposit, 100), kSilent}, rule_with());
    check_row({"", {paid(kHotWallet, 100)}, received(kHotWallet, 100), kMedium}, rule_with());
    check_row({"", {received(kHotWallet, 100)}, paid(kHotWallet, 100), kMedium}, rule_with());
}

TEST_CASE("S4 says what it compared") {
    Story story{rules({"S4"})};
    const auto findings = story.happens(paid(kDeposit, 100));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].verdict.text == "first deposit to One over 50 USD");
    CHECK(findings[0].verdict.evidence ==
          Evidence{{"exchange", "one"}, {"usd", "100.00"}, {"min_usd", "50.00"}});
}

TEST_CASE("S5a adds up what a counterparty was paid on one day") {
    // The entity has 1 000 000 dollars: 15 % are 150 000.
    check_row(
        GENERATE(values<StoryRow>({
            {"exactly the share", {}, paid(kStranger, 150'000), kSilent},
            {"a cent more", {}, in_cents(paid(kStranger, 0), 150'000'01), kMedium},
            {"in two payments exactly", {paid(kStranger, 100'000)}, paid(kStranger, 50'000), kSilent},
            {"in two payments a dollar more", {paid(kStranger, 100'001)}, paid(kStranger, 50'000), kMedium},
            {"the last one exactly at the gate", {paid(kStranger, 150'000)}, paid(kStranger, 50), kSilent},
            {"the last one a dollar above the gate",
             {paid(kStranger, 150'000)},
             paid(kStranger, 51),
             kMedium},
            {"small ones count into the sum",
             {paid(kStranger, 20), paid(kStranger, 20), paid(kStranger, 149'909)},
             paid(kStranger, 51),
             kSilent},
            {"and their dollar decides",
             {paid(kStranger, 20), paid(kStranger, 20), paid(kStranger, 149'910)},
             paid(kStranger, 51),
             kMedium},
            {"what was received does not count",
             {received(kStranger, 150'000)},
             paid(kStranger, 51),
             kSilent},
            {"nor is it judged", {paid(kStranger, 149'000)}, received(kStranger, 150'000), kSilent},
            {"nor does another counterparty", {paid(kStranger2, 150'000)}, paid(kStranger, 51), kSilent},
            {"nor another address of the entity",
             {of(paid(kStranger, 150'000), kFundToo)},
             paid(kStranger, 51),
             kSilent},
            {"nor what has no price", {unpriced(paid(kStranger, 0))}, paid(kStranger, 150'000), kSilent},
            {"once a day for a counterparty", {paid(kStranger, 150'001)}, paid(kStranger, 150'001), kSilent},
            {"another one on the same day", {paid(kStranger, 150'001)}, paid(kStranger2, 150'001), kMedium},
            {"within the entity", {}, with(paid(kFundToo, 500'000), Relation::same_entity), kSilent},
        })),
        rule("S5a"));
}

TEST_CASE("S5a begins anew at midnight, and says what it left out") {
    Story story{rules({"S5a"})};
    CHECK(story.happens(paid(kStranger, 150'000)).empty());
    story.days_later(1);
    CHECK(story.happens(paid(kStranger, 150'000)).empty());
    story.happens(unpriced(paid(kStranger, 0)));
    const auto findings = story.happens(paid(kStranger, 51));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].verdict.text ==
          "150 051 USD to " + to_checksum_hex(kStranger) +
              " today is more than 15 % of the entity's 1 000 000 USD, not counting 1 "
              "unpriced transfers");
    CHECK(findings[0].verdict.evidence == Evidence{{"usd_today", "150051.00"},
                                                   {"aum_usd", "1000000.00"},
                                                   {"relative_threshold", "0.1500"},
                                                   {"threshold_usd", "150000.00"},
                                                   {"unpriced_transfers", "1"}});
}

TEST_CASE("S5b compares one payment with all that the entity has") {
    check_row(
        GENERATE(values<StoryRow>({
            {"exactly all", {}, paid(kStranger, 1'000'000), kSilent},
            {"a cent more", {}, in_cents(paid(kStranger, 0), 1'000'000'01), kHigh},
            {"two halves", {paid(kStranger, 600'000)}, paid(kStranger, 600'000), kSilent},
            {"received", {}, received(kStranger, 2'000'000), kSilent},
            {"without a price", {}, unpriced(paid(kStranger, 0)), kSilent},
            {"to an exchange", {}, paid(kHotWallet, 1'000'001), kHigh},
            {"within the entity", {}, with(paid(kFundToo, 2'000'000), Relation::same_entity), kSilent},
            {"to nobody", {}, with(paid(contracts::kZero, 2'000'000), Relation::nobody), kSilent},
            {"to itself", {}, Deed{.direction = Direction::self, .usd = Usd::dollars(2'000'000)}, kSilent},
            {"again to the same on the same day",
             {paid(kStranger, 1'000'001)},
             paid(kStranger, 1'000'001),
             kSilent},
            {"to another on the same day", {paid(kStranger, 1'000'001)}, paid(kStranger2, 1'000'001), kHigh},
            {"of another address of the entity",
             {paid(kStranger, 1'000'001)},
             of(paid(kStranger, 1'000'001), kFundToo),
             kHigh},
        })),
        rule("S5b"));
    check_row({"half of it", {}, paid(kStranger, 500'001), kHigh},
              rule("S5b", {{"configured_threshold", "0.5"}}));
    check_row({"exactly half", {}, paid(kStranger, 500'000), kSilent},
              rule("S5b", {{"configured_threshold", "0.5"}}));
}

TEST_CASE("S5 is off for an entity whose assets nobody gave") {
    Story story{rules({"S5a", "S5b"})};
    story.following.entities[0].aum.reset();
    CHECK(story.happens(paid(kStranger, 900'000'000)).empty());
}

TEST_CASE("T2 fires for who is flagged") {
    check_row(
        GENERATE(values<StoryRow>({
            {"paid a mixer", {}, paid(kMixer, 100), kHigh},
            {"received from a mixer", {}, received(kMixer, 1000), kHigh},
            {"received less than 1 000 from a mixer", {}, received(kMixer, 999), kMedium},
            {"received little, signed", {}, calling(received(kMixer, 2), kStranger), kHigh},
            {"paid somebody sanctioned", {}, paid(kSanctioned, 100), kCritical},
            {"received from somebody sanctioned", {}, received(kSanctioned, 1000), kCritical},
            {"received little from somebody sanctioned", {}, received(kSanctioned, 100), kMedium},
            {"paid a phisher", {}, paid(kPhishing, 100), kCritical},
            {"received from a phisher", {}, received(kPhishing, 1000), kHigh},
            {"received little from a phisher", {}, received(kPhishing, 100), kMedium},
            {"paid a scam", {}, paid(kScam, 100), kHigh},
            {"paid a hacker", {}, paid(kHacker, 100), kHigh},
            {"a victim is not flagged", {}, paid(kVictim, 100), kSilent},
            {"exactly a dollar", {}, paid(kMixer, 1), kSilent},
            {"a cent more", {}, in_cents(paid(kMixer, 0), 1'01), kHigh},
            {"without a price", {}, unpriced(received(kMixer, 0)), kSilent},
            {"without a price, signed", {}, calling(unpriced(paid(kMixer, 0)), kMixer), kHigh},
            {"called, and paid somebody else", {}, calling(paid(kStranger, 10), kSanctioned), kCritical},
            {"a phisher's contract called", {}, calling(paid(kStranger, 10), kPhishing), kCritical},
            {"a phisher's contract called, which paid",
             {},
             calling(received(kPhishing, 10), kPhishing),
             kCritical},
            {"where people burn", {}, paid(contracts::kBurnToo, 100), kSilent},
            {"again on the same day", {paid(kMixer, 100)}, paid(kMixer, 100), kSilent},
            {"the other way on the same day", {paid(kMixer, 100)}, received(kMixer, 1000), kHigh},
            {"called on the same day", {paid(kMixer, 100)}, calling(paid(kStranger, 10), kMixer), kHigh},
            {"graver on the same day", {received(kMixer, 2)}, received(kMixer, 1000), kHigh},
            {"less grave on the same day", {received(kMixer, 1000)}, received(kMixer, 2), kSilent},
            {"another one on the same day", {paid(kMixer, 100)}, paid(kScam, 100), kHigh},
            {"nobody said anything", {}, paid(kStranger, 100), kSilent},
            {"within the entity", {}, with(paid(kMixer, 100), Relation::same_entity), kSilent},
        })),
        rule("T2"));
}

TEST_CASE("T2 of two flagged parties gives two reasons") {
    Story story{rules({"T2"})};
    const auto findings = story.happens(calling(paid(kMixer, 10), kSanctioned));
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].verdict.text == "10 USDC sent to Mixer: 10 ETH (mixer)");
    CHECK(findings[0].verdict.severity == Severity::high);
    CHECK(findings[1].verdict.text == "called Lazarus (sanctioned)");
    CHECK(findings[1].verdict.severity == Severity::critical);
}

TEST_CASE("T2 tells who, and by whose word") {
    Story story{rules({"T2"})};
    const auto findings = story.happens(paid(kSanctioned, 100));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].verdict.text == "100 USDC sent to Lazarus (sanctioned)");
    CHECK(findings[0].verdict.evidence == Evidence{{"flag", "sanctioned"},
                                                   {"flagged", to_checksum_hex(kSanctioned)},
                                                   {"source", "user"},
                                                   {"usd", "100.00"},
                                                   {"min_usd", "1.00"},
                                                   {"signed", "no"}});
    story.days_later(1);
    CHECK(story.happens(paid(kSanctioned, 100)).size() == 1);
}

TEST_CASE("rules that need the whole history wait until enough was learned") {
    Story story{rules({"S2", "S4", "T2"})};
    story.learning = std::chrono::days{7};
    story.history().begin(story.now());
    CHECK(story.happens(paid(kRouter, 100)).empty());
    CHECK(story.happens(paid(kMixer, 100)).size() == 1);
    story.days_later(6);
    CHECK(story.happens(paid(kHotWallet, 100)).empty());
    story.days_later(1);
    // What was learned meanwhile is history.
    CHECK(story.happens(paid(kHotWallet, 100)).empty());
    CHECK(story.happens(paid(kRouter, 100)).empty());
    CHECK(story.happens(paid(kOtherHot, 100)).size() == 1);
}
