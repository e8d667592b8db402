#include "support/made_chain.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using test::numbered;
using test::StoreDaemon;

namespace {

using Kind = PriceSource::Kind;

PriceSource feed(std::uint8_t which) {
    return {Kind::feed, source_id(test::address(which)), {}, {}};
}
PriceSource pool(std::uint8_t which) {
    return {Kind::reserves, source_id(test::address(which)), test::address(1), test::address(2)};
}

BlockTime time_of_block(BlockNumber number) {
    return BlockTime{std::chrono::seconds{1'700'000'000 + 12 * static_cast<std::int64_t>(number)}};
}

PriceUpdate update(const PriceSource& source, BlockNumber number) {
    PriceUpdate out;
    out.block_num = number;
    out.time = out.priced = time_of_block(number);
    out.source = source;
    out.first = number;
    return out;
}

struct Fixture : test::MadeChain {
    test::StoreSchema schema{"price_rows", following};
    StoreDaemon daemon{schema.url()};
    std::optional<BlockLink> tip;

    // The block that has these updates.
    BlockRecord block(BlockNumber number, std::vector<PriceUpdate> updates) {
        BlockRecord out;
        out.link = {number, numbered<BlockHash>('m', number), numbered<BlockHash>('m', number - 1)};
        out.time = time_of_block(number);
        out.prices = std::move(updates);
        return out;
    }
    void commit(std::vector<BlockRecord> blocks) {
        BlockBatch batch{.after = tip};
        tip = blocks.back().link;
        batch.blocks = std::move(blocks);
        CHECK(daemon.ask(daemon.store.commit(std::move(batch))) == Committed::now);
    }
    std::vector<PriceUpdate> load() { return daemon.ask(daemon.store.load()).prices; }
    std::string text(const std::string& query) const { return test::Sql{schema.url()}.text(query); }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "what blocks taught comes back as it was") {
    auto full = update({Kind::executed, test::filled<Word>(0xee), test::address(3), test::address(4)}, 1);
    full.priced -= std::chrono::seconds{5};
    full.first = ~Raw{0};
    full.second = (Raw{1} << 127) + 1;
    full.held0 = 12345;
    full.held1 = Raw{1} << 200;
    full.tick = -887272;
    full.tick_spacing = 60;
    full.past = {1, 0xffffffff, 0, 0x01020304, 5, 6, 7};
    full.past_day = 19675;
    full.odd_since = 17;
    auto liquid = update({Kind::liquidity, test::filled<Word>(0xff), test::address(4), test::address(3)}, 1);
    const std::vector<PriceUpdate> taught{update(feed(9), 1), update(pool(8), 1), full, liquid};
    commit({block(1, taught)});
    auto loaded = load();
    CHECK(loaded.size() == taught.size());
    for (const auto& each : taught) CHECK(std::ranges::find(loaded, each) != loaded.end());
}

TEST_CASE_METHOD(Fixture, "a source's newest state is what a start needs, and all that is kept for long") {
    for (BlockNumber number = 1; number <= 400; ++number) {
        std::vector<PriceUpdate> updates{update(pool(8), number)};
        if (number % 100 == 1) updates.push_back(update(feed(9), number));
        commit({block(number, std::move(updates))});
    }
    const auto before = test::book_of({.prices = load()}, tokens).newest();
    while (daemon.ask(daemon.store.roll_up())) {
    }
    // 128 is the last that was rolled up: 64 more would come within 256 of the tip.
    CHECK(text("select rolled_up_to from chain") == "128");
    CHECK(text("select count(*) from price_update where block_num <= 128") == "0");
    CHECK(text("select string_agg(kind || ' ' || block_num, ', ' order by kind) from price_base") ==
          "feed 101, reserves 128");
    const auto stored = load();
    CHECK(stored.size() == 2 + (400 - 128) + 2);
    auto book = test::book_of({.prices = stored}, tokens);
    CHECK(book.newest() == before);
    // As deep as a fork can be.
    book.rollback_above(400 - BlockNumber{ChainWindow::kDepth});
    const auto then = book.newest();
    REQUIRE(then.size() == 2);
    CHECK(then[0].block_num == 101);
    CHECK(then[1].block_num == 144);
}

TEST_CASE_METHOD(Fixture, "a fork takes what its blocks taught") {
    commit({block(1, {update(pool(8), 1)}), block(2, {update(pool(8), 2), update(feed(9), 2)})});
    BlockBatch fork{.after = tip, .fork = Fork{1, 2}};
    fork.blocks = {block(2, {})};
    fork.blocks.front().link.hash = numbered<BlockHash>('f', 2);
    CHECK(daemon.ask(daemon.store.commit(std::move(fork))) == Committed::now);
    CHECK(load() == std::vector{update(pool(8), 1)});
}

TEST_CASE_METHOD(Fixture, "behind a gap the store forgets pools, in the same batch, too") {
    for (BlockNumber number = 1; number <= 330; ++number)
        commit({block(number, {update(pool(8), number), update(feed(9), number)})});
    CHECK(daemon.ask(daemon.store.roll_up()));
    auto behind = block(500, {update(pool(7), 500)});
    behind.is_behind_gap = true;
    behind.link.parent = numbered<BlockHash>('m', 499);
    SECTION("the gap begins the batch") {
        commit({behind});
    }
    SECTION("blocks before the gap are in the batch") {
        commit({block(331, {update(pool(8), 331), update(pool(6), 331), update(feed(9), 331)}), behind});
    }
    const auto newest = test::book_of({.prices = load()}, tokens).newest();
    REQUIRE(newest.size() == 2);
    CHECK(newest[0].source == feed(9));
    CHECK(newest[0].block_num >= 330);
    CHECK(newest[1] == update(pool(7), 500));
}

TEST_CASE_METHOD(Fixture, "what was idle for a month is no longer kept") {
    commit({block(1, {update(pool(8), 1), update(feed(9), 1)}), block(2, {update(pool(7), 2)})});
    for (BlockNumber number = 3; number <= 330; ++number) {
        auto next = block(number, {});
        next.time += std::chrono::days{31};
        commit({next});
    }
    CHECK(daemon.ask(daemon.store.roll_up()));
    // Block 64 is 31 days and 756 seconds younger than block 1.
    CHECK(text("select string_agg(kind, ', ') from price_base") == "feed");
}
