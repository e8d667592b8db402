#include "pipeline/replay.hpp"

#include "support/make_block.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using test::BlockMaker;
using test::ether;
using test::filled;

namespace {

// Blocks of branch `a` have hashes 0xa0…, 0xa1…; those of `b` 0xb0….
BlockHash hash(char branch, std::uint64_t number) {
    auto out = filled<BlockHash>(static_cast<std::uint8_t>(branch));
    out.bytes()[31] = static_cast<std::uint8_t>(number);
    out.bytes()[30] = static_cast<std::uint8_t>(number >> 8);
    return out;
}

BlockMaker block(char branch, BlockNumber number, char parent_branch) {
    return {number, hash(branch, number), hash(parent_branch, number - 1)};
}

BlockMaker block(char branch, BlockNumber number) {
    return block(branch, number, branch);
}

const TxHash kTxn = filled<TxHash>(0x01);
const TxHash kOther = filled<TxHash>(0x02);

struct Fixture {
    TokenList tokens = test::known_tokens();
    Following following = test::followed();
    signals::Rules rules = test::rules({"S3", "T1"});
    ReplayBlocks replay{{1, rules, following, tokens}, 3};

    std::vector<Alert> take(BlockMaker maker) { return replay.take(maker.take()).alerts; }
    Taken taken(BlockMaker maker) { return replay.take(maker.take()); }
};

BlockMaker with_payment(BlockMaker maker, const TxHash& txn = kTxn) {
    maker.ether_sent(txn, test::kFund, test::kStranger, ether(11));
    return maker;
}

}  // namespace

TEST_CASE_METHOD(Fixture, "a large payment raises one alert with its evidence") {
    const auto alerts = take(with_payment(block('a', 1)));
    REQUIRE(alerts.size() == 1);
    const auto& alert = alerts[0];
    CHECK(alert.status == AlertStatus::raised);
    CHECK_FALSE(alert.verified);  // a synthetic block proves nothing
    CHECK(alert.entity == "fund");
    CHECK(alert.address == test::kFund);
    CHECK(alert.txn_hash == kTxn);
    REQUIRE(alert.reasons.size() == 1);
    CHECK(to_string(alert.reasons[0].position.place) == "value");
    CHECK(alert.reasons[0].counterparty == test::kStranger);
}

TEST_CASE_METHOD(Fixture, "both tracked ends of a transfer are judged") {
    auto maker = block('a', 1);
    maker.ether_sent(kTxn, test::kFund, test::kDesk, ether(11));
    const auto alerts = take(std::move(maker));
    REQUIRE(alerts.size() == 2);
    CHECK(alerts[0].address == test::kFund);
    CHECK(alerts[0].reasons[0].direction == Direction::out);
    CHECK(alerts[0].reasons[0].counterparty_label == "Desk");
    CHECK(alerts[1].address == test::kDesk);
    CHECK(alerts[1].reasons[0].direction == Direction::in);
    CHECK(alerts[1].reasons[0].counterparty_label == "The Fund: main");
    CHECK(alerts[0].id != alerts[1].id);
}

TEST_CASE_METHOD(Fixture, "one swap is one message") {
    // Both legs in one transaction; each is over 10 ETH, or as many dollars.
    auto maker = block('a', 1);
    maker.ether_sent(kTxn, test::kFund, test::kStranger, ether(11));
    auto made = maker.take();
    made.receipts.front().logs.push_back(
        test::transfer_of(contracts::kWeth, test::kStranger, test::kFund, ether(12)));
    const auto alerts = replay.take(made).alerts;
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0].reasons.size() == 1);
}

TEST_CASE_METHOD(Fixture, "no second alert after a reorg that mines the transaction elsewhere") {
    take(block('a', 1));
    CHECK(take(with_payment(block('a', 2))).size() == 1);
    take(block('b', 2, 'a'));
    const auto again = take(with_payment(block('b', 3)));
    REQUIRE(again.size() == 1);
    CHECK(again[0].id == alert_id(1, kTxn, test::kFund));
    CHECK(replay.totals().raised == 1);
    CHECK(replay.totals().revised == 1);
}

