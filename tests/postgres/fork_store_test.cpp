#include "support/made_chain.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using test::append;
using test::MakeBlock;
using test::Restarts;
using test::StoreDaemon;

namespace {

constexpr BlockNumber kAncestor = 24;  // behind it everybody moves USDT for the first time
constexpr BlockNumber kLast = 100;

std::vector<MakeBlock> straight() {
    std::vector<MakeBlock> chain;
    append(chain, 'm', 1, kLast, 'm');
    return chain;
}

std::vector<MakeBlock> forked(BlockNumber depth) {
    std::vector<MakeBlock> chain;
    append(chain, 'm', 1, kAncestor, 'm');
    append(chain, 'f', kAncestor + 1, kAncestor + depth, 'm');
    append(chain, 'm', kAncestor + 1, kLast, 'm');
    return chain;
}

struct Fixture : test::MadeChain {
    test::StoreSchema schema{"forks", following};
    std::string url = schema.url();

    void take(std::vector<MakeBlock> chain, std::size_t batch, Restarts restarts) const {
        StoreDaemon daemon{url};
        follow(daemon, std::move(chain), batch, restarts);
    }
    std::string text(const std::string& query) const { return test::Sql{url}.text(query); }
};

// One run serves all comparisons.
const std::map<std::string, test::Rows>& straight_tables() {
    static const auto tables = [] {
        const test::MadeChain made;
        const test::StoreSchema schema{"straight", made.following};
        StoreDaemon daemon{schema.url()};
        made.follow(daemon, straight(), 1);
        return test::tables(schema.url());
    }();
    return tables;
}

void check_tables_are(const std::map<std::string, test::Rows>& expected, const std::string& url) {
    auto found = test::tables(url);
    for (const auto& [table, rows] : expected) {
        CAPTURE(table);
        CHECK(found[table] == rows);
    }
}

}  // namespace

TEST_CASE("every kind of row comes about in the chain that forks are made of") {
    for (const auto& [table, rows] : straight_tables()) {
        CAPTURE(table);
        // Not so many blocks that roll-ups begin.
        CHECK(rows.empty() == (table == "subject_total" || table == "pair_day" || table == "price_base"));
    }
}

TEST_CASE_METHOD(Fixture, "the size of the batches leaves no trace") {
    const auto batch = GENERATE(as<std::size_t>{}, 7, 64, 1000);
    CAPTURE(batch);
    take(straight(), batch, Restarts::never);
    check_tables_are(straight_tables(), url);
}

TEST_CASE_METHOD(Fixture, "every table is that of a run that never saw the fork") {
    const auto depth = GENERATE(as<BlockNumber>{}, 1, 2, 5, 64);
    const auto batch = GENERATE(as<std::size_t>{}, 1, 7);
    const auto restarts = GENERATE(Restarts::never, Restarts::after_each_batch);
    CAPTURE(depth, batch, restarts == Restarts::after_each_batch);
    take(forked(depth), batch, restarts);
    check_tables_are(straight_tables(), url);

    // What only the fork had, marked and to be taken back: its own payments of 20 ETH, which go to both
    // channels; and S3 about step 28, which is fund's second address's first with USDT where step 25 is
    // missing.
    const BlockNumber s3 = depth >= 4 ? 1 : 0;
    const auto own = std::to_string(depth + s3);
    CHECK(text("select count(*) from alert where status <> 'raised'") == own);
    CHECK(text("select count(*) from alert where status = 'retracted' and withdrawn and "
               "retracted_at_block = " +
               std::to_string(kAncestor + depth)) == own);
    CHECK(text("select count(*) from delivery d join alert a on a.id = d.alert_id where "
               "a.status = 'retracted' and not d.wanted_shown and d.wanted_revision = a.revision") ==
          std::to_string(2 * depth + s3));
}

TEST_CASE_METHOD(Fixture, "a transaction mined again elsewhere is its alert's next revision") {
    const auto batch = GENERATE(as<std::size_t>{}, 1, 7);
    CAPTURE(batch);
    // Step 25 pays in block 25 of 'm', and in block 24 of 'f'.
    const auto id = "'\\x" + to_digits(alert_id(1, test::numbered<TxHash>('e', 25), test::kFund)) + "'";
    const auto alert = "select concat_ws(' ', block_num, status, revision) from alert where id = " + id;
    const auto wanted =
        "select string_agg(concat_ws(' ', channel, wanted_revision, wanted_shown), ', ' order by channel) "
        "from delivery where alert_id = " +
        id;
    std::vector<MakeBlock> chain;
    append(chain, 'm', 1, 25, 'm');
    take(chain, batch, Restarts::never);
    CHECK(text(alert) == "25 raised 1");
    CHECK(text(wanted) == "console 1 t, telegram 1 t");
    append(chain, 'f', 24, 24, 'm');
    // Retracted is one revision, mined again the next: only that one is told.
    StoreDaemon daemon{url};
    follow(daemon, chain, batch);
    CHECK(text(alert) == "24 raised 3");
    CHECK(text(wanted) == "console 3 t, telegram 3 t");
}

