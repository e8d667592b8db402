#include "alert_rows.hpp"
#include "chain_steps.hpp"
#include "dealing_rows.hpp"
#include "postgres/chain_store.hpp"
#include "price_rows.hpp"
#include "rows.hpp"

#include <limits>

namespace moneytrail::postgres {
namespace {

struct Tip {
    std::optional<BlockNumber> number;
    std::optional<BlockHash> hash;
    std::uint64_t watch_version = 0;

    bool is(const BlockLink& link) const { return number == link.number && hash == link.hash; }
};

Tip lock_tip(Work& tx, std::uint64_t chain_id) {
    wait_for_list(tx);
    const auto row =
        exec_planned(tx, "select tip_num, tip_hash, watch_version from chain where chain_id = $1 for update",
                     chain_id)
            .at(0);
    Tip tip{.watch_version = row[2].as<std::uint64_t>()};
    if (!row[0].is_null()) {
        tip.number = row[0].as<BlockNumber>();
        tip.hash = fixed_of<BlockHash>(row[1]);
    }
    return tip;
}

void move_tip(Work& tx, std::uint64_t chain_id, const BlockRecord& block) {
    const auto& [file, line] = block.position;
    exec_planned(tx,
                 "update chain set tip_num = $2, tip_hash = $3, source_file = $4, source_line = $5 "
                 "where chain_id = $1",
                 chain_id, block.link.number, bytea(block.link.hash), pqxx::binarystring{file}, line);
}

void write_blocks(Work& tx, std::uint64_t chain_id, const std::vector<BlockRecord>& blocks) {
    ArrayLiteral verified;
    for (const auto& block : blocks) verified.add(std::int64_t{block.verified ? 1 : 0});
    exec_planned(
        tx,
        "insert into block (chain_id, block_num, hash, parent, block_time, verified) "
        "select $1, n, h, p, t, v = 1 from unnest($2::bigint[], $3::bytea[], $4::bytea[], $5::bigint[], "
        "$6::bigint[]) "
        "q(n, h, p, t, v)",
        chain_id, array_of(blocks, [](const auto& b) { return as_bigint(b.link.number); }),
        array_of(blocks, [](const auto& b) { return b.link.hash; }),
        array_of(blocks, [](const auto& b) { return b.link.parent; }),
        array_of(blocks, [](const auto& b) { return as_bigint(b.time); }), verified.text());
}

struct ActivityColumns {
    ArrayLiteral block_num, ordinal, txn_hash, place, subject, entity, counterparty, relation, direction,
        token, token_id, rule_token, amount, usd_cents, spam, is_signed, called, day;

