#pragma once

// What the tables say of a chain whatever it went through before: facts, roll-ups, the tip, and of alerts and
// deliveries those that are on the chain.

#include <map>
#include <string>

namespace moneytrail::test {

// By table, the question that asks for its rows.
inline std::map<std::string, std::string> chain_tables() {
    std::map<std::string, std::string> out;
    for (const std::string table :
         {"block", "activity", "repeat_key", "price_update", "price_base", "subject_total", "pair_day",
          "contact", "first_contact", "watched_address"})
        out[table] = "select * from " + table;
    // Where it was read is the source's.
    out["chain"] =
        "select chain_id, tip_num, tip_hash, watch_version, rolled_up_to, pair_daily_cents, "
        "pair_weekly_cents from chain";
    out["alert"] =
        "select id, chain_id, block_num, block_hash, block_time, ordinal, entity, address, severity, rules, "
        "content, retracted_at_block, withdrawn from alert where status = 'raised'";
    // How often an alert was revised is the fork's; whether its last revision was sent is not.
    out["delivery"] =
        "select d.alert_id, d.channel, d.target, d.wanted_shown, d.wanted_revision = d.sent_revision, "
        "d.state "
        "from delivery d join alert a on a.id = d.alert_id where a.status = 'raised'";
    return out;
}

}  // namespace moneytrail::test
