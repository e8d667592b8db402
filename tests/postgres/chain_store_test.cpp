#include "support/compared_store.hpp"
#include "support/made_chain.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using test::append;
using test::MakeBlock;
using test::numbered;
using test::StoreDaemon;

namespace {

constexpr auto kDepth = BlockNumber{ChainWindow::kDepth};

struct Fixture : test::MadeChain {
    test::StoreSchema schema{"chain_store", following};
    std::string url = schema.url();
    StoreDaemon daemon{url};

    void take(BlockNumber first, BlockNumber last) {
        std::vector<MakeBlock> chain;
        append(chain, 'm', first, last, 'm');
        follow(daemon, std::move(chain), 64);
    }
    StoredChain load() { return daemon.ask(daemon.store.load()); }
    Committed commit(BlockBatch batch) { return daemon.ask(daemon.store.commit(std::move(batch))); }
    History load_history(HistoryQuery question) {
        return daemon.ask(daemon.store.load_history(std::move(question)));
    }
    bool roll_up() { return daemon.ask(daemon.store.roll_up()); }
    void exec(const std::string& statement) const { test::Sql{url}.exec(statement); }
    std::int64_t number(const std::string& query) const { return std::stoll(test::Sql{url}.text(query)); }

    test::Rows rows(const std::string& query) const {
        test::Sql sql{url};
        return test::rows_of(sql, query);
    }

    // Everything that these blocks ask about.
    HistoryQuery question(BlockNumber as_of) const {
        HistoryQuery out{.as_of = as_of, .time = test::BlockMaker{as_of, {}, {}}.take().header.time};
        for (const auto& [address, entity, label, from] : following.tracked) {
            for (const auto& counterparty : {test::kStranger, test::kStranger2, test::kFund, test::kDesk}) {
                out.pairs.push_back({address, counterparty});
                const auto* identity = names.labels.find(counterparty);
                if (!identity) continue;
                const auto index = identity->organisation;
                out.organisations.push_back({address, following.entities[entity].id, entity,
                                             names.labels.organisation(index).id, index});
            }
            for (const Token& token : {Token{}, Token{contracts::kUsdc}, Token{contracts::kUsdt},
                                       Token{contracts::kDai}, Token{address}}) {
                out.movements.push_back({address, following.entities[entity].id, entity, token});
                out.repeat_keys.push_back("S3|" + address.to_hex() + "|" +
                                          token.value_or(Address{}).to_hex());
            }
        }
        return out;
    }
};

BlockLink link(char branch, BlockNumber number) {
    return {number, numbered<BlockHash>(branch, number), numbered<BlockHash>(branch, number - 1)};
}

// Block 11 of 'm' with one activity, behind block 10.
BlockBatch batch_of_one(std::uint64_t watch_version) {
    BlockBatch out{.after = link('m', 10), .watch_version = watch_version};
    BlockRecord block;
    block.link = link('m', 11);
    block.activities = {test::activity({}, 11)};
    block.names = {{"fund", {}}};
    block.repeat_keys = {"S9|a key of its own"};
    PriceUpdate update{.block_num = 11, .time = block.time, .priced = block.time};
    update.source = {PriceSource::Kind::executed, test::filled<Word>(7), test::address(1), test::address(2)};
    block.prices = {update};
    out.blocks.push_back(std::move(block));
    return out;
}

}  // namespace

