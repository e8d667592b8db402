#include "dealing_rows.hpp"

#include "contact_rows.hpp"
#include "rows.hpp"

namespace moneytrail::postgres {
namespace {

using Ends = FixedBytes<4, struct EndsTag>;

Ends ends_of(const Address& address) {
    const auto& bytes = address.bytes();
    Ends out;
    out.bytes() = {bytes[0], bytes[1], bytes[18], bytes[19]};
    return out;
}

std::int64_t days_of(std::chrono::sys_days day) {
    return day.time_since_epoch().count();
}

std::chrono::sys_days day_of(const pqxx::field& field) {
    return std::chrono::sys_days{std::chrono::days{field.as<std::int32_t>()}};
}

void write_first_contacts(Work& tx, std::uint64_t chain_id, const std::vector<BlockRecord>& blocks) {
    ArrayLiteral subject, ends, counterparty, block_num;
    for (const auto& block : blocks)
        for (const auto& activity : block.activities) {
            if (activity.is_spam() || !activity.is_dealing()) continue;
            subject.add(activity.subject);
            ends.add(ends_of(*activity.counterparty));
            counterparty.add(*activity.counterparty);
            block_num.add(as_bigint(block.link.number));
        }
    exec_planned(
        tx,
        "insert into first_contact (chain_id, subject, ends, counterparty, block_num) "
        "select $1, s, e, c, min(b) from unnest($2::bytea[], $3::bytea[], $4::bytea[], $5::bigint[]) "
        "q(s, e, c, b) group by s, e, c on conflict do nothing",
        chain_id, subject.text(), ends.text(), counterparty.text(), block_num.text());
}

// The days of pairs as `activities` tell them; $2 and $3 are the gates of days and weeks.
std::string pair_days(const std::string& activities) {
    return "select subject, counterparty, day, count(*) filter (where largest > $2), "
           "count(*) filter (where unpriced and coalesce(largest <= $2, true)), "
           "count(*) filter (where largest > $3), "
           "count(*) filter (where unpriced and coalesce(largest <= $3, true)), "
           "sum(out_cents)::bigint, sum(out_unpriced)::bigint, bool_or(has_price) from "
           "(select a.subject, a.counterparty, a.day, "
           "max(a.usd_cents) as largest, bool_or(a.usd_cents is null) as unpriced, "
           "coalesce(sum(a.usd_cents) filter (where a.direction = 'out'), 0) as out_cents, "
           "count(*) filter (where a.direction = 'out' and a.usd_cents is null) as out_unpriced, "
           "bool_or(a.usd_cents is not null) as has_price "
           "from " +
           activities + " group by a.subject, a.counterparty, a.day, a.txn_hash) txn group by 1, 2, 3 ";
}

// Asked for one pair after the other, whatever the planner believes of tables that were never analysed:
// `offset 0` keeps a subquery as it is written.
std::string dealings(const std::string& range) {
    return "(select * from activity o where o.chain_id = $1 and o.spam = 'none' and o.relation = 'outsider' "
           "and o.direction <> 'self' and o.counterparty is not null and " +
           range + " offset 0) a";
}

void recall_pair_days(Work& tx, std::uint64_t chain_id, const HistoryQuery& question, const PairGates& gates,
                      const std::string& subjects, const std::string& counterparties, History& history) {
    const auto rows = exec_planned(
        tx,
        "with q as materialized (select distinct * from unnest($4::bytea[], $5::bytea[]) q(subject, "
        "counterparty)) " +
            pair_days("q join chain c on c.chain_id = $1 cross join lateral " +
                      dealings("o.subject = q.subject and o.counterparty = q.counterparty and "
                               "o.block_num <= $6 and o.block_num > c.rolled_up_to")) +
            "union all select d.subject, d.counterparty, d.day, d.daily_over, d.daily_unpriced, "
            "d.weekly_over, "
            "d.weekly_unpriced, d.out_cents, d.out_unpriced, d.has_price from q cross join lateral "
            "(select * from pair_day p where p.chain_id = $1 and p.subject = q.subject and p.counterparty = "
            "q.counterparty and p.day >= $7 offset 0) d",
        chain_id, gates.daily.in_cents(), gates.weekly.in_cents(), subjects, counterparties, question.as_of,
        days_of(utc_day(question.time) - gates.reach));
    for (const auto& row : rows)
        history.recall_pair_day(fixed_of<Address>(row[0]), fixed_of<Address>(row[1]), day_of(row[2]),
                                {.daily = {row[3].as<std::uint64_t>(), row[4].as<std::uint64_t>()},
                                 .weekly = {row[5].as<std::uint64_t>(), row[6].as<std::uint64_t>()},
                                 .out = Usd::cents(row[7].as<std::int64_t>()),
                                 .out_unpriced = row[8].as<std::uint64_t>(),
                                 .has_price = row[9].as<bool>()});
}

void recall_pair_begins(Work& tx, std::uint64_t chain_id, BlockNumber as_of, const std::string& subjects,
                        const std::string& counterparties, History& history) {
    const auto rows = exec_planned(
        tx,
        "select q.subject, q.counterparty, coalesce((select d.day from pair_day d where d.chain_id = $1 "
        "and d.subject = q.subject and d.counterparty = q.counterparty and d.has_price order by d.day limit "
        "1), "
        "(select a.day from activity a where a.chain_id = $1 and a.subject = q.subject "
        "and a.counterparty = q.counterparty and a.block_num > c.rolled_up_to and a.block_num <= $4 "
        "and a.spam = 'none' and a.relation = 'outsider' and a.direction <> 'self' "
        "and a.usd_cents is not null order by a.block_num limit 1)) "
        "from unnest($2::bytea[], $3::bytea[]) q(subject, counterparty) join chain c on c.chain_id = $1",
        chain_id, subjects, counterparties, as_of);
    for (const auto& row : rows)
        if (!row[2].is_null())
            history.recall_pair_begin(fixed_of<Address>(row[0]), fixed_of<Address>(row[1]), day_of(row[2]));
}

// Any two with the same ends answer for all: whoever is asked about differs from one of them. The block is
// compared as a sum, or the index of blocks would be read from its beginning, mostly to its end.
void recall_similar(Work& tx, std::uint64_t chain_id, const HistoryQuery& question,
                    const std::string& subjects, History& history) {
    using Asked = HistoryQuery::Pair;
    const auto ends = array_of(question.pairs, [](const Asked& each) { return ends_of(each.counterparty); });
    const auto rows = exec_planned(
        tx,
        "select q.subject, f.counterparty from unnest($2::bytea[], $3::bytea[]) q(subject, ends), "
        "lateral (select f.counterparty from first_contact f where f.chain_id = $1 and f.subject = q.subject "
        "and f.ends = q.ends and f.block_num + 0 <= $4 limit 2) f",
        chain_id, subjects, ends, question.as_of);
    for (const auto& row : rows)
        history.recall_counterparty(fixed_of<Address>(row[0]), fixed_of<Address>(row[1]));
}

constexpr auto kInsert =
    "insert into pair_day (chain_id, subject, counterparty, day, daily_over, daily_unpriced, weekly_over, "
    "weekly_unpriced, out_cents, out_unpriced, has_price) select $1, days.* from (";
constexpr auto kAdd =
    ") days on conflict (chain_id, subject, counterparty, day) do update set "
    "daily_over = pair_day.daily_over + excluded.daily_over, "
    "daily_unpriced = pair_day.daily_unpriced + excluded.daily_unpriced, "
    "weekly_over = pair_day.weekly_over + excluded.weekly_over, "
    "weekly_unpriced = pair_day.weekly_unpriced + excluded.weekly_unpriced, "
    "out_cents = pair_day.out_cents + excluded.out_cents, "
    "out_unpriced = pair_day.out_unpriced + excluded.out_unpriced, "
    "has_price = pair_day.has_price or excluded.has_price";

}  // namespace

void write_dealings(Work& tx, std::uint64_t chain_id, const std::vector<BlockRecord>& blocks) {
    write_contacts(tx, chain_id, blocks);
    write_first_contacts(tx, chain_id, blocks);
}

void recall_dealings(Work& tx, std::uint64_t chain_id, const HistoryQuery& question, const PairGates& gates,
                     History& history) {
    recall_contacts(tx, chain_id, question, history);
    const auto subjects = array_of(question.pairs, &HistoryQuery::Pair::subject);
    const auto counterparties = array_of(question.pairs, &HistoryQuery::Pair::counterparty);
    recall_pair_days(tx, chain_id, question, gates, subjects, counterparties, history);
    recall_pair_begins(tx, chain_id, question.as_of, subjects, counterparties, history);
    recall_similar(tx, chain_id, question, subjects, history);
}

void roll_up_pairs(Work& tx, std::uint64_t chain_id, const PairGates& gates, std::int64_t from,
                   std::int64_t to) {
    tx.exec_params(kInsert + pair_days(dealings("o.block_num between $4 and $5")) + kAdd, chain_id,
                   gates.daily.in_cents(), gates.weekly.in_cents(), from, to);
}

void recount_pairs(Work& tx, std::uint64_t chain_id, const PairGates& gates) {
    const auto stale = tx.exec_params(
        "update chain set pair_daily_cents = $2, pair_weekly_cents = $3 where chain_id = $1 and "
        "(pair_daily_cents is distinct from $2 or pair_weekly_cents is distinct from $3) returning "
        "rolled_up_to",
        chain_id, gates.daily.in_cents(), gates.weekly.in_cents());
    if (stale.empty()) return;
    const auto rolled_up_to = stale[0][0].as<std::int64_t>();
    exec_planned(tx, "delete from pair_day where chain_id = $1", chain_id);
    if (rolled_up_to < 0) return;
    // All that there is, once: some ten seconds for a million activities.
    tx.exec("set local statement_timeout = 0");
    roll_up_pairs(tx, chain_id, gates, 0, rolled_up_to);
}

}  // namespace moneytrail::postgres
