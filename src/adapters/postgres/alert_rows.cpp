#include "alert_rows.hpp"

#include "rows.hpp"

#include <map>

namespace moneytrail::postgres {
namespace {

struct Entry {
    const StoredAlert* stored = nullptr;
    std::int64_t ordinal = 0;  // its place among its block's alerts
};

// Of a batch's alerts the last with each id: what the earlier ones would have said is no longer so.
std::vector<Entry> newest(const std::vector<BlockRecord>& blocks) {
    std::map<AlertId, Entry> by_id;
    for (const auto& block : blocks)
        for (std::size_t i = 0; i < block.alerts.size(); ++i)
            by_id[block.alerts[i].alert.id] = {&block.alerts[i], static_cast<std::int64_t>(i)};
    std::vector<Entry> out;
    for (const auto& [_, entry] : by_id) out.push_back(entry);
    return out;
}

std::string joined_rules(const Alert& alert) {
    std::string out;
    for (const auto rule : alert.rules()) out += (out.empty() ? "" : ",") + std::string{rule};
    return out;
}

void upsert(Work& tx, std::uint64_t chain_id, const std::vector<Entry>& entries) {
    ArrayLiteral rules, contents, entities;
    for (const auto& [stored, _] : entries) {
        rules.add(std::string_view{joined_rules(stored->alert)});
        contents.add(std::string_view{stored->content});
        entities.add(std::string_view{stored->alert.entity});
    }
    const auto column = [&](auto value) {
        return array_of(entries, [&](const Entry& entry) { return value(entry.stored->alert); });
    };
    exec_planned(
        tx,
        "insert into alert (chain_id, id, block_num, block_hash, block_time, ordinal, entity, address, "
        "severity, "
        "rules, content, status, revision) select $1, id, n, h, t, o, e, a, s, string_to_array(r, ','), c, "
        "'raised', 1 "
        "from unnest($2::bytea[], $3::bigint[], $4::bytea[], $5::bigint[], $6::integer[], $7::text[], "
        "$8::bytea[], "
        "$9::smallint[], $10::text[], $11::text[]) q(id, n, h, t, o, e, a, s, r, c) "
        "on conflict (id) do update set block_num = excluded.block_num, block_hash = excluded.block_hash, "
        "block_time = excluded.block_time, ordinal = excluded.ordinal, entity = excluded.entity, "
        "severity = excluded.severity, rules = excluded.rules, content = excluded.content, status = "
        "'raised', "
        "retracted_at_block = null, withdrawn = false, revision = alert.revision + 1",
        chain_id, column([](const Alert& a) { return a.id; }),
        column([](const Alert& a) { return as_bigint(a.block_num); }),
        column([](const Alert& a) { return a.block_hash; }),
        column([](const Alert& a) { return as_bigint(a.block_time); }),
        array_of(entries, [](const Entry& entry) { return entry.ordinal; }), entities.text(),
        column([](const Alert& a) { return a.address; }),
        column([](const Alert& a) { return static_cast<std::int64_t>(a.severity); }), rules.text(),
        contents.text());
}

void want_shown(Work& tx, const std::vector<Entry>& entries) {
    ArrayLiteral ids, channels, targets;
    for (const auto& [stored, _] : entries)
        for (const auto& [channel, target] : stored->targets) {
            ids.add(stored->alert.id);
            channels.add(std::string_view{channel});
            targets.add(std::string_view{target});
        }
    exec_planned(
        tx,
        "insert into delivery (alert_id, channel, target, wanted_revision, wanted_shown) "
        "select q.id, q.channel, q.target, a.revision, true "
        "from unnest($1::bytea[], $2::text[], $3::text[]) q(id, channel, target) join alert a on a.id = q.id "
        "on conflict (alert_id, channel, target) do update "
        "set wanted_revision = excluded.wanted_revision, wanted_shown = true",
        ids.text(), channels.text(), targets.text());
}

// What nobody was told yet, or not so. A chain that comes back changes nothing that anybody was told.
std::vector<Entry> untold(Work& tx, const std::vector<Entry>& entries) {
    struct Known {
        std::string content;
        bool withdrawn;
    };
    std::map<AlertId, Known> known;
    const auto ids = array_of(entries, [](const Entry& entry) { return entry.stored->alert.id; });
    for (const auto& row :
         exec_planned(tx, "select id, content, withdrawn from alert where id = any($1::bytea[])", ids))
        known[fixed_of<AlertId>(row[0])] = {row[1].as<std::string>(), row[2].as<bool>()};
    auto out = entries;
    std::erase_if(out, [&](const Entry& entry) {
        const auto before = known.find(entry.stored->alert.id);
        return before != known.end() && before->second.content == entry.stored->content &&
               !before->second.withdrawn;
    });
    return out;
}

}  // namespace

void write_alerts(Work& tx, std::uint64_t chain_id, const std::vector<BlockRecord>& blocks) {
    const auto entries = newest(blocks);
    if (entries.empty()) return;
    const auto to_tell = untold(tx, entries);
    upsert(tx, chain_id, entries);
    want_shown(tx, to_tell);
}

void withdraw(Work& tx, std::uint64_t chain_id, BlockNumber retracted_up_to) {
    exec_planned(
        tx,
        "with due as (update alert set withdrawn = true where chain_id = $1 and status = 'retracted' "
        "and not withdrawn and retracted_at_block <= $2 returning id, revision) "
        "update delivery d set wanted_revision = due.revision, wanted_shown = false "
        "from due where d.alert_id = due.id",
        chain_id, as_bigint(retracted_up_to));
}

}  // namespace moneytrail::postgres
