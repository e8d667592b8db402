// Going back, below the roll-up too: what is left is what a database has that never went further.

#include "support/made_chain.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using test::append;
using test::MakeBlock;
using test::StoreDaemon;

namespace {

std::vector<MakeBlock> blocks(BlockNumber first, BlockNumber last) {
    std::vector<MakeBlock> out;
    append(out, 'm', first, last, 'm');
    return out;
}

struct Fixture : test::MadeChain {
    explicit Fixture(const std::string& name) : schema{name, following}, url{schema.url()} {}

    void take(std::vector<MakeBlock> chain) {
        follow(daemon, std::move(chain), 64);
        while (daemon.ask(daemon.store.roll_up())) continue;
    }
    std::map<std::string, test::Rows> tables() const {
        auto out = test::tables(url);
        for (const auto* const table : {"price_update", "price_base"}) out.erase(table);
        return out;
    }
    std::string newest_price() const {
        return text(
            "select coalesce((select concat_ws(' ', block_num, first_number) from "
            "(select block_num, first_number from price_update union all "
            "select block_num, first_number from price_base) p order by block_num desc limit 1), '')");
    }
    std::string text(const std::string& query) const { return test::Sql{url}.text(query); }

    test::StoreSchema schema;
    std::string url;
    StoreDaemon daemon{url};
};

void check_same(const std::map<std::string, test::Rows>& found,
                const std::map<std::string, test::Rows>& expected) {
    for (const auto& [table, rows] : expected) {
        CAPTURE(table);
        CHECK(found.at(table) == rows);
    }
}

}  // namespace

TEST_CASE("after going back every table is that of a database that never went further") {
    constexpr BlockNumber kTip = 520;  // 256 and three steps of 64 below are rolled up
    struct Row {
        BlockNumber first;
        bool keeps_prices;
    };
    // Rolled up to 256: block 252 taught the newest price of that, 258 the next.
    const auto row =
        GENERATE(values<Row>({{kTip, true}, {400, true}, {257, true}, {200, false}, {70, false}}));
    CAPTURE(row.first);
    Fixture further{"further"};
    further.take(blocks(1, kTip));
    REQUIRE(further.text("select rolled_up_to from chain") == "256");
    const auto gone = further.daemon.ask(further.daemon.store.go_back(row.first));
    CHECK(gone.old_tip == kTip);
    CHECK(gone.blocks == kTip - row.first + 1);
    CHECK(gone.has_prices == row.keeps_prices);

    Fixture never{"never_further"};
    never.take(blocks(1, row.first - 1));
    check_same(further.tables(), never.tables());
    CHECK(further.newest_price() == (row.keeps_prices ? never.newest_price() : ""));
    CHECK(further.text("select count(*) from alert where status = 'retracted' and not withdrawn") ==
          std::to_string(gone.alerts));
    further.daemon.ask(further.daemon.store.load());

    // Once more is no more; and the chain can be read on.
    CHECK_FALSE(further.daemon.ask(further.daemon.store.go_back(row.first)).old_tip);
    further.take(blocks(row.first, kTip));
    CHECK(further.text("select tip_num from chain") == std::to_string(kTip));
    CHECK(further.text("select count(*) from activity") != "0");
}

TEST_CASE("going back below the first block leaves nothing but the watch list and what was told") {
    Fixture further{"further"};
    further.take(blocks(1, 400));
    const auto first = GENERATE(as<BlockNumber>{}, 0, 1);
    CHECK(further.daemon.ask(further.daemon.store.go_back(first)).blocks == 400);
    const auto stored = further.daemon.ask(further.daemon.store.load());
    CHECK(stored.window.empty());
    CHECK(stored.prices.empty());
    CHECK(stored.watched.size() == 3);
    for (const auto* const table : {"block", "activity", "contact", "first_contact", "repeat_key",
                                    "subject_total", "pair_day", "price_update", "price_base"}) {
        CAPTURE(table);
        CHECK(further.text(std::string{"select count(*) from "} + table) == "0");
    }
    CHECK(further.text("select rolled_up_to from chain") == "-1");
    CHECK(further.text("select count(*) from alert where status = 'raised'") == "0");
    further.take(blocks(1, 400));
    Fixture never{"never_further"};
    never.take(blocks(1, 400));
    check_same(further.tables(), never.tables());
}

TEST_CASE("what was behind a gap goes, and prices with it") {
    Fixture further{"further"};
    auto chain = blocks(1, 50);
    append(chain, 'f', 5'000, 5'300, 'f');
    further.take(std::move(chain));
    CHECK_FALSE(further.daemon.ask(further.daemon.store.go_back(51)).has_prices);
    Fixture never{"never_further"};
    never.take(blocks(1, 50));
    check_same(further.tables(), never.tables());
}

TEST_CASE("the gap in which a block would lie") {
    Fixture fixture{"gaps"};
    auto chain = blocks(10, 20);
    append(chain, 'm', 40, 41, 'm');
    fixture.take(std::move(chain));
    const auto gap_at = [&](BlockNumber number) {
        return fixture.daemon.ask(fixture.daemon.store.gap_at(number));
    };
    CHECK(gap_at(30)->before == 20);
    CHECK(gap_at(21)->before == 20);
    CHECK(gap_at(9).has_value());
    CHECK_FALSE(gap_at(9)->before.has_value());
    for (const auto number : std::initializer_list<BlockNumber>{10, 20, 40, 41, 42})
        CHECK_FALSE(gap_at(number).has_value());
}

TEST_CASE("where the tip was read is stored with it") {
    Fixture fixture{"position"};
    CHECK_FALSE(fixture.daemon.ask(fixture.daemon.store.load()).position);
    fixture.take(blocks(1, 70));
    CHECK(fixture.daemon.ask(fixture.daemon.store.load()).position == SourcePosition{"made", 70});
    fixture.daemon.ask(fixture.daemon.store.go_back(60));
    CHECK_FALSE(fixture.daemon.ask(fixture.daemon.store.load()).position);
}
