#pragma once

// A store with 4 million activities, made by the server itself.

#include "support/made_chain.hpp"

namespace moneytrail::test {

// 4 million activities: 100 in each of 40 000 blocks, of 400 pairs: 40 subjects with 10 counterparties each.
inline constexpr BlockNumber kTip = 40'000;
inline constexpr std::uint8_t kSubjects = 40;

// Foreign keys are not checked, and indexes are made at the end: it takes half as long.
inline constexpr auto kWithoutIndexes = R"(
    set session_replication_role = replica;
    set maintenance_work_mem = '256MB';
    create temp table later as select indexname, indexdef from pg_indexes
        where schemaname = current_schema() and tablename = 'activity' and indexname <> 'activity_pkey';
    do $$declare i record; begin
        for i in select * from later loop execute format('drop index %I', i.indexname); end loop;
    end$$)";

inline constexpr auto kActivities = R"(
    create temp table pair as select id, decode(repeat(to_hex(160 + id % 40), 20), 'hex') as subject,
        'entity-' || id % 20 as entity, decode(repeat(to_hex(16 + id / 40), 20), 'hex') as counterparty,
        decode(repeat(to_hex(64 + id % 7), 20), 'hex') as token from generate_series(0, 399) id;
    insert into activity select 1, 1 + 4 * k + id / 100, id % 100, sha256('txn'), 'log:7', subject, entity,
        counterparty, 'outsider', 'out', token, null, token, 1000 + k, (400 * k + id) * 7919::bigint % 10000000,
        'none', false, null, (1700000000 + 12 * (1 + 4 * k + id / 100)) / 86400
        from generate_series(0, 9999) k, pair;
    insert into subject_total select 1, subject, count(*) from activity where block_num <= 39600 group by 2;
    insert into contact select 1, 1 + 4 * k + id / 100, id % 100, 'organisation-' || id % 10, subject, entity,
        (400 * k + id) * 7919::bigint % 10000000, id % 3 = 0 from generate_series(0, 9999, 20) k, pair;
    insert into first_contact select 1, subject, substring(counterparty for 4), counterparty, 1 + id / 100 from pair;
    insert into pair_day select 1, subject, counterparty, day, 1800, 0, 1800, 0, 90000000, 0, true
        from pair, generate_series(19675, 19680) day)";

inline constexpr auto kTheRest = R"(
    insert into block select 1, n, sha256(('m' || n)::bytea), sha256(('m' || n - 1)::bytea),
        1700000000 + 12 * n, true from generate_series(1, 40000) n;
    insert into repeat_key select 1, 'S3|' || n, 1 + n / 10 from generate_series(0, 399999) n;
    insert into price_update select 1, n, 'reserves', sha256(('pool' || n % 1000 + 17 * k)::bytea),
        decode(repeat('01', 20), 'hex'), decode(repeat('02', 20), 'hex'), 1700000000 + 12 * n, 1000, 1000, 0, 0,
        0, 0, decode(repeat('00', 28), 'hex'), 0, 0 from generate_series(39601, 40000) n, generate_series(1, 30) k;
    insert into price_base select 1, 39600 - n, 'reserves', sha256(('pool' || n)::bytea),
        decode(repeat('01', 20), 'hex'), decode(repeat('02', 20), 'hex'), 1700000000, 1000, 1000, 0, 0,
        0, 0, decode(repeat('00', 28), 'hex'), 0, 0, 1700000000 + 12 * (39600 - n)
        from generate_series(1, 20000) n;
    insert into alert select decode(md5(n::text), 'hex'), 1, n, sha256(('m' || n)::bytea),
        1700000000 + 12 * n, 0, 'entity-1', '\xa0', 1, '{T1}', 'content', 'raised', null, false, 1
        from generate_series(1, 40000) n;
    insert into delivery select id, 'console', 'out', 1, true, 1 from alert;
    update chain set tip_num = 40000, tip_hash = sha256('m40000'), rolled_up_to = 39600,
        pair_daily_cents = 10000, pair_weekly_cents = 10000)";

inline constexpr auto kIndexes = R"(
    do $$declare i record; begin for i in select * from later loop execute i.indexdef; end loop; end$$;
    analyze activity, block, repeat_key, price_update, price_base, alert, delivery, subject_total,
        contact, first_contact, pair_day)";

// What is logged costs what it costs on a real disk; what is not takes half as long to fill.
enum class Logged { no, yes };

inline void fill(const std::string& url, Logged logged) {
    Sql sql{url, [](postgres::Work& tx) { tx.exec("set statement_timeout = 0"); }};
    if (logged == Logged::no) sql.exec("alter table activity set unlogged");
    for (const auto* statements : {kWithoutIndexes, kActivities, kTheRest, kIndexes}) sql.exec(statements);
}

// Who moves something in them.
inline Following of_the_pairs() {
    std::vector<Entity> entities;
    std::vector<TrackedAddress> tracked;
    for (EntityIndex i = 0; i < kSubjects / 2; ++i)
        entities.push_back({"entity-" + std::to_string(i), "Entity " + std::to_string(i), {}});
    for (std::uint8_t i = 0; i < kSubjects; ++i)
        tracked.push_back({address(static_cast<std::uint8_t>(160 + i)), i % 20U, ""});
    return follow(std::move(entities), std::move(tracked));
}

// Another block behind the stored ones, with an activity and an alert.
inline BlockBatch next_block(const StoredChain& stored, BlockNumber number) {
    BlockBatch out{.after = stored.window.back()};
    BlockRecord block;
    block.link = {number, numbered<BlockHash>('n', number), std::nullopt};
    block.activities = {activity({}, number)};
    block.names = {{"entity-0", {}}};
    StoredAlert alert;
    alert.alert.id = filled<AlertId>(1);
    alert.alert.block_num = number;
    alert.targets = {{"console", "out"}};
    block.alerts.push_back(std::move(alert));
    out.blocks.push_back(std::move(block));
    return out;
}

}  // namespace moneytrail::test
