#include "postgres/watch_list.hpp"

#include "rows.hpp"

#include <algorithm>

namespace moneytrail::postgres {
namespace {

// Into a table of the transaction's own, before the chain's row is locked: a long list must not hold up a
// block. Without an index: one that outgrows the session's buffers makes a long list take longer for each
// address.
void stage(Work& tx, std::span<const WatchedAddress> addresses) {
    constexpr std::size_t kAtOnce = 20'000;  // some 2 MB of text
    tx.exec(
        "drop table if exists pg_temp.claim; "
        "create temporary table claim (address bytea not null, entity text not null, label text not null) "
        "on commit drop");
    for (std::size_t i = 0; i < addresses.size(); i += kAtOnce) {
        const auto part = addresses.subspan(i, std::min(kAtOnce, addresses.size() - i));
        const auto text_of = [&](std::string WatchedAddress::* column) {
            return array_of(part, [column](const auto& each) -> std::string_view { return each.*column; });
        };
        tx.exec_params("insert into claim select * from unnest($1::bytea[], $2::text[], $3::text[])",
                       array_of(part, &WatchedAddress::address), text_of(&WatchedAddress::entity),
                       text_of(&WatchedAddress::label));
    }
    tx.exec("analyze claim");
}

struct Change {
    std::int64_t effective_from = 0;  // the first block that can be judged with it
    std::int64_t version = 0;
};

// A daemon that judges a batch again holds the list meanwhile, and who waits for it keeps no block waiting.
Change lock_chain(Work& tx, std::uint64_t chain_id) {
    wait_for_list(tx);
    tx.exec_params(std::string{"select pg_advisory_xact_lock("} + kWatchListLock + ")", chain_id);
    tx.exec_params("insert into chain (chain_id) values ($1) on conflict do nothing", chain_id);
    const auto row = tx.exec_params1(
        "select coalesce(tip_num + 1, 0), watch_version + 1 from chain where chain_id = $1 for update",
        chain_id);
    return {row[0].as<std::int64_t>(), row[1].as<std::int64_t>()};
}

void raise_version(Work& tx, std::uint64_t chain_id) {
    tx.exec_params("update chain set watch_version = watch_version + 1 where chain_id = $1", chain_id);
}

// What was removed was not judged meanwhile: it begins anew.
constexpr auto kRestart =
    "effective_from = case when w.removed then excluded.effective_from else w.effective_from end, "
    "removed = false, changed_version = excluded.changed_version ";

std::vector<std::string> what_roots_win_over(Work& tx, std::uint64_t chain_id) {
    std::vector<std::string> notes;
    for (const auto& row :
         tx.exec_params("select c.address, c.entity, w.entity, w.removed from claim c join watched_address w "
                        "on w.chain_id = $1 and w.address = c.address "
                        "where w.removed or (w.method = 'user' and w.entity <> c.entity) order by c.address",
                        chain_id)) {
        const auto address = to_checksum_hex(fixed_of<Address>(row[0]));
        const auto root_of = row[1].as<std::string>();
        notes.push_back(row[3].as<bool>()
                            ? address + " was removed, and is watched again: it is a configured root of " +
                                  root_of
                            : address + " is a configured root of " + root_of + ", which wins over " +
                                  row[2].as<std::string>());
    }
    return notes;
}

// What a user had added before it became a root is the user's again.
std::uint64_t return_former_roots(Work& tx, std::uint64_t chain_id, const Change& change) {
    return tx
        .exec_params(
            "update watched_address w set method = 'user', entity = user_entity, user_entity = null, "
            "changed_version = $2 where chain_id = $1 and method = 'root' and user_entity is not null "
            "and not exists (select 1 from claim c where c.address = w.address)",
            chain_id, change.version)
        .affected_rows();
}

// Only while no daemon runs, which would not hear of it.
std::uint64_t delete_former_roots(Work& tx, std::uint64_t chain_id) {
    return tx
        .exec_params(
            "delete from watched_address w where chain_id = $1 and method = 'root' "
            "and not exists (select 1 from claim c where c.address = w.address)",
            chain_id)
        .affected_rows();
}

std::uint64_t write_roots(Work& tx, std::uint64_t chain_id, const Change& change) {
    return tx
        .exec_params(std::string{"insert into watched_address as w "
                                 "(chain_id, address, entity, label, method, effective_from, "
                                 "changed_version) select $1, address, entity, label, 'root', $2, $3 "
                                 "from claim order by address "
                                 "on conflict (chain_id, address) do update set entity = excluded.entity, "
                                 "method = 'root', user_entity = case when w.method = 'root' then "
                                 "w.user_entity when not w.removed then w.entity end, "} +
                         kRestart + "where w.removed or w.method <> 'root' or w.entity <> excluded.entity",
                     chain_id, change.effective_from, change.version)
        .affected_rows();
}

std::vector<RootConflict> conflicts_with_roots(Work& tx, std::uint64_t chain_id) {
    std::vector<RootConflict> out;
    for (const auto& row :
         tx.exec_params("select c.address, c.entity, w.entity from claim c join watched_address w "
                        "on w.chain_id = $1 and w.address = c.address "
                        "where w.method = 'root' and w.entity <> c.entity order by c.address",
                        chain_id))
        out.push_back({fixed_of<Address>(row[0]), row[1].as<std::string>(), row[2].as<std::string>()});
    return out;
}

// What was removed too, but no root of another entity.
std::uint64_t change_listed(Work& tx, std::uint64_t chain_id, const Change& change) {
    return tx
        .exec_params(
            "update watched_address w set entity = c.entity, "
            "label = case when c.label = '' then w.label else c.label end, "
            "effective_from = case when w.removed then $2 else w.effective_from end, removed = false, "
            "changed_version = $3 from claim c where w.chain_id = $1 and w.address = c.address "
            "and (w.method <> 'root' or w.entity = c.entity) "
            "and (w.removed or w.entity <> c.entity or c.label not in ('', w.label))",
            chain_id, change.effective_from, change.version)
        .affected_rows();
}

// The chain is locked, so nobody else adds them meanwhile, and they need not be looked for one by one. In
// order, each page of the index is filled once.
std::uint64_t insert_unlisted(Work& tx, std::uint64_t chain_id, const Change& change) {
    return tx
        .exec_params(
            "insert into watched_address "
            "(chain_id, address, entity, label, method, effective_from, changed_version) "
            "select $1, address, entity, label, 'user', $2, $3 from claim c where not exists "
            "(select 1 from watched_address w where w.chain_id = $1 and w.address = c.address) "
            "order by address",
            chain_id, change.effective_from, change.version)
        .affected_rows();
}

}  // namespace

RootsSynced sync_roots(Work& tx, std::uint64_t chain_id, std::span<const WatchedAddress> roots) {
    stage(tx, roots);
    const auto change = lock_chain(tx, chain_id);
    RootsSynced out{.notes = what_roots_win_over(tx, chain_id)};
    out.returned = return_former_roots(tx, chain_id, change);
    out.removed = delete_former_roots(tx, chain_id);
    out.added = write_roots(tx, chain_id, change);
    if (out.added + out.returned + out.removed != 0) raise_version(tx, chain_id);
    return out;
}

Added add_addresses(Work& tx, std::uint64_t chain_id, std::span<const WatchedAddress> addresses) {
    stage(tx, addresses);
    const auto change = lock_chain(tx, chain_id);
    Added out{.conflicts = conflicts_with_roots(tx, chain_id)};
    const auto restored = tx.exec_params1(
        "select count(*) from claim c join watched_address w "
        "on w.chain_id = $1 and w.address = c.address where w.removed",
        chain_id);
    out.restored = restored[0].as<std::uint64_t>();
    out.changed = change_listed(tx, chain_id, change) - out.restored;
    out.added = insert_unlisted(tx, chain_id, change);
    if (out.added + out.restored + out.changed != 0) raise_version(tx, chain_id);
    return out;
}

Removed remove_address(Work& tx, std::uint64_t chain_id, const Address& address) {
    const auto change = lock_chain(tx, chain_id);
    const auto rows =
        tx.exec_params("select method, removed from watched_address where chain_id = $1 and address = $2",
                       chain_id, bytea(address));
    if (rows.empty()) return Removed::unknown;
    if (rows[0][0].as<std::string>() == "root") return Removed::is_root;
    if (rows[0][1].as<bool>()) return Removed::before;
    tx.exec_params(
        "update watched_address set removed = true, changed_version = $3 "
        "where chain_id = $1 and address = $2",
        chain_id, bytea(address), change.version);
    raise_version(tx, chain_id);
    return Removed::now;
}

std::vector<WatchListRow> list_addresses(Work& tx, std::uint64_t chain_id,
                                         const std::optional<std::string>& entity) {
    std::vector<WatchListRow> out;
    for (const auto& row : tx.exec_params(
             "with begun as materialized (select effective_from, (select b.block_time from block b "
             "where b.chain_id = $1 and b.block_num >= effective_from order by b.block_num "
             "limit 1) as known_since from (select distinct effective_from from watched_address "
             "where chain_id = $1 and not removed) each) "
             "select address, entity, label, method, effective_from, known_since "
             "from watched_address join begun using (effective_from) "
             "where chain_id = $1 and not removed "
             "and ($2::text is null or entity = $2) order by entity collate \"C\", address",
             chain_id, entity ? entity->c_str() : nullptr)) {
        WatchListRow each{
            .watched = {fixed_of<Address>(row[0]), row[1].as<std::string>(), row[2].as<std::string>()},
            .method = row[3].as<std::string>() == "root" ? WatchMethod::root : WatchMethod::user,
            .effective_from = row[4].as<BlockNumber>()};
        if (!row[5].is_null()) each.known_since = time_of(row[5]);
        out.push_back(std::move(each));
    }
    return out;
}

}  // namespace moneytrail::postgres