TEST_CASE_METHOD(Fixture, "the first load of a chain is empty, a later one is where it stopped") {
    CHECK(load().window.empty());
    CHECK(load().watched.size() == 3);
    take(1, 300);
    const auto stored = load();
    REQUIRE(stored.window.size() == kDepth);
    CHECK(stored.window.front().number == 300 - kDepth + 1);
    CHECK(stored.window.back().number == 300);
    CHECK(stored.window.back().hash == numbered<BlockHash>('m', 300));
    CHECK(stored.window.back().parent == numbered<BlockHash>('m', 299));
    // Block 300 told 2300 dollars.
    const BlockTime time{std::chrono::seconds{1'700'000'000 + 12 * 300}};
    CHECK(test::book_of(stored, tokens).price(std::nullopt, time) == Price{2300'00000000});
}

TEST_CASE_METHOD(Fixture, "a batch that was committed is not committed again") {
    take(1, 10);
    CHECK(commit(batch_of_one(0)) == Committed::now);
    const auto before = test::tables(url);
    CHECK(commit(batch_of_one(0)) == Committed::before);
    CHECK(test::tables(url) == before);
}

TEST_CASE_METHOD(Fixture, "what was judged with another watch list is not written") {
    take(1, 10);
    exec("update chain set watch_version = 8");
    const auto before = test::tables(url);
    CHECK(commit(batch_of_one(7)) == Committed::judge_again);
    CHECK(test::tables(url) == before);
    CHECK(commit(batch_of_one(8)) == Committed::now);
}

TEST_CASE_METHOD(Fixture, "what does not follow the stored tip is not written") {
    take(1, 10);
    const auto before = test::tables(url);
    auto batch = batch_of_one(0);
    SECTION("another number") {
        batch.after = link('m', 9);
    }
    SECTION("another hash") {
        batch.after = link('f', 10);
    }
    SECTION("as if nothing were stored") {
        batch.after.reset();
    }
    CHECK_THROWS_WITH(commit(batch),
                      "the database's last block is not the one that block 11 follows: another program "
                      "wrote to it");
    CHECK_THROWS_AS(commit(batch), Permanent);
    CHECK(test::tables(url) == before);
}

TEST_CASE_METHOD(Fixture, "who has lost the lease writes nothing") {
    take(1, 10);
    exec("update lease set epoch = epoch + 1");
    const auto before = test::tables(url);
    CHECK_THROWS_AS(commit(batch_of_one(0)), postgres::LeaseLost);
    CHECK_THROWS_AS(test::run(daemon.loop, daemon.store.withdraw_all()), postgres::LeaseLost);
    CHECK_THROWS_AS(roll_up(), postgres::LeaseLost);
    CHECK_THROWS_AS(load(), postgres::LeaseLost);
    CHECK(test::tables(url) == before);
}

TEST_CASE_METHOD(Fixture, "a batch of which a part cannot be written is not written at all") {
    take(1, 10);
    const auto before = test::tables(url);
    auto batch = batch_of_one(0);
    batch.blocks.push_back(batch.blocks.front());  // the same block again
    CHECK_THROWS_AS(commit(batch), Permanent);
    CHECK(test::tables(url) == before);
}

TEST_CASE_METHOD(Fixture, "rolled up, the past answers the same") {
    take(1, 600);
    const auto grown = load_history(question(600));
    std::int64_t before = -1;
    int steps = 0;
    while (roll_up()) {
        const auto now = number("select rolled_up_to from chain");
        CHECK(now > before);
        CHECK(now <= std::int64_t{600} - 256);
        before = now;
        ++steps;
        CHECK(test::difference(load_history(question(600)), grown, question(600)).empty());
    }
    CHECK(steps == 5);  // of 64 blocks each: up to 320, as 344 is the last that no fork can reach
    CHECK(number("select sum(activities) from subject_total") ==
          number("select count(*) from activity where block_num <= 320 and amount > 0"));
}

TEST_CASE_METHOD(Fixture, "rolled up, forks leave what they would have left") {
    take(1, 600);
    while (roll_up()) {
    }
    std::vector<MakeBlock> fork;
    append(fork, 'f', 500, 563, 'm');
    append(fork, 'm', 500, 640, 'm');
    follow(daemon, fork, 7);
    const auto rolled = load_history(question(640));

    const test::StoreSchema other{"chain_store_straight", following};
    StoreDaemon straight{other.url()};
    std::vector<MakeBlock> chain;
    append(chain, 'm', 1, 640, 'm');
    follow(straight, chain, 64);
    const auto expected = straight.ask(straight.store.load_history(question(640)));
    CHECK(test::difference(rolled, expected, question(640)).empty());
    auto found = test::tables(url);
    for (const auto& [table, rows] : test::tables(other.url())) {
        CAPTURE(table);
        if (table != "chain" && table != "subject_total" && table != "pair_day" &&
            !table.starts_with("price_"))
            CHECK(found[table] == rows);
    }
    const auto stored = straight.ask(straight.store.load());
    CHECK(test::book_of(load(), tokens).newest() == test::book_of(stored, tokens).newest());
}

TEST_CASE_METHOD(Fixture, "the window does not reach below what is rolled up") {
    take(1, 600);
    while (roll_up()) {
    }
    // The chain becomes shorter, so that 256 blocks below its tip is below 320. A fork there would leave the
    // roll-up with blocks that are gone.
    std::vector<MakeBlock> fork;
    append(fork, 'f', 346, 346, 'm');
    follow(daemon, fork, 1);
    const auto window = load().window;
    REQUIRE_FALSE(window.empty());
    CHECK(window.back().number == 346);
    CHECK(window.front().number >= 320);
}

TEST_CASE_METHOD(Fixture, "behind a break in the chain the window begins anew") {
    take(1, 10);
    std::vector<MakeBlock> chain;
    SECTION("blocks are missing") {
        append(chain, 'm', 20, 22, 'm');
    }
    SECTION("no number is missing, but its parent is a block that was never seen") {
        append(chain, 'f', 11, 13, 'f');
    }
    const auto makers = chain;
    follow(daemon, chain, 1);
    const auto window = load().window;
    REQUIRE(window.size() == 3);
    CHECK(window.front().hash == makers.front()().header.hash);
    // The next start goes on there.
    const auto last = window.back().number;
    const char branch = last == 13 ? 'f' : 'm';
    std::vector<MakeBlock> next;
    append(next, branch, last + 1, last + 1, branch);
    follow(daemon, next, 1);
    CHECK(load().window.size() == 4);
}

TEST_CASE_METHOD(Fixture, "an address is known from its first judged block on, whatever the batch") {
    const auto batch = GENERATE(as<std::size_t>{}, 1, 7);
    CAPTURE(batch);
    exec("update watched_address set effective_from = 5 where address = '\\x" +
         test::kDesk.to_hex().substr(2) + "'");
    std::vector<MakeBlock> chain;
    append(chain, 'm', 1, 12, 'm');
    // Behind a fork below it, it is known from the same block again.
    append(chain, 'f', 4, 6, 'm');
    append(chain, 'm', 4, 12, 'm');
    follow(daemon, chain, batch);
    const auto known = [&](const Address& subject, BlockNumber as_of) {
        const auto history = daemon.ask(
            daemon.store.load_history({.as_of = as_of, .movements = {{subject, "fund", 0, std::nullopt}}}));
        return history.known_since(subject);
    };
    const auto time_of = [](BlockNumber number) {
        return BlockTime{std::chrono::seconds{1'700'000'000 + 12 * number}};
    };
    CHECK(known(test::kFund, 12) == time_of(1));
    CHECK(known(test::kDesk, 12) == time_of(5));
    CHECK(known(test::kDesk, 5) == time_of(5));
    CHECK(known(test::kDesk, 4) == std::nullopt);
}
