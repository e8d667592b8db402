#include "postgres/watch_list.hpp"

#include "rows.hpp"

#include <algorithm>

namespace moneytrail::postgres {
namespace {

// Into a table of the transaction's own, before the chain's row is locked: a long list must not hold up a
// block.
void stage(Work& tx, std::span<const WatchedAddress> addresses) {
    constexpr std::size_t kAtOnce = 20'000;  // some 2 MB of text
    tx.exec(
        "drop table if exists pg_temp.claim; "
        "create temporary table claim (address bytea primary key, entity text not null, label text not null) "
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
    tx.exec("analyze claim; set local statement_timeout = '5min'");
}

// The first block that can be judged with what changes now.
std::int64_t lock_chain(Work& tx, std::uint64_t chain_id) {
    tx.exec_params("insert into chain (chain_id) values ($1) on conflict do nothing", chain_id);
    return tx
        .exec_params1("select coalesce(tip_num + 1, 0) from chain where chain_id = $1 for update",
                      chain_id)[0]
        .as<std::int64_t>();
}

void raise_version(Work& tx, std::uint64_t chain_id) {
    tx.exec_params("update chain set watch_version = watch_version + 1 where chain_id = $1", chain_id);
}

// What was removed was not judged meanwhile: it begins anew.
constexpr auto kRestart =
    "effective_from = case when w.removed then excluded.effective_from else w.effective_from end, "
    "known_from = case when not w.removed then w.known_from end, "
    "known_since = case when not w.removed then w.known_since end, removed = false ";

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
std::uint64_t return_former_roots(Work& tx, std::uint64_t chain_id) {
    return tx
        .exec_params(
            "update watched_address w set method = 'user', entity = user_entity, user_entity = null "
            "where chain_id = $1 and method = 'root' and user_entity is not null "
            "and not exists (select 1 from claim c where c.address = w.address)",
            chain_id)
        .affected_rows();
}

std::uint64_t delete_former_roots(Work& tx, std::uint64_t chain_id) {
    return tx
        .exec_params(
            "delete from watched_address w where chain_id = $1 and method = 'root' "
            "and not exists (select 1 from claim c where c.address = w.address)",
            chain_id)
        .affected_rows();
}

std::uint64_t write_roots(Work& tx, std::uint64_t chain_id, std::int64_t effective_from) {
    return tx
        .exec_params(std::string{"insert into watched_address as w "
                                 "(chain_id, address, entity, label, method, effective_from) "
                                 "select $1, address, entity, label, 'root', $2 from claim "
                                 "on conflict (chain_id, address) do update set entity = excluded.entity, "
                                 "method = 'root', user_entity = case when w.method = 'root' then "
                                 "w.user_entity when not w.removed then w.entity end, "} +
                         kRestart + "where w.removed or w.method <> 'root' or w.entity <> excluded.entity",
                     chain_id, effective_from)
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

}  // namespace

RootsSynced sync_roots(Work& tx, std::uint64_t chain_id, std::span<const WatchedAddress> roots) {
    stage(tx, roots);
    const auto effective_from = lock_chain(tx, chain_id);
    RootsSynced out{.notes = what_roots_win_over(tx, chain_id)};
    out.returned = return_former_roots(tx, chain_id);
    out.removed = delete_former_roots(tx, chain_id);
    out.added = write_roots(tx, chain_id, effective_from);
    if (out.added + out.returned + out.removed != 0) raise_version(tx, chain_id);
    return out;
}

Added add_addresses(Work& tx, std::uint64_t chain_id, std::span<const WatchedAddress> addresses) {
    stage(tx, addresses);
    const auto effective_from = lock_chain(tx, chain_id);
    Added out{.conflicts = conflicts_with_roots(tx, chain_id)};
    const auto restored = tx.exec_params1(
        "select count(*) from claim c join watched_address w "
        "on w.chain_id = $1 and w.address = c.address where w.removed",
        chain_id);
    const auto written = tx.exec_params1(
        std::string{"with written as (insert into watched_address as w "
                    "(chain_id, address, entity, label, method, effective_from) "
                    "select $1, address, entity, label, 'user', $2 from claim "
                    "on conflict (chain_id, address) do update set entity = excluded.entity, "
                    "label = case when excluded.label = '' then w.label else excluded.label end, "} +
            kRestart +
            "where (w.method <> 'root' or w.entity = excluded.entity) and (w.removed or "
            "w.entity <> excluded.entity or excluded.label not in ('', w.label)) "
            // A row version that no transaction has locked or replaced yet is a new row.
            "returning xmax = 0 as is_new) "
            "select count(*) filter (where is_new), count(*) filter (where not is_new) from written",
        chain_id, effective_from);
    out.added = written[0].as<std::uint64_t>();
    out.restored = restored[0].as<std::uint64_t>();
    out.changed = written[1].as<std::uint64_t>() - out.restored;
    if (out.added + out.restored + out.changed != 0) raise_version(tx, chain_id);
    return out;
}

Removed remove_address(Work& tx, std::uint64_t chain_id, const Address& address) {
    lock_chain(tx, chain_id);
    const auto rows =
        tx.exec_params("select method, removed from watched_address where chain_id = $1 and address = $2",
                       chain_id, bytea(address));
    if (rows.empty()) return Removed::unknown;
    if (rows[0][0].as<std::string>() == "root") return Removed::is_root;
    if (rows[0][1].as<bool>()) return Removed::before;
    tx.exec_params("update watched_address set removed = true where chain_id = $1 and address = $2", chain_id,
                   bytea(address));
    raise_version(tx, chain_id);
    return Removed::now;
}

std::vector<WatchListRow> list_addresses(Work& tx, std::uint64_t chain_id,
                                         const std::optional<std::string>& entity) {
    std::vector<WatchListRow> out;
    for (const auto& row :
         tx.exec_params("select address, entity, label, method, effective_from, known_since "
                        "from watched_address where chain_id = $1 and not removed "
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
