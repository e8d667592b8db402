#include "support/made_chain.hpp"

#include <catch2/catch.hpp>

#include <iostream>

using namespace moneytrail;
using test::numbered;
using test::StoreDaemon;

namespace {

// 4 million activities: 100 in each of 40 000 blocks, of 400 pairs: 40 subjects with 10 counterparties each.
constexpr BlockNumber kTip = 40'000;
constexpr std::uint8_t kSubjects = 40;

// The server tells the plan of every statement, those of foreign keys included, as a notice: plans of what
// the store really asks, with its real parameters.
class Plans {
  public:
    void watch(postgres::Work& tx) {
        tx.exec(
            "load 'auto_explain'; set auto_explain.log_min_duration = 0; "
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

// Foreign keys are not checked, and indexes are made at the end: it takes half as long.
constexpr auto kWithoutIndexes = R"(
    set session_replication_role = replica;
    set maintenance_work_mem = '256MB';
    alter table activity set unlogged;
    create temp table later as select indexname, indexdef from pg_indexes
        where schemaname = current_schema() and tablename = 'activity' and indexname <> 'activity_pkey';
    do $$declare i record; begin
        for i in select * from later loop execute format('drop index %I', i.indexname); end loop;
    end$$)";

constexpr auto kActivities = R"(
    create temp table pair as select id, decode(repeat(to_hex(160 + id % 40), 20), 'hex') as subject,
        'entity-' || id % 20 as entity, decode(repeat(to_hex(16 + id / 40), 20), 'hex') as counterparty,
        decode(repeat(to_hex(64 + id % 7), 20), 'hex') as token from generate_series(0, 399) id;
    insert into activity select 1, 1 + 4 * k + id / 100, id % 100, sha256('txn'), 'log:7', subject, entity,
        counterparty, 'outsider', 'out', token, null, token, 1000 + k, (400 * k + id) * 7919::bigint % 10000000
        from generate_series(0, 9999) k, pair;
    insert into subject_total select 1, subject, count(*) from activity where block_num <= 39600 group by 2)";

constexpr auto kTheRest = R"(
    insert into block select 1, n, sha256(('m' || n)::bytea), sha256(('m' || n - 1)::bytea),
        1700000000 + 12 * n, true from generate_series(1, 40000) n;
    insert into repeat_key select 1, 'S3|' || n, 1 + n / 10 from generate_series(0, 399999) n;
    insert into price_update select 1, n, decode(repeat('00', 20), 'hex'), 200000000000
        from generate_series(1, 40000) n;
    insert into alert select decode(md5(n::text), 'hex'), 1, n, sha256(('m' || n)::bytea),
        1700000000 + 12 * n, 0, 'entity-1', '\xa0', 1, '{T1}', 'content', 'raised', null, false, 1
        from generate_series(1, 40000) n;
    insert into delivery select id, 'console', 'out', 1, true, 1 from alert;
    update chain set tip_num = 40000, tip_hash = sha256('m40000'), rolled_up_to = 39600)";

constexpr auto kIndexes = R"(
    do $$declare i record; begin for i in select * from later loop execute i.indexdef; end loop; end$$;
    analyze activity, block, repeat_key, price_update, alert, delivery, subject_total)";

void fill(const std::string& url) {
    test::Sql sql{url, [](postgres::Work& tx) { tx.exec("set statement_timeout = 0"); }};
    for (const auto* statements : {kWithoutIndexes, kActivities, kTheRest, kIndexes}) sql.exec(statements);
}

// Each of so many subjects moves seven tokens.
HistoryQuestion question(const Following& following) {
    HistoryQuestion out{.as_of = kTip, .movements = {}, .repeat_keys = {}};
    for (const auto& [address, entity, label, from] : following.tracked)
        for (std::uint8_t token = 64; token < 71; ++token)
            out.movements.push_back({address, following.entities[entity].id, entity, test::address(token)});
    for (int i = 0; i < 300; ++i) out.repeat_keys.push_back("S3|" + std::to_string(i * 1000));
    return out;
}

Following of_entities() {
    std::vector<Entity> entities;
    std::vector<TrackedAddress> tracked;
    for (EntityIndex i = 0; i < kSubjects / 2; ++i)
        entities.push_back({"entity-" + std::to_string(i), "Entity " + std::to_string(i)});
    for (std::uint8_t i = 0; i < kSubjects; ++i)
        tracked.push_back({test::address(static_cast<std::uint8_t>(160 + i)), i % 20U, ""});
    return follow(std::move(entities), std::move(tracked));
}

BlockBatch next_block(const StoredChain& stored, BlockNumber number) {
    BlockBatch out{.after = stored.window.back()};
    BlockRecord block;
    block.link = {number, numbered<BlockHash>('n', number), std::nullopt};
    block.activities = {test::activity({}, number)};
    block.entities = {"entity-0"};
    StoredAlert alert;
    alert.alert.id = test::filled<AlertId>(1);
    alert.alert.block_num = number;
    alert.targets = {{"console", "out"}};
    block.alerts.push_back(std::move(alert));
    out.blocks.push_back(std::move(block));
    return out;
}

// Small tables may well be read whole.
void check_plans(Plans& plans, std::size_t at_least) {
    const auto taken = plans.take();
    CHECK(taken.size() >= at_least);
    for (const auto& plan : taken) {
        CAPTURE(plan);
        for (const auto table : {"activity", "block", "repeat_key", "price_update", "alert", "delivery"})
            CHECK_FALSE(plan.contains("Seq Scan on " + std::string{table} + " "));
    }
}

}  // namespace

TEST_CASE("with 4 million activities every statement of a block uses an index") {
    const auto following = of_entities();
    const test::StoreSchema schema{"plans", following};
    fill(schema.url());
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
    check_plans(plans, 5);

    timed("history of 40 subjects and 7 tokens",
          [&] { daemon.ask(daemon.store.load_history(question(following))); });
    check_plans(plans, 4);
    timed("commit of a block", [&] { daemon.ask(daemon.store.commit(next_block(stored, kTip + 1))); });
    check_plans(plans, 12);

    stored = daemon.ask(daemon.store.load());
    auto fork = next_block(stored, kTip - 62);
    fork.fork = Fork{kTip - 63, kTip + 1};
    timed("commit of a block behind a fork of depth 64",
          [&] { daemon.ask(daemon.store.commit(std::move(fork))); });
    check_plans(plans, 15 + 3);
    CHECK(test::Sql{schema.url()}.text("select count(*) from activity") == "3993701");

    timed("a step of the roll-up", [&] { CHECK(daemon.ask(daemon.store.roll_up())); });
    check_plans(plans, 4);
    timed("withdrawal at the end", [&] { test::run(daemon.loop, daemon.store.withdraw_all()); });
    check_plans(plans, 2);
}
