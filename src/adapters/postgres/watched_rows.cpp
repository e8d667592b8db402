#include "watched_rows.hpp"

#include "postgres/chain_store.hpp"
#include "rows.hpp"

#include <functional>
#include <utility>

namespace moneytrail::postgres {
namespace {

WatchedAddress watched_of(const pqxx::row& row) {
    return {fixed_of<Address>(row[0]), row[1].as<std::string>(), row[2].as<std::string>(),
            row[3].as<BlockNumber>()};
}

void load_part(Work& tx, std::uint64_t chain_id, const WatchQuestion& question, WatchChanges& out) {
    const auto rows = tx.exec_params(
        "select address, entity, label, effective_from, removed, changed_version from watched_address "
        "where chain_id = $1 and (changed_version, address) > ($2, $3) "
        "order by changed_version, address limit $4",
        chain_id, question.behind.version, bytea(question.behind.address), question.most);
    for (const auto& row : rows) out.changes.push_back({watched_of(row), row[4].as<bool>()});
    out.is_all = out.changes.size() < question.most;
    out.up_to = out.is_all
                    ? end_of(out.version)
                    : WatchCursor{rows.back()[5].as<std::uint64_t>(), out.changes.back().watched.address};
}

// One by one by their key: what the server knows of a list that was just imported would mislead it.
void load_asked_for(Work& tx, std::uint64_t chain_id, const WatchQuestion& question, WatchChanges& out) {
    for (const auto& row : tx.exec_params(
             "select w.* from unnest($4::bytea[]) as asked (address) cross join lateral "
             "(select address, entity, label, effective_from, removed, changed_version from watched_address "
             "where chain_id = $1 and address = asked.address limit 1) as w "
             "where (w.changed_version, w.address) > ($2, $3)",
             chain_id, out.up_to.version, bytea(out.up_to.address),
             array_of(question.about, std::identity{})))
        out.changes.push_back({watched_of(row), row[4].as<bool>()});
}

}  // namespace

std::uint64_t watch_version(Work& tx, std::uint64_t chain_id) {
    return tx.exec_params1("select watch_version from chain where chain_id = $1", chain_id)[0]
        .as<std::uint64_t>();
}

std::vector<WatchedAddress> load_watched(Work& tx, std::uint64_t chain_id) {
    tx.exec("set local statement_timeout = '5min'");
    std::vector<WatchedAddress> out;
    for (const auto& row :
         tx.exec_params("select address, entity, label, effective_from from watched_address "
                        "where chain_id = $1 and not removed order by address",
                        chain_id))
        out.push_back(watched_of(row));
    return out;
}

WatchChanges load_changes(Work& tx, std::uint64_t chain_id, const WatchQuestion& question) {
    // The version first: what is changed meanwhile is read once more later.
    WatchChanges out{.version = watch_version(tx, chain_id), .up_to = {}, .changes = {}};
    load_part(tx, chain_id, question, out);
    if (!out.is_all && !question.about.empty()) load_asked_for(tx, chain_id, question, out);
    return out;
}

Task<WatchChanges> ChainStore::watch_changes(WatchQuestion question) {
    return database_.transact(
        [this, question = std::move(question)](Work& tx) { return load_changes(tx, chain_id_, question); });
}

Task<WatchChanges> ChainStore::hold_watch_list(WatchQuestion question) {
    return database_.transact([this, question = std::move(question)](Work& tx) {
        let_watch_list_go(tx);
        wait_for_list(tx);
        tx.exec_params(std::string{"select pg_advisory_lock("} + kWatchListLock + ")", chain_id_);
        holds_watch_list_ = true;
        return load_changes(tx, chain_id_, question);
    });
}

// The lock is the session's, to outlast the transaction in which it was taken. One that went with its
// connection is let go all the same: the server knows better and only warns.
void ChainStore::let_watch_list_go(Work& tx) {
    if (!std::exchange(holds_watch_list_, false)) return;
    tx.exec_params(std::string{"select pg_advisory_unlock("} + kWatchListLock + ")", chain_id_);
}

}  // namespace moneytrail::postgres