TEST_CASE_METHOD(Fixture, "a chain that comes back tells nobody twice") {
    const auto batch = GENERATE(as<std::size_t>{}, 1, 7);
    const auto restarts = GENERATE(Restarts::never, Restarts::after_each_batch);
    CAPTURE(batch, restarts == Restarts::after_each_batch);
    std::vector<MakeBlock> chain;
    append(chain, 'm', 1, 30, 'm');
    // A single block that says nothing of the alerts of 25 and above, and 'm' again.
    chain.push_back([] {
        return test::BlockMaker{25, test::numbered<BlockHash>('x', 25), test::numbered<BlockHash>('m', 24)}
            .take();
    });
    append(chain, 'm', 25, kLast, 'm');
    take(chain, batch, restarts);
    check_tables_are(straight_tables(), url);
    CHECK(text("select count(*) from alert where revision = 3") != "0");
    CHECK(text("select max(wanted_revision) from delivery") == "1");
}

TEST_CASE_METHOD(Fixture,
                 "an address is not judged in blocks before its first, even when a fork mines them") {
    const auto batch = GENERATE(as<std::size_t>{}, 1, 7);
    CAPTURE(batch);
    // The desk is watched from block 28 on; the fork begins at 25.
    for (auto& each : following.tracked)
        if (each.address == test::kDesk) each.effective_from = 28;
    take(forked(5), batch, Restarts::never);
    const auto desk = "'\\x" + test::kDesk.to_hex().substr(2) + "'";
    CHECK(text("select min(block_num) from activity where subject = " + desk) == "28");
    CHECK(text("select count(*) from alert where address = " + desk + " and block_num < 28") == "0");
}

TEST_CASE_METHOD(Fixture, "going on too far behind the database is refused unless it is asked for") {
    std::vector<MakeBlock> chain;
    append(chain, 'm', 1, 30, 'm');
    take(chain, 7, Restarts::never);
    const auto before = test::tables(url);
    const auto go_on_at = [&](BlockNumber first, std::optional<std::uint64_t> max_gap) {
        std::vector<MakeBlock> rest;
        append(rest, 'm', first, first + 5, 'm');
        StoreDaemon daemon{url};
        test::MadeBlocks source{rest};
        auto with = settings(7);
        with.max_gap = max_gap;
        auto stored = daemon.ask(daemon.store.load());
        with.watch_version = stored.watch_version;
        FollowRecorded service{source, daemon.store, std::move(stored), with,
                               test::hooks(source, Restarts::never)};
        test::run(daemon.loop, service.run());
    };
    CHECK_THROWS_WITH(go_on_at(41, 10), "block 1: the database ends with block 30, the next block is 41");
    CHECK(test::tables(url) == before);
    go_on_at(40, 10);
    CHECK(text("select tip_num from chain") == "45");
    go_on_at(500, std::nullopt);
    CHECK(text("select tip_num from chain") == "505");
}

TEST_CASE_METHOD(Fixture, "channels are told to take back when the grace is over") {
    std::vector<MakeBlock> chain;
    append(chain, 'm', 1, 20, 'm');
    append(chain, 'f', 21, 22, 'm');
    append(chain, 'm', 21, 24, 'm');
    StoreDaemon daemon{url};
    // The fork ended at block 22 and the grace is 3: block 25 takes back, block 24 does not.
    const auto due = [&] {
        return text(
            "select count(*) || ' of ' || count(*) filter (where status = 'retracted') from alert "
            "where withdrawn");
    };
    const auto end_without_withdrawing = [&](std::vector<MakeBlock> blocks) {
        // One is stored while the next is read: the source's end does not tell.
        auto left = blocks.size();
        test::MadeBlocks some{std::move(blocks)};
        auto watching = test::hooks(some, Restarts::never);
        watching.committed = [&] {
            if (--left == 0) throw test::Ended{"before the end is known to be one"};
        };
        FollowRecorded service{some, daemon.store, daemon.ask(daemon.store.load()), settings(1), watching};
        CHECK_THROWS_AS(test::run(daemon.loop, service.run()), test::Ended);
    };
    end_without_withdrawing(chain);
    CHECK(text("select count(*) from alert where status = 'retracted'") == "2");
    CHECK(due() == "0 of 0");
    std::vector<MakeBlock> next;
    append(next, 'm', 25, 25, 'm');
    end_without_withdrawing(next);
    CHECK(due() == "2 of 2");
}
