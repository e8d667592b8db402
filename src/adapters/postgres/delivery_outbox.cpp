#include "postgres/delivery_outbox.hpp"

#include "alerts/alert_json.hpp"
#include "rows.hpp"

namespace moneytrail::postgres {
namespace {

std::vector<Claim> claim_some(Work& tx, const Target& target, int most) {
    const auto rows = exec_planned(
        tx,
        "with due as (select d.alert_id, d.channel, d.target, d.state = 'unsure' as unsure from delivery d "
        "join alert a on a.id = d.alert_id where d.channel = $1 and d.target = $2 "
        "and d.wanted_revision <> d.sent_revision order by a.severity desc, a.block_num, a.ordinal, a.id "
        "limit $3 "
        "for update of d), claimed as (update delivery d set state = 'claimed' from due "
        "where (d.alert_id, d.channel, d.target) = (due.alert_id, due.channel, due.target) "
        "returning d.alert_id, d.wanted_revision, d.sent_revision, d.wanted_shown, due.unsure) "
        "select a.content, c.wanted_revision, c.sent_revision, c.wanted_shown, c.unsure from claimed c "
        "join alert a on a.id = c.alert_id order by a.severity desc, a.block_num, a.ordinal, a.id",
        target.channel, target.target, most);
    std::vector<Claim> out;
    for (const auto& row : rows)
        out.push_back({from_json(row[0].as<std::string>()), row[1].as<int>(), row[2].as<int>(),
                       row[3].as<bool>(), row[4].as<bool>()});
    return out;
}

// The chain may want another revision by now: only what was sent is recorded.
void record_sent(Work& tx, const Target& target, const std::vector<Claim>& claims) {
    exec_planned(tx,
                 "update delivery d set sent_revision = q.revision, state = 'idle' "
                 "from unnest($3::bytea[], $4::integer[]) q(id, revision) "
                 "where d.alert_id = q.id and d.channel = $1 and d.target = $2",
                 target.channel, target.target, array_of(claims, [](const Claim& c) { return c.alert.id; }),
                 array_of(claims, [](const Claim& c) { return std::int64_t{c.revision}; }));
}

}  // namespace

Task<> DeliveryOutbox::doubt_claims() {
    return database_.transact([this](Work& tx) {
        lease_.check(tx);
        tx.exec("update delivery set state = 'unsure' where state = 'claimed'");
    });
}

Task<std::vector<Claim>> DeliveryOutbox::claim(Target target, int most) {
    return database_.transact([this, target = std::move(target), most](Work& tx) {
        lease_.check(tx);
        return claim_some(tx, target, most);
    });
}

Task<> DeliveryOutbox::sent(Target target, std::vector<Claim> claims) {
    return database_.transact([this, target = std::move(target), claims = std::move(claims)](Work& tx) {
        lease_.check(tx);
        record_sent(tx, target, claims);
    });
}

}  // namespace moneytrail::postgres