    void add(const Activity& activity, std::int64_t number_in_block, const std::string& its_entity) {
        block_num.add(as_bigint(activity.position.block_num));
        ordinal.add(number_in_block);
        txn_hash.add(activity.txn_hash);
        place.add(std::string_view{to_string(activity.position.place)});
        subject.add(activity.subject);
        entity.add(std::string_view{its_entity});
        counterparty.add(activity.counterparty);
        relation.add(to_string(activity.relation));
        direction.add(to_string(activity.direction));
        token.add(activity.token);
        token_id.add(activity.token_id ? std::optional{to_raw(*activity.token_id)} : std::nullopt);
        rule_token.add(postgres::rule_token(activity.token));
        amount.add(activity.amount);
        usd_cents.add(activity.usd ? std::optional{activity.usd->in_cents()} : std::nullopt);
        spam.add(to_string(activity.spam));
        is_signed.add(std::int64_t{activity.is_signed() ? 1 : 0});
        day.add(utc_day(activity.time).time_since_epoch().count());
        called.add(activity.signed_call ? activity.signed_call->called : std::nullopt);
    }
};

void write_activities(Work& tx, std::uint64_t chain_id, const std::vector<BlockRecord>& blocks) {
    ActivityColumns rows;
    for (const auto& block : blocks)
        for (std::size_t i = 0; i < block.activities.size(); ++i)
            rows.add(block.activities[i], static_cast<std::int64_t>(i), block.names[i].entity);
    exec_planned(
        tx,
        "insert into activity (chain_id, block_num, ordinal, txn_hash, place, subject, entity, counterparty, "
        "relation, "
        "direction, token, token_id, rule_token, amount, usd_cents, spam, is_signed, called, day) "
        "select $1, n, o, h, p, s, e, c, r, d, t, i, m, a, u, x, g = 1, l, y from unnest($2::bigint[], "
        "$3::integer[], $4::bytea[], $5::text[], $6::bytea[], $7::text[], $8::bytea[], $9::text[], "
        "$10::text[], "
        "$11::bytea[], $12::numeric[], $13::bytea[], $14::numeric[], $15::bigint[], $16::text[], "
        "$17::bigint[], "
        "$18::bytea[], $19::integer[]) q(n, o, h, p, s, e, c, r, d, t, i, m, a, u, x, g, l, y)",
        chain_id, rows.block_num.text(), rows.ordinal.text(), rows.txn_hash.text(), rows.place.text(),
        rows.subject.text(), rows.entity.text(), rows.counterparty.text(), rows.relation.text(),
        rows.direction.text(), rows.token.text(), rows.token_id.text(), rows.rule_token.text(),
        rows.amount.text(), rows.usd_cents.text(), rows.spam.text(), rows.is_signed.text(),
        rows.called.text(), rows.day.text());
}

void write_keys(Work& tx, std::uint64_t chain_id, const std::vector<BlockRecord>& blocks) {
    ArrayLiteral keys, key_blocks;
    for (const auto& block : blocks)
        for (const auto& key : block.repeat_keys) {
            keys.add(std::string_view{key});
            key_blocks.add(as_bigint(block.link.number));
        }
    exec_planned(tx,
                 "insert into repeat_key (chain_id, repeat_key, block_num) "
                 "select $1, q.* from unnest($2::text[], $3::bigint[]) q",
                 chain_id, keys.text(), key_blocks.text());
}

Committed commit_batch(Work& tx, std::uint64_t chain_id, BlockNumber grace, const Tip& tip,
                       const BlockBatch& batch) {
    const auto& last = batch.blocks.back().link;
    if (tip.is(last)) return Committed::before;
    if (tip.watch_version != batch.watch_version) return Committed::judge_again;
    if (batch.after ? !tip.is(*batch.after) : tip.number.has_value())
        throw Permanent{"the database's last block is not the one that block " +
                        std::to_string(batch.blocks.front().link.number) +
                        " follows: another program wrote to it"};
    if (batch.fork) roll_back(tx, chain_id, as_bigint(batch.fork->ancestor), batch.fork->old_tip);
    write_blocks(tx, chain_id, batch.blocks);
    write_activities(tx, chain_id, batch.blocks);
    write_dealings(tx, chain_id, batch.blocks);
    write_keys(tx, chain_id, batch.blocks);
    write_prices(tx, chain_id, batch.blocks);
    write_alerts(tx, chain_id, batch.blocks);
    if (last.number >= grace) withdraw(tx, chain_id, last.number - grace);
    move_tip(tx, chain_id, batch.blocks.back());
    return Committed::now;
}

}  // namespace

// Facts go with their blocks; alerts stay, to be taken back or mined again.
void roll_back(Work& tx, std::uint64_t chain_id, std::int64_t ancestor, BlockNumber old_tip) {
    tx.exec_params(
        "update alert set status = 'retracted', retracted_at_block = $3, withdrawn = false, "
        "revision = revision + 1 where chain_id = $1 and block_num > $2 and status = 'raised'",
        chain_id, ancestor, old_tip);
    tx.exec_params("delete from block where chain_id = $1 and block_num > $2", chain_id, ancestor);
}

bool roll_up_step(Work& tx, std::uint64_t chain_id, const PairGates& gates) {
    // Some hundred rows at a time: a block that waits does not wait long.
    constexpr std::int64_t kBlocks = 64;
    const auto row = tx.exec_params1(
        "select coalesce(tip_num, -1), rolled_up_to from chain "
        "where chain_id = $1 for update",
        chain_id);
    const auto from = row[1].as<std::int64_t>();
    const auto reachable = row[0].as<std::int64_t>() - as_bigint(ChainWindow::kDepth);
    const auto next = tx.exec_params1(
        "select min(block_num) from block where chain_id = $1 and block_num > $2", chain_id, from)[0];
    if (next.is_null() || next.as<std::int64_t>() + kBlocks > reachable) return false;
    const auto to = next.as<std::int64_t>() + kBlocks - 1;
    tx.exec_params(
        "insert into subject_total (chain_id, subject, activities) select $1, subject, count(*) from "
        "activity "
        "where chain_id = $1 and block_num > $2 and block_num <= $3 and spam = 'none' group by subject "
        "on conflict (chain_id, subject) do update "
        "set activities = subject_total.activities + excluded.activities",
        chain_id, from, to);
    roll_up_pairs(tx, chain_id, gates, from + 1, to);
    roll_up_prices(tx, chain_id, from, to);
    tx.exec_params("update chain set rolled_up_to = $2 where chain_id = $1", chain_id, to);
    return true;
}

Task<Committed> ChainStore::commit(BlockBatch batch) {
    return database_.transact([this, batch = std::move(batch)](Work& tx) {
        lease_.check(tx);
        const auto tip = lock_tip(tx, chain_id_);
        let_watch_list_go(tx);  // who changes it now waits for the chain's row
        return commit_batch(tx, chain_id_, reorg_grace_, tip, batch);
    });
}

Task<> ChainStore::withdraw_all() {
    return database_.transact([this](Work& tx) {
        lease_.check(tx);
        withdraw(tx, chain_id_, std::numeric_limits<std::int64_t>::max());
    });
}

// What was planned when a table was small must not do when it is large.
Task<bool> ChainStore::roll_up() {
    return database_.transact([this](Work& tx) {
        lease_.check(tx);
        tx.exec("discard plans");
        return roll_up_step(tx, chain_id_, gates_);
    });
}

}  // namespace moneytrail::postgres
