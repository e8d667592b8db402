#include "postgres/watch_list.hpp"
#include "support/filled_store.hpp"

#include <catch2/catch.hpp>

#include <iostream>

using namespace moneytrail;
using test::kTip;
using test::next_block;
using test::StoreDaemon;

namespace {

// The server tells the plan of every statement, those of foreign keys included, as a notice: plans of what
// the store really asks. Those that are kept for a connection are made without knowing its parameters.
class Plans {
  public:
    void watch(postgres::Work& tx) {
        tx.exec(
            "set plan_cache_mode = force_generic_plan; load 'auto_explain'; set "
            "auto_explain.log_min_duration = 0; "
            "set auto_explain.log_nested_statements = on; set auto_explain.log_level = notice; "
            "set client_min_messages = notice");
        notices_ = std::make_unique<Notices>(tx.conn(), plans_);
    }
    std::vector<std::string> take() { return std::exchange(plans_, {}); }

  private:
    struct Notices : pqxx::errorhandler {
        Notices(pqxx::connection_base& connection, std::vector<std::string>& plans)
            : errorhandler{connection}, into{plans} {}
        bool operator()(const char* message) noexcept override {
            if (std::string_view{message}.contains("Query Text:")) into.emplace_back(message);
            return false;
        }
        std::vector<std::string>& into;
    };

