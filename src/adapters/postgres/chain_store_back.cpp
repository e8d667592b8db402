#include "chain_steps.hpp"
#include "postgres/chain_store.hpp"
#include "rows.hpp"

namespace moneytrail::postgres {
namespace {

// The base knows only the newest state of each source, and a gap has made pools forgotten.
bool loses_prices(Work& tx, std::uint64_t chain_id, BlockNumber first) {
    return tx
        .exec_params1(
            "select exists (select 1 from price_base where chain_id = $1 and block_num >= $2) or exists "
            "(select 1 from (select block_num, parent, lag(block_num) over w as number_before, "
            "lag(hash) over w as hash_before from block where chain_id = $1 and block_num >= coalesce("
            "(select max(block_num) from block where chain_id = $1 and block_num < $2), $2) "
            "window w as (order by block_num)) b "
            "where number_before <> block_num - 1 or hash_before <> parent)",
            chain_id, first)[0]
        .as<bool>();
}

void forget_prices(Work& tx, std::uint64_t chain_id) {
    tx.exec_params("delete from price_base where chain_id = $1", chain_id);
    tx.exec_params("delete from price_update where chain_id = $1", chain_id);
}

// What comes next in the source is searched for.
std::optional<BlockNumber> move_tip_down(Work& tx, std::uint64_t chain_id) {
    const auto tip = tx.exec_params1(
        "update chain set (tip_num, tip_hash) = (select block_num, hash from block b "
        "where b.chain_id = $1 order by block_num desc limit 1), source_file = null, source_line = null "
        "where chain_id = $1 returning tip_num",
        chain_id)[0];
    return tip.is_null() ? std::nullopt : std::optional{tip.as<BlockNumber>()};
}

// As if the chain had never been longer.
void sum_up_anew(Work& tx, std::uint64_t chain_id, std::optional<BlockNumber> tip, const PairGates& gates) {
    const auto rolled_up_to =
        tx.exec_params1("select rolled_up_to from chain where chain_id = $1", chain_id)[0].as<std::int64_t>();
    const auto reachable = tip ? as_bigint(*tip) - as_bigint(ChainWindow::kDepth) : -1;
    if (rolled_up_to < reachable) return;
    tx.exec_params("delete from subject_total where chain_id = $1", chain_id);
    tx.exec_params("delete from pair_day where chain_id = $1", chain_id);
    tx.exec_params("update chain set rolled_up_to = -1 where chain_id = $1", chain_id);
    while (roll_up_step(tx, chain_id, gates)) continue;
}

GoneBack go_back_to(Work& tx, std::uint64_t chain_id, BlockNumber first, const PairGates& gates) {
    const auto chain = tx.exec_params(
        "select tip_num from chain where chain_id = $1 and tip_num >= $2 for update", chain_id, first);
    if (chain.empty()) return {};
    tx.exec("set local statement_timeout = 0");
    GoneBack out{.old_tip = chain[0][0].as<BlockNumber>()};
    const auto counts = tx.exec_params1(
        "select (select count(*) from block where chain_id = $1 and block_num >= $2), "
        "(select count(*) from alert where chain_id = $1 and block_num >= $2 and status = 'raised')",
        chain_id, first);
    out.blocks = counts[0].as<std::uint64_t>();
    out.alerts = counts[1].as<std::uint64_t>();
    out.has_prices = !loses_prices(tx, chain_id, first);
    roll_back(tx, chain_id, as_bigint(first) - 1, *out.old_tip);
    if (!out.has_prices) forget_prices(tx, chain_id);
    sum_up_anew(tx, chain_id, move_tip_down(tx, chain_id), gates);
    return out;
}

}  // namespace

Task<GoneBack> ChainStore::go_back(BlockNumber first) {
    return database_.transact([this, first](Work& tx) {
        lease_.check(tx);
        return go_back_to(tx, chain_id_, first, gates_);
    });
}

}  // namespace moneytrail::postgres
