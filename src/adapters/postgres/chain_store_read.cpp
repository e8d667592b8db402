#include "dealing_rows.hpp"
#include "postgres/chain_store.hpp"
#include "price_rows.hpp"
#include "rows.hpp"
#include "watched_rows.hpp"

#include <algorithm>
#include <utility>

namespace moneytrail::postgres {
namespace {

// A fork reaches that deep.
constexpr int kWindow = static_cast<int>(ChainWindow::kDepth);

bool follows(const BlockLink& block, const BlockLink& before) {
    return block.number == before.number + 1 && block.parent.value_or(before.hash) == before.hash;
}

std::vector<BlockLink> load_window(Work& tx, std::uint64_t chain_id) {
    // A fork below what is rolled up could not be taken back: the tip may have been higher once, and prices
    // stay rolled up then.
    const auto rows = tx.exec_params(
        "select block_num, hash, parent from block where chain_id = $1 and block_num >= greatest("
        "(select rolled_up_to from chain where chain_id = $1), "
        "(select max(block_num) from price_base where chain_id = $1)) order by block_num desc limit $2",
        chain_id, kWindow);
    std::vector<BlockLink> newest_first;
    for (const auto& row : rows) {
        BlockLink link{row[0].as<BlockNumber>(), fixed_of<BlockHash>(row[1]), {}};
        if (!row[2].is_null()) link.parent = fixed_of<BlockHash>(row[2]);
        // Behind a break in the chain another window began.
        if (!newest_first.empty() && !follows(newest_first.back(), link)) break;
        newest_first.push_back(link);
    }
    std::ranges::reverse(newest_first);
    return newest_first;
}

std::optional<SourcePosition> load_position(Work& tx, std::uint64_t chain_id) {
    const auto row =
        tx.exec_params1("select source_file, source_line from chain where chain_id = $1", chain_id);
    if (row[0].is_null() || row[1].is_null()) return std::nullopt;
    return SourcePosition{pqxx::binarystring{row[0]}.str(), row[1].as<std::uint64_t>()};
}

StoredChain load_chain(Work& tx, std::uint64_t chain_id) {
    tx.exec_params("insert into chain (chain_id) values ($1) on conflict do nothing", chain_id);
    const auto version = watch_version(tx, chain_id);
    return {load_window(tx, chain_id), version, load_watched(tx, chain_id), load_prices(tx, chain_id),
            load_position(tx, chain_id)};
}

// (1) How much each subject did, and since when it is watched.
void recall_subjects(Work& tx, std::uint64_t chain_id, const HistoryQuery& question, History& history) {
    ArrayLiteral subjects;
    const Address* last = nullptr;
    for (const auto& each : question.movements) {
        if (!last || *last != each.subject) subjects.add(each.subject);
        last = &each.subject;
    }
    const auto rows = exec_planned(
        tx,
        "select q.subject, coalesce((select t.activities from subject_total t where t.chain_id = $1 "
        "and t.subject = q.subject), 0) + (select count(*) from activity a where a.chain_id = $1 "
        "and a.subject = q.subject and a.block_num > c.rolled_up_to and a.block_num <= $3 "
        "and a.spam = 'none'), "
        "(select (select b.block_time from block b where b.chain_id = $1 and b.block_num >= w.effective_from "
        "and b.block_num <= $3 order by b.block_num limit 1) from watched_address w where w.chain_id = $1 "
        "and w.address = q.subject) "
        "from unnest($2::bytea[]) q(subject) join chain c on c.chain_id = $1",
        chain_id, subjects.text(), question.as_of);
    for (const auto& row : rows) {
        const auto subject = fixed_of<Address>(row[0]);
        history.recall_activities(subject, row[1].as<std::uint64_t>());
        if (!row[2].is_null()) history.know_since(subject, time_of(row[2]));
    }
}

// (2) and (3) The largest movement so far of each subject, or of its entity, in each token: one answers for
// every gate.
pqxx::result largest(Work& tx, std::uint64_t chain_id, BlockNumber as_of, const std::string& of,
                     const std::string& array_type, const std::string& who, const std::string& tokens) {
    return exec_planned(
        tx,
        "select q.place, u.is_unasked, (select a.usd_cents from activity a where a.chain_id = $1 and a." +
            of +
            " = q.who and a.rule_token = q.token and a.is_unasked = u.is_unasked and a.spam = 'none' "
            "and a.relation = 'outsider' and a.direction <> 'self' and a.usd_cents is not null "
            "and a.block_num + 0 <= $4 order by a.usd_cents desc limit 1) "
            "from unnest(array[false, true]) u(is_unasked), unnest($2::" +
            array_type + "[], $3::bytea[]) with ordinality q(who, token, place)",
        chain_id, who, tokens, as_of);
}

void recall_largest(Work& tx, std::uint64_t chain_id, const HistoryQuery& question, History& history) {
    const auto& movements = question.movements;
    const auto tokens = array_of(movements, [](const auto& each) { return rule_token(each.token); });
    const auto subjects = array_of(movements, [](const auto& each) { return each.subject; });
    const auto entities =
        array_of(movements, [](const auto& each) -> std::string_view { return each.entity; });
    const auto movement = [&](const pqxx::row& row) { return movements[row[0].as<std::size_t>() - 1]; };
    const auto initiative = [](const pqxx::row& row) {
        return row[1].as<bool>() ? Initiative::others : Initiative::own;
    };
    for (const auto& row : largest(tx, chain_id, question.as_of, "subject", "bytea", subjects, tokens))
        if (!row[2].is_null())
            history.recall_largest(movement(row).subject, movement(row).token, initiative(row),
                                   Usd::cents(row[2].as<std::int64_t>()));
    for (const auto& row : largest(tx, chain_id, question.as_of, "entity", "text", entities, tokens))
        if (!row[2].is_null())
            history.recall_entity_largest(movement(row).entity_index, movement(row).token, initiative(row),
                                          Usd::cents(row[2].as<std::int64_t>()));
}

// (4) Repeat keys that are held.
void recall_repeat_keys(Work& tx, std::uint64_t chain_id, const HistoryQuery& question, History& history) {
    const auto keys =
        array_of(question.repeat_keys, [](const std::string& key) -> std::string_view { return key; });
    for (const auto& row : exec_planned(tx,
                                        "select repeat_key from repeat_key where chain_id = $1 "
                                        "and repeat_key = any($2::text[]) and block_num <= $3",
                                        chain_id, keys, question.as_of))
        history.recall_repeat_key(row[0].as<std::string>());
}

}  // namespace

Task<StoredChain> ChainStore::load() {
    return database_.transact([this](Work& tx) {
        lease_.check(tx);
        let_watch_list_go(tx);
        auto chain = load_chain(tx, chain_id_);
        recount_pairs(tx, chain_id_, gates_);
        return chain;
    });
}

Task<History> ChainStore::load_history(HistoryQuery question) {
    return database_.transact([this, question = std::move(question)](Work& tx) {
        const auto chain_id = chain_id_;
        History history{gates_};
        recall_subjects(tx, chain_id, question, history);
        recall_largest(tx, chain_id, question, history);
        recall_repeat_keys(tx, chain_id, question, history);
        recall_dealings(tx, chain_id, question, gates_, history);
        return history;
    });
}

Task<std::optional<StoredGap>> ChainStore::gap_at(BlockNumber number) {
    return database_.transact([chain_id = chain_id_, number](Work& tx) -> std::optional<StoredGap> {
        const auto ends = tx.exec_params1(
            "select (select min(block_num) from block where chain_id = $1 and block_num >= $2), "
            "(select max(block_num) from block where chain_id = $1 and block_num < $2)",
            chain_id, number);
        if (ends[0].is_null() || ends[0].as<BlockNumber>() == number) return std::nullopt;
        if (ends[1].is_null()) return StoredGap{};
        return StoredGap{ends[1].as<BlockNumber>()};
    });
}

}  // namespace moneytrail::postgres