TEST_CASE_METHOD(Fixture, "the same transaction on two chains is two") {
    CHECK(alert_id(1, kTxn, test::kFund) != alert_id(10, kTxn, test::kFund));
    // printf 'moneytrail:1|1|0x0101…01|0xa1a1…a1' | sha256sum, its first 32 digits
    CHECK(to_digits(alert_id(1, kTxn, test::kFund)) == "60c5a4605185c557d89fbc31ac2875de");
    // printf 'moneytrail:1|1|17|0xa1a1…a1' | sha256sum
    CHECK(to_digits(alert_id(1, 17, test::kFund)) == "c64055fc6b0617fa39e72f2e21161e02");
}

TEST_CASE_METHOD(Fixture, "the same block twice is skipped") {
    take(with_payment(block('a', 1)));
    const auto again = taken(with_payment(block('a', 1)));
    CHECK(again.fate == Fate::duplicate);
    CHECK(again.alerts.empty());
}

TEST_CASE_METHOD(Fixture, "a gap is reported and history goes on across it") {
    take(with_payment(block('a', 1)));
    const auto behind = taken(with_payment(block('a', 5), kOther));
    CHECK(behind.fate == Fate::unverified);
    CHECK(behind.notice == "gap: blocks 2 to 4 are missing");
    CHECK(behind.alerts.size() == 1);
    CHECK(replay.totals().gaps == 1);
    CHECK(taken(block('a', 1)).fate == Fate::orphan);
}

TEST_CASE_METHOD(Fixture, "blocks that come in a gap that was crossed before them are counted") {
    take(block('a', 1));
    take(block('f', 90));
    for (const auto number : std::initializer_list<BlockNumber>{2, 3, 4})
        CHECK(taken(block('a', number)).fate == Fate::orphan);
    CHECK(taken(block('a', 1)).fate == Fate::orphan);
    const auto& left = replay.totals().left_behind;
    CHECK(left.blocks == 3);
    CHECK(left.first == 2);
    CHECK(left.last == 4);
    CHECK(left.ahead == 90);
}

TEST_CASE_METHOD(Fixture, "an alert off the chain is retracted after the grace, once") {
    take(block('a', 1));
    const auto raised = take(with_payment(block('a', 2)));
    REQUIRE(raised.size() == 1);
    // The fork is seen at tip 2, the grace is 3: block 5 retracts.
    CHECK(taken(block('b', 2, 'a')).notice == "reorg: block 2 is no longer canonical");
    CHECK(take(block('b', 3)).empty());
    CHECK(take(block('b', 4)).empty());
    const auto retracted = take(block('b', 5));
    REQUIRE(retracted.size() == 1);
    CHECK(retracted[0].status == AlertStatus::retracted);
    CHECK(retracted[0].id == raised[0].id);
    CHECK(take(block('b', 6)).empty());
    CHECK(replay.finish().empty());
}

TEST_CASE_METHOD(Fixture, "a transaction mined again in time keeps its alert: the next revision") {
    take(block('a', 1));
    const auto raised = take(with_payment(block('a', 2)));
    take(block('b', 2, 'a'));
    const auto again = take(with_payment(block('b', 3)));
    REQUIRE(again.size() == 1);
    CHECK(again[0].id == raised[0].id);
    CHECK(again[0].status == AlertStatus::raised);
    CHECK(again[0].block_num == 3);
    for (BlockNumber number = 4; number < 10; ++number) CHECK(take(block('b', number)).empty());
    CHECK(replay.totals().raised == 1);
    CHECK(replay.totals().revised == 1);
}

