#include "signals/evaluate.hpp"
#include "support/make_block.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using namespace moneytrail::signals;
using test::activity;
using test::Deed;
using test::ether;

namespace {

constexpr Price kEth{200'000'000'000};  // 2 000 dollars

Evaluation judged(std::vector<Activity> activities, History& history, const Rules& rules,
                  const Facts& facts) {
    return evaluate(activities, history, rules, facts);
}

// Evaluates each of the past, then the last one, and tells what that one gave.
std::vector<Finding> last_findings(Rule rule, const std::vector<Deed>& deeds,
                                   std::optional<Price> eth = kEth) {
    static const auto kTokens = test::known_tokens();
    static const auto kFollowing = test::followed();
    const Facts facts{kTokens, kFollowing, eth};
    Rules rules;
    rules.push_back(std::move(rule));
    History history;
    history.begin(activity({}, 0).time);
    std::vector<Finding> last;
    for (std::size_t i = 0; i < deeds.size(); ++i)
        last = judged({activity(deeds[i], i + 1)}, history, rules, facts).findings;
    return last;
}

const Deed kEthOut{
    .token = {}, .amount = ether(1), .usd = Usd::dollars(2000), .kind = Transfer::Kind::native};
const Deed kJunk{.token = test::address(0x77), .usd = {}};
const Deed kUsdcOut{};

Deed usdc(std::int64_t cents) {
    return {.amount = Raw{cents} * 10'000, .usd = Usd::cents(cents)};
}

}  // namespace

TEST_CASE("S3 fires for a token without history") {
    struct Row {
        const char* name;
        std::vector<Deed> past;
        Deed now;
        bool fires;
    };
    Deed in = kUsdcOut;
    in.direction = Direction::in;
    Deed self = kUsdcOut;
    self.direction = Direction::self;
    Deed within = kUsdcOut;
    within.relation = Relation::same_entity;
    Deed minted = kUsdcOut;
    minted.relation = Relation::nobody;
    Deed unpriced = kUsdcOut;
    unpriced.usd = {};
    Deed weth = kEthOut;
    weth.token = contracts::kWeth;
    Deed spam = kUsdcOut;
    spam.amount = 0;
    spam.usd = Usd{};
    Deed of_other = kEthOut;
    of_other.subject = test::kFundToo;
    Deed usdc_of_other = kUsdcOut;
    usdc_of_other.subject = test::kFundToo;
    const auto row =
        GENERATE_COPY(Row{"never seen, two activities before", {kEthOut, kEthOut}, kUsdcOut, true},
                      Row{"an incoming one as well", {kEthOut, kEthOut}, in, true},
                      Row{"only one activity before", {kEthOut}, kUsdcOut, false},
                      Row{"no activity before", {}, kUsdcOut, false},
                      Row{"unpriced activities before count", {kJunk, kJunk}, kUsdcOut, true},
                      Row{"zero-value transfers before do not count", {kEthOut, spam, spam}, kUsdcOut, false},
                      Row{"another address's activities do not count", {of_other, of_other}, kUsdcOut, false},
                      Row{"exactly at the gate", {kEthOut, kEthOut}, usdc(50'00), false},
                      Row{"a cent above the gate", {kEthOut, kEthOut}, usdc(50'01), true},
                      Row{"seen before above the gate", {kEthOut, kEthOut, usdc(50'01)}, kUsdcOut, false},
                      Row{"seen before exactly at the gate: dust does not hide the first purchase",
                          {kEthOut, kEthOut, usdc(50'00)},
                          kUsdcOut,
                          true},
                      Row{"seen before unpriced", {kEthOut, kEthOut, unpriced}, kUsdcOut, true},
                      Row{"an unpriced airdrop passes no gate", {kEthOut, kEthOut}, kJunk, false},
                      Row{"wrapped ETH is ETH", {kEthOut, kJunk}, weth, false},
                      Row{"wrapping is not a movement", {kJunk, kJunk}, self, false},
                      Row{"within the entity", {kEthOut, kEthOut}, within, false},
                      Row{"minted or burnt", {kEthOut, kEthOut}, minted, true},
                      Row{"the entity's other address has it: still new to this one",
                          {kEthOut, kEthOut, usdc_of_other},
                          kUsdcOut,
                          true});
    CAPTURE(row.name);
    auto deeds = row.past;
    deeds.push_back(row.now);
    CHECK(last_findings(test::rule("S3"), deeds).size() == (row.fires ? 1 : 0));
}

TEST_CASE("S3 says what it compared") {
    const auto findings = last_findings(test::rule("S3"), {kEthOut, kEthOut, kUsdcOut});
    REQUIRE(findings.size() == 1);
    const auto& verdict = findings[0].verdict;
    CHECK(verdict.severity == Severity::low);
    CHECK(verdict.text == "first movement of USDC over 50 USD after 2 activities, known since 2023-07-13");
    CHECK(verdict.evidence == Evidence{{"usd", "100.00"},
                                       {"min_usd", "50.00"},
                                       {"earlier_activities", "2"},
                                       {"least_earlier", "2"},
                                       {"known_since", "2023-07-13T17:38:11Z"}});
}

TEST_CASE("S3 with the entity's history is silent for what another address of it has") {
    Deed usdc_of_other = kUsdcOut;
    usdc_of_other.subject = test::kFundToo;
    const std::vector deeds{kEthOut, kEthOut, usdc_of_other, kUsdcOut};
    CHECK(last_findings(test::rule("S3", {{"scope", "entity"}}), deeds).empty());
    CHECK(last_findings(test::rule("S3", {{"scope", "subject"}}), deeds).size() == 1);
}

TEST_CASE("T1 compares native coin in ETH and tokens in dollars") {
    struct Row {
        const char* name;
        Deed now;
        std::optional<Price> eth;
        std::optional<Severity> severity;
    };
    const auto native = [](const Raw& wei) {
        Deed deed = kEthOut;
        deed.amount = wei;
        deed.usd = {};
        return deed;
    };
    const auto self = [&] {
        Deed deed = native(ether(5000));
        deed.direction = Direction::self;
        return deed;
    }();
    Deed within = native(ether(101));
    within.relation = Relation::same_entity;
    Deed burnt = native(ether(5000));
    burnt.relation = Relation::nobody;
    Deed incoming = native(ether(101));
    incoming.direction = Direction::in;
    Deed weth = native(ether(11));
    weth.token = contracts::kWeth;
    const auto row = GENERATE_COPY(
        Row{"exactly 10 ETH", native(ether(10)), kEth, {}},
        Row{"a wei above 10 ETH", native(ether(10) + 1), kEth, Severity::medium},
        Row{"exactly 100 ETH", native(ether(100)), kEth, Severity::medium},
        Row{"a wei above 100 ETH", native(ether(100) + 1), kEth, Severity::high},
        Row{"exactly 1000 ETH", native(ether(1000)), kEth, Severity::high},
        Row{"a wei above 1000 ETH", native(ether(1000) + 1), kEth, Severity::critical},
        Row{"ETH needs no price", native(ether(11)), {}, Severity::medium},
        Row{"WETH is ETH", weth, {}, Severity::medium}, Row{"incoming", incoming, kEth, Severity::high},
        Row{"exactly 20 000 dollars", usdc(20'000'00), kEth, {}},
        Row{"a cent above 20 000 dollars", usdc(20'000'01), kEth, Severity::medium},
        Row{"exactly 2 000 000 dollars", usdc(2'000'000'00), kEth, Severity::high},
        Row{"a cent above 2 000 000 dollars", usdc(2'000'000'01), kEth, Severity::critical},
        Row{"dollars without a price of ETH", usdc(2'000'000'01), {}, {}},
        Row{"five million units of a junk token are not five million dollars", kJunk, kEth, {}},
        Row{"wrapping is not an outflow", self, kEth, {}}, Row{"to nobody", burnt, kEth, {}},
        Row{"moving within an entity is not a large payment: one severity lower", within, kEth,
            Severity::medium});
    CAPTURE(row.name);
    const auto findings = last_findings(test::rule("T1"), {row.now}, row.eth);
    REQUIRE(findings.size() == (row.severity ? 1 : 0));
    if (row.severity) CHECK(findings[0].verdict.severity == *row.severity);
}

TEST_CASE("T1 is unknown while dollars cannot be compared with ETH") {
    const auto tokens = test::known_tokens();
    const auto following = test::followed();
    Rules rules = test::rules({"T1"});
    History history;
    const Facts facts{tokens, following, {}};
    const std::vector now{activity(usdc(2'000'000'00), 1)};
    CHECK(judged(now, history, rules, facts).unknown.at("T1") == 1);
}

TEST_CASE("T1 judges the largest transfer of a subject in its transaction") {
    const auto tokens = test::known_tokens();
    const auto following = test::followed();
    Rules rules = test::rules({"T1"});
    History history;
    const Facts facts{tokens, following, kEth};
    // 11 ETH are 22 000 dollars, less than 30 000 USDC and more than 21 000.
    auto eth = activity({.token = {}, .amount = ether(11), .usd = Usd::dollars(22'000)}, 1);
    auto small = activity(usdc(21'000'00), 1);
    auto big = activity(usdc(30'000'00), 1);
    auto of_desk = activity(usdc(25'000'00), 1);
    of_desk.subject = test::kDesk;
    of_desk.entity = 1;
    eth.position.place = {Place::Kind::value, 0, 0};
    small.position.place.index = 1;
    big.position.place.index = 2;
    of_desk.position.place.index = 3;

    const auto both = judged({eth, small, big, of_desk}, history, rules, facts).findings;
    REQUIRE(both.size() == 2);
    CHECK(both[0].activity.position == big.position);
    CHECK(both[0].verdict.text == "30 000 USDC is more than 10 ETH (20 000 USD)");
    CHECK(both[0].verdict.evidence ==
          Evidence{{"threshold_eth", "10"}, {"usd", "30000.00"}, {"threshold_usd", "20000.00"}});
    CHECK(both[1].activity.subject == test::kDesk);

    History fresh;
    const auto native = judged({eth, small}, fresh, rules, facts).findings;
    REQUIRE(native.size() == 1);
    CHECK(native[0].verdict.text == "11 ETH is more than 10 ETH");
}

TEST_CASE("T1 within an entity says so") {
    Deed within = kEthOut;
    within.amount = ether(1001);
    within.relation = Relation::same_entity;
    const auto findings = last_findings(test::rule("T1"), {within});
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].verdict.severity == Severity::high);
    CHECK(findings[0].verdict.text == "1 001 ETH is more than 1 000 ETH, within The Fund");
}

TEST_CASE("a held repeat key silences a second finding and is freed with its block") {
    History history;
    history.apply(activity(kEthOut, 1));
    history.hold("S3|x", 1);
    CHECK(history.holds("S3|x"));
    history.hold("S3|x", 2);  // belongs to the earliest
    history.rollback_above(1);
    CHECK(history.holds("S3|x"));
    history.rollback_above(0);
    CHECK_FALSE(history.holds("S3|x"));
}

TEST_CASE("rolled back history equals one that never saw the blocks") {
    const std::vector<Deed> deeds{kEthOut, usdc(60'00), usdc(40'00), usdc(90'00), kJunk, kEthOut};
    for (std::size_t kept = 0; kept <= deeds.size(); ++kept) {
        CAPTURE(kept);
        History forked;
        History straight;
        for (std::size_t i = 0; i < deeds.size(); ++i) {
            forked.apply(activity(deeds[i], i + 1));
            if (i < kept) straight.apply(activity(deeds[i], i + 1));
        }
        forked.rollback_above(kept);
        CHECK(forked.activities(test::kFund) == straight.activities(test::kFund));
        for (const auto gate : {50, 80})
            for (const Token& token : {Token{}, Token{contracts::kUsdc}})
                for (const auto initiative : {Initiative::own, Initiative::others}) {
                    CHECK(forked.traded(test::kFund, token, initiative, Usd::dollars(gate)) ==
                          straight.traded(test::kFund, token, initiative, Usd::dollars(gate)));
                    CHECK(forked.entity_traded(0, token, initiative, Usd::dollars(gate)) ==
                          straight.entity_traded(0, token, initiative, Usd::dollars(gate)));
                }
    }
}

TEST_CASE("settings of a signal report every mistake at once") {
    signals::Params params{{{"min_usd", "lots"}, {"scope", "everything"}, {"colour", "red"}},
                           Usd::dollars(50)};
    for (const auto* type : catalogue())
        if (type->id == "S3") type->make(params);
    const auto errors = params.errors();
    REQUIRE(errors.size() == 3);
    CHECK(errors[0].key + ": " + errors[0].why ==
          "min_usd: expected a number >= 0 with at most 2 decimals, got 'lots'");
    CHECK(errors[1].key + ": " + errors[1].why == "scope: expected subject or entity, got 'everything'");
    CHECK(errors[2].key + ": " + errors[2].why == "colour: unknown key");
}