    std::vector<std::string> plans_;
    std::unique_ptr<Notices> notices_;
};

// Each of so many subjects moves seven tokens.
HistoryQuery question(const Following& following) {
    HistoryQuery out{.as_of = kTip, .time = BlockTime{std::chrono::seconds{1'700'000'000 + 12 * kTip}}};
    for (const auto& [address, entity, label, from] : following.tracked) {
        for (std::uint8_t counterparty = 16; counterparty < 26; ++counterparty) {
            out.pairs.push_back({address, test::address(counterparty)});
            out.organisations.push_back({address, following.entities[entity].id, entity,
                                         "organisation-" + std::to_string(counterparty - 16), 0});
        }
        for (std::uint8_t token = 64; token < 71; ++token)
            out.movements.push_back({address, following.entities[entity].id, entity, test::address(token)});
    }
    for (int i = 0; i < 300; ++i) out.repeat_keys.push_back("S3|" + std::to_string(i * 1000));
    return out;
}

// What grows for ever is never read whole, and neither are these tables. Small ones may well be.
void check_plans(Plans& plans, std::size_t at_least, std::vector<std::string_view> not_whole) {
    for (const auto table : {"activity", "block", "repeat_key", "contact", "alert", "delivery"})
        not_whole.push_back(table);
    const auto taken = plans.take();
    CHECK(taken.size() >= at_least);
    for (const auto& plan : taken) {
        CAPTURE(plan);
        for (const auto table : not_whole)
            CHECK_FALSE(plan.contains("Seq Scan on " + std::string{table} + " "));
    }
}

}  // namespace

TEST_CASE("with 4 million activities every statement of a block uses an index") {
    const auto following = test::of_the_pairs();
    const test::StoreSchema schema{"plans", following};
    test::fill(schema.url(), test::Logged::no);
    CHECK(test::Sql{schema.url()}.text("select count(*) from activity") == "4000000");

    Plans plans;
    StoreDaemon daemon{schema.url(), [&](postgres::Work& tx) { plans.watch(tx); }};
    const auto timed = [&](const char* what, auto body) {
        const auto start = std::chrono::steady_clock::now();
        body();
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
        std::cout << "plan_test: " << what << ": " << took.count() << " ms\n";
    };
    StoredChain stored;
    timed("load", [&] { stored = daemon.ask(daemon.store.load()); });
    // Of prices only the newest few hundred blocks and each source's state are kept: all of it is loaded.
    check_plans(plans, 5, {});

    timed("history of 40 subjects, 7 tokens, 10 counterparties, 10 organisations",
          [&] { daemon.ask(daemon.store.load_history(question(following))); });
    check_plans(plans, 9, {"price_update", "price_base"});
    timed("commit of a block", [&] { daemon.ask(daemon.store.commit(next_block(stored, kTip + 1))); });
    check_plans(plans, 11, {"price_update", "price_base"});

    stored = daemon.ask(daemon.store.load());
    plans.take();
    auto fork = next_block(stored, kTip - 62);
    fork.fork = Fork{kTip - 63, kTip + 1};
    timed("commit of a block behind a fork of depth 64",
          [&] { daemon.ask(daemon.store.commit(std::move(fork))); });
    check_plans(plans, 13 + 3, {"price_update", "price_base"});
    CHECK(test::Sql{schema.url()}.text("select count(*) from activity") == "3993701");

    timed("a step of the roll-up", [&] { CHECK(daemon.ask(daemon.store.roll_up())); });
    check_plans(plans, 4, {"price_base"});
    timed("withdrawal at the end", [&] { test::run(daemon.loop, daemon.store.withdraw_all()); });
    check_plans(plans, 2, {"price_update", "price_base"});
}

TEST_CASE("of a long watch list a block reads who takes part, and a change what changed") {
    const auto following = test::of_the_pairs();
    const test::StoreSchema schema{"plans_list", following};
    test::Sql{schema.url()}.exec(R"(
        insert into watched_address (chain_id, address, entity, label, method, effective_from, changed_version)
            select 1, substr(sha256(n::text::bytea), 1, 20), 'entity-1', '', 'user', 0, 2
            from generate_series(1, 50000) n;
        insert into block select 1, n, sha256(('m' || n)::bytea), sha256(('m' || n - 1)::bytea), 1700000000 + 12 * n, true
            from generate_series(1, 2000) n;
        update chain set tip_num = 2000, tip_hash = sha256('m2000'), watch_version = 2;
        analyze watched_address, block)");
    Plans plans;
    StoreDaemon daemon{schema.url(), [&](postgres::Work& tx) { plans.watch(tx); }};
    const auto stored = daemon.ask(daemon.store.load());
    plans.take();
    const auto check_untouched = [&] {
        const auto taken = plans.take();
        CHECK(taken.size() >= 11);
        for (const auto& plan : taken) {
            CAPTURE(plan);
            CHECK_FALSE(plan.contains("watched_address"));
        }
    };
    auto next = next_block(stored, 2001);
    next.watch_version = stored.watch_version;
    CHECK(daemon.ask(daemon.store.commit(std::move(next))) == Committed::now);
    check_untouched();
    auto fork = next_block(daemon.ask(daemon.store.load()), 2001);
    plans.take();
    fork.watch_version = stored.watch_version;
    fork.fork = Fork{2000, 2001};
    fork.blocks[0].link.hash = test::numbered<BlockHash>('f', 2001);
    CHECK(daemon.ask(daemon.store.commit(std::move(fork))) == Committed::now);
    check_untouched();

    daemon.ask(daemon.store.load_history(question(following)));
    check_plans(plans, 9, {"watched_address"});
    CHECK(daemon.ask(daemon.store.hold_watch_list({.behind = end_of(2), .about = {}})).changes.empty());
    check_plans(plans, 1, {"watched_address"});
    const auto part = daemon.ask(
        daemon.store.watch_changes({.behind = {}, .about = {following.tracked.back().address}, .most = 10}));
    CHECK(part.changes.size() == 11);
    check_plans(plans, 2, {"watched_address"});
    daemon.ask(daemon.store.load());
    plans.take();
    test::Sql other{schema.url(), [&](postgres::Work& tx) { plans.watch(tx); }};
    const WatchedAddress one{test::address(1), "entity-1", "one"};
    std::vector<WatchedAddress> roots;
    for (const auto& [address, entity, label, from] : following.tracked)
        roots.push_back({address, following.entities[entity].id, label});
    other.transact([&](postgres::Work& tx) {
        CHECK(postgres::add_addresses(tx, 1, std::span{&one, 1}).added == 1);
        CHECK(postgres::remove_address(tx, 1, one.address) == postgres::Removed::now);
        CHECK(postgres::add_addresses(tx, 1, std::span{&one, 1}).restored == 1);
        CHECK(postgres::sync_roots(tx, 1, roots).removed == 0);
    });
    check_plans(plans, 15, {"watched_address"});
}