TEST_CASE_METHOD(Fixture, "a transaction mined again after the grace is raised again") {
    take(block('a', 1));
    take(with_payment(block('a', 2)));
    take(block('b', 2, 'a'));
    for (BlockNumber number = 3; number <= 5; ++number) take(block('b', number));
    const auto again = take(with_payment(block('b', 6)));
    REQUIRE(again.size() == 1);
    CHECK(again[0].status == AlertStatus::raised);
}

TEST_CASE_METHOD(Fixture, "at the archive's end what is off the chain is retracted") {
    take(block('a', 1));
    take(with_payment(block('a', 2)));
    take(block('b', 2, 'a'));
    const auto last = replay.finish();
    REQUIRE(last.size() == 1);
    CHECK(last[0].status == AlertStatus::retracted);
}

TEST_CASE_METHOD(Fixture, "a chain that comes back brings its alert back") {
    take(block('a', 1));
    const auto raised = take(with_payment(block('a', 2)));
    take(block('b', 2, 'a'));
    // The same block again: nothing about the alert has changed, so nothing is said.
    CHECK(take(with_payment(block('a', 2, 'a'))).empty());
    CHECK(replay.finish().empty());
}

TEST_CASE("after a fork the alerts are those of a run that never saw it") {
    const auto depth = GENERATE(1, 2, 5, 64);
    CAPTURE(depth);
    // S3 fires at the third activity: what a fork adds to the history must be gone behind it.
    const auto deed = [](BlockMaker maker, std::uint64_t number) {
        maker.token_sent(filled<TxHash>(static_cast<std::uint8_t>(number)), test::address(0x77), test::kFund,
                         test::kStranger, ether(1));
        return maker;
    };
    const auto usdc = [](BlockMaker maker, std::uint8_t txn) {
        maker.token_sent(filled<TxHash>(txn), contracts::kUsdc, test::kFund, test::kStranger, 60'000'000);
        return maker;
    };
    Fixture forked;
    Fixture straight;
    std::map<AlertId, Alert> of_forked;
    std::map<AlertId, Alert> of_straight;
    const auto keep = [](std::map<AlertId, Alert>& state, std::vector<Alert> alerts) {
        for (auto& alert : alerts) state[alert.id] = alert;
    };
    const auto both = [&](const auto& make) {
        keep(of_forked, forked.take(make()));
        keep(of_straight, straight.take(make()));
    };
    both([&] { return block('a', 1); });
    both([&] { return deed(block('a', 2), 2); });
    for (BlockNumber i = 0; i < static_cast<BlockNumber>(depth); ++i)
        keep(of_forked, forked.take(usdc(deed(block('b', 3 + i, i == 0 ? 'a' : 'b'), 100 + i), 0xfe)));
    both([&] { return deed(block('a', 3), 3); });
    for (BlockNumber number = 4; number < 80; ++number)
        both([&] { return number == 40 ? usdc(block('a', number), 0xfd) : block('a', number); });
    std::erase_if(of_forked, [](const auto& entry) { return entry.second.status == AlertStatus::retracted; });
    CHECK(of_forked.size() == 1);
    CHECK(of_forked == of_straight);
}

TEST_CASE("every transaction on the chain can be judged") {
    const auto tokens = test::known_tokens();
    const auto following = test::followed();
    signals::Rules rules;
    rules.push_back(test::rule("T1", {{"scope", "all"}}));
    ReplayBlocks replay{{1, rules, following, tokens}, 3};
    auto maker = block('a', 1);
    maker.ether_sent(kTxn, test::kStranger, test::kStranger2, ether(1001));
    maker.ether_sent(kOther, test::kFund, test::kStranger2, ether(11));
    const auto alerts = replay.take(maker.take()).alerts;
    REQUIRE(alerts.size() == 2);
    CHECK(alerts[0].entity.empty());
    CHECK(alerts[0].address == test::kStranger);
    CHECK(alerts[0].severity == signals::Severity::critical);
    CHECK(alerts[1].entity == "fund");
}
