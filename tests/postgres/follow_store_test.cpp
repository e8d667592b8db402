#include "pipeline/replay.hpp"
#include "support/compared_store.hpp"
#include "support/made_chain.hpp"
#include "support/real_run.hpp"
#include "support/statement_count.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using test::MadeBlocks;
using test::real_run;
using test::Restarts;
using test::StatementCount;
using test::StoreDaemon;
using test::StoreSchema;

namespace {

// Counts what each call of another store costs.
class CountedStore final : public Store {
  public:
    CountedStore(Store& store, StatementCount& count) : store_{store}, count_{count} {}

    Task<StoredChain> load() override { return store_.load(); }
    Task<History> load_history(HistoryQuery question) override {
        count_.take();
        auto history = co_await store_.load_history(std::move(question));
        histories.insert(count_.take());
        co_return history;
    }
    Task<Committed> commit(BlockBatch batch) override {
        const bool has_alerts =
            std::ranges::any_of(batch.blocks, [](const auto& b) { return !b.alerts.empty(); });
        auto& counts = batch.fork ? forks : has_alerts ? with_alerts : without;
        count_.take();
        const auto committed = co_await store_.commit(std::move(batch));
        counts.insert(count_.take());
        co_return committed;
    }
    Task<WatchChanges> watch_changes(WatchQuestion question) override {
        return store_.watch_changes(std::move(question));
    }
    Task<WatchChanges> hold_watch_list(WatchQuestion question) override {
        return store_.hold_watch_list(std::move(question));
    }
    Task<> withdraw_all() override { return store_.withdraw_all(); }
    Task<bool> roll_up() override { return store_.roll_up(); }
    Task<GoneBack> go_back(BlockNumber first) override { return store_.go_back(first); }
    Task<std::optional<StoredGap>> gap_at(BlockNumber number) override { return store_.gap_at(number); }

    std::set<int> histories, with_alerts, without, forks;

  private:
    Store& store_;
    StatementCount& count_;
};

std::vector<std::string> replayed() {
    const auto& run = real_run();
    ReplayBlocks replay{run.settings(1).judge, StoreDaemon::kGrace};
    std::vector<std::string> out;
    for (const auto& make : run.blocks)
        for (const auto& alert : replay.take(make()).alerts) out.push_back(test::content_of(alert));
    return out;
}

std::vector<std::string> stored(const std::string& url) {
    std::vector<std::string> out;
    test::Sql{url}.transact([&](postgres::Work& tx) {
        for (const auto& row : tx.exec("select content from alert order by block_num, ordinal"))
            out.push_back(row[0].as<std::string>());
    });
    return out;
}

}  // namespace

TEST_CASE("replay and the store have the same alerts, in batches of any size") {
    const auto& run = real_run();
    REQUIRE(run.following.tracked.size() > 3000);
    const auto expected = replayed();
    REQUIRE(expected.size() > 100);
    for (const auto rule : {"\nS2 ", "\nS3 ", "\nS4 ", "\nS5a ", "\nS5b ", "\nS8 ", "\nT1 "}) {
        CAPTURE(rule);
        CHECK(std::ranges::any_of(expected, [&](const auto& alert) { return alert.contains(rule); }));
    }
    for (const auto batch : std::initializer_list<std::size_t>{1, 7, 64}) {
        CAPTURE(batch);
        const StoreSchema schema{"real_run", run.following};
        StoreDaemon daemon{schema.url()};
        run.follow(daemon.loop, daemon.store, batch);
        CHECK(stored(schema.url()) == expected);
    }
}

TEST_CASE("the past as loaded for a block is the one that grew in memory") {
    const auto& run = real_run();
    const StoreSchema schema{"compared", run.following};
    StoreDaemon daemon{schema.url()};
    test::ComparedStore store{daemon.store, run.blocks.front()().header.time};
    run.follow(daemon.loop, store, 1);
    CHECK(store.differences().empty());
    CHECK(store.compared() == static_cast<int>(run.blocks.size()) - 1);  // nothing was before the first
    CHECK(store.movements() > 3000);
    CHECK(store.pairs() > 3000);
}

TEST_CASE("so is the past behind a fork") {
    const test::MadeChain made;
    const StoreSchema schema{"compared_fork", made.following};
    const auto batch = GENERATE(as<std::size_t>{}, 1, 7);
    CAPTURE(batch);
    std::vector<test::MakeBlock> chain;
    test::append(chain, 'm', 1, 24, 'm');
    test::append(chain, 'f', 25, 88, 'm');
    test::append(chain, 'm', 25, 100, 'm');
    StoreDaemon daemon{schema.url()};
    test::ComparedStore store{daemon.store, chain.front()().header.time};
    MadeBlocks source{chain};
    test::follow_to_end(daemon.loop, store, source, made.settings(batch), Restarts::never);
    CHECK(store.differences().empty());
    CHECK(store.compared() > 20);
}

TEST_CASE("a batch costs the same number of statements however much is in it") {
    const auto& run = real_run();
    const test::MadeChain made;
    StatementCount count;
    std::set<int> histories, with_alerts, without;
    const auto add = [&](const CountedStore& store) {
        histories.insert(store.histories.begin(), store.histories.end());
        with_alerts.insert(store.with_alerts.begin(), store.with_alerts.end());
        without.insert(store.without.begin(), store.without.end());
    };
    for (const auto batch : std::initializer_list<std::size_t>{1, 7, 64}) {
        const StoreSchema schema{"counted", run.following};
        StoreDaemon daemon{schema.url(), [&](postgres::Work& tx) { count.watch(tx); }};
        CountedStore store{daemon.store, count};
        run.follow(daemon.loop, store, batch);
        add(store);
    }
    const StoreSchema schema{"counted", made.following};
    StoreDaemon daemon{schema.url(), [&](postgres::Work& tx) { count.watch(tx); }};
    CountedStore store{daemon.store, count};
    std::vector<test::MakeBlock> chain;
    test::append(chain, 'm', 11, 24, 'm');
    test::append(chain, 'f', 25, 27, 'm');
    test::append(chain, 'm', 25, 40, 'm');
    MadeBlocks source{chain};
    test::follow_to_end(daemon.loop, store, source, made.settings(1), Restarts::never);
    add(store);

    // Begin and commit are two of each.
    CHECK(histories == std::set{2 + 9});
    CHECK(with_alerts == std::set{2 + 14});
    CHECK(without == std::set{2 + 11});
    CHECK(store.forks == std::set{2 + 16});
}
