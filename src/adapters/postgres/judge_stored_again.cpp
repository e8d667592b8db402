#include "dealing_rows.hpp"
#include "postgres/chain_store.hpp"
#include "price_rows.hpp"
#include "rows.hpp"

#include <initializer_list>
#include <utility>

namespace moneytrail::postgres {
namespace {

// By which rules facts are stored today (chain.facts_version).
constexpr int kFactsVersion = 1;
constexpr int kBlocksAtOnce = 500;

template <class Enum>
Enum enum_of(const pqxx::field& field, std::initializer_list<Enum> all) {
    const auto text = field.as<std::string>();
    for (const auto each : all)
        if (to_string(each) == text) return each;
    throw Permanent{std::string{"column "} + field.name() + " holds an unknown word"};
}

template <class Value>
std::optional<Value> optional_of(const pqxx::field& field, auto convert) {
    return field.is_null() ? std::nullopt : std::optional<Value>{convert(field)};
}

// As far as it is judged again: the columns of `part_behind`.
Activity activity_of(const pqxx::row& row) {
    Activity out;
    out.position.block_num = row[0].as<BlockNumber>();
    out.subject = fixed_of<Address>(row[2]);
    out.counterparty = optional_of<Address>(row[4], fixed_of<Address>);
    out.relation = enum_of(row[5], {Relation::outsider, Relation::same_entity, Relation::nobody});
    out.direction = enum_of(row[6], {Direction::out, Direction::in, Direction::self});
    out.token = optional_of<Address>(row[7], fixed_of<Address>);
    out.amount = Raw{row[8].as<int>()};
    out.usd = optional_of<Usd>(
        row[9], [](const auto& field) { return Usd::cents(field.template as<std::int64_t>()); });
    out.spam = enum_of(row[10], {Spam::none, Spam::nothing_moved, Spam::counterfeit, Spam::look_alike});
    if (row[11].as<bool>())
        out.signed_call = SignedCall{optional_of<Address>(row[12], fixed_of<Address>), {}};
    return out;
}

pqxx::result part_behind(Work& tx, std::uint64_t chain_id, std::int64_t block_num) {
    return tx.exec_params(
        "select block_num, ordinal, subject, entity, counterparty, relation, direction, token, "
        "sign(amount)::int, usd_cents, spam, is_signed, called from activity where chain_id = $1 "
        "and block_num > $2 and block_num <= (select max(block_num) from (select block_num from block "
        "where chain_id = $1 and block_num > $2 order by block_num limit $3) part) order by block_num, "
        "ordinal",
        chain_id, block_num, kBlocksAtOnce);
}

std::int64_t end_of_part(Work& tx, std::uint64_t chain_id, std::int64_t block_num) {
    return tx
        .exec_params1(
            "select coalesce(max(block_num), -1) from (select block_num from block where "
            "chain_id = $1 and block_num > $2 order by block_num limit $3) part",
            chain_id, block_num, kBlocksAtOnce)[0]
        .as<std::int64_t>();
}

class JudgeAgain {
  public:
    explicit JudgeAgain(const Valuation& valuation) : valuation_{valuation} {}

    // Whole blocks.
    void judge(Work& tx, std::uint64_t chain_id, const pqxx::result& rows) {
        std::vector<BlockRecord> blocks;
        ArrayLiteral block_num, ordinal, relation, spam;
        for (const auto& row : rows) {
            const auto before = activity_of(row);
            auto now = before;
            observe_again(now, valuation_);
            if (!now.is_spam() && is_look_alike(now, met_)) now.spam = Spam::look_alike;
            if (!now.is_spam() && now.is_dealing()) met_.recall_counterparty(now.subject, *now.counterparty);
            ++count_;
            if (now.relation != before.relation || now.spam != before.spam) {
                block_num.add(row[0].as<std::int64_t>());
                ordinal.add(row[1].as<std::int64_t>());
                relation.add(to_string(now.relation));
                spam.add(to_string(now.spam));
            }
            add(blocks, std::move(now), row[3].as<std::string>());
        }
        tx.exec_params(
            "update activity a set relation = q.r, spam = q.s from unnest($2::bigint[], $3::integer[], "
            "$4::text[], $5::text[]) q(b, o, r, s) where a.chain_id = $1 and a.block_num = q.b and a.ordinal "
            "= "
            "q.o",
            chain_id, block_num.text(), ordinal.text(), relation.text(), spam.text());
        write_dealings(tx, chain_id, blocks);
    }
    std::uint64_t count() const { return count_; }

  private:
    void add(std::vector<BlockRecord>& blocks, Activity activity, std::string entity) const {
        const auto number = activity.position.block_num;
        if (blocks.empty() || blocks.back().link.number != number) blocks.emplace_back().link.number = number;
        auto& names = blocks.back().names.emplace_back();
        names.entity = std::move(entity);
        for (const auto index : activity.touched())
            names.organisations.push_back(valuation_.names.labels.organisation(index).id);
        blocks.back().activities.push_back(std::move(activity));
    }

    const Valuation& valuation_;
    History met_;  // knows whom each subject dealt with, and nothing else
    std::uint64_t count_ = 0;
};

// Sums of what was judged anew.
void sum_again(Work& tx, std::uint64_t chain_id) {
    tx.exec_params("delete from subject_total where chain_id = $1", chain_id);
    tx.exec_params(
        "insert into subject_total (chain_id, subject, activities) select $1, a.subject, count(*) from "
        "activity a join chain c on c.chain_id = $1 where a.chain_id = $1 and a.block_num <= c.rolled_up_to "
        "and a.spam = 'none' group by a.subject",
        chain_id);
    // Pairs are counted when the chain is loaded, where it is not said by which gates they were.
    tx.exec_params(
        "update chain set pair_daily_cents = null, pair_weekly_cents = null, facts_version = $2 "
        "where chain_id = $1",
        chain_id, kFactsVersion);
}

std::uint64_t judge_all_again(Work& tx, std::uint64_t chain_id, const Valuation& valuation) {
    tx.exec("set local statement_timeout = 0");
    tx.exec_params("delete from contact where chain_id = $1", chain_id);
    tx.exec_params("delete from first_contact where chain_id = $1", chain_id);
    JudgeAgain again{valuation};
    for (std::int64_t last = -1, end = 0; (end = end_of_part(tx, chain_id, last)) >= 0; last = end)
        again.judge(tx, chain_id, part_behind(tx, chain_id, last));
    sum_again(tx, chain_id);
    return again.count();
}

}  // namespace

Task<std::uint64_t> ChainStore::judge_stored_again(const Feeds& feeds, const TokenList& tokens,
                                                   const labels::KnownNames& names) {
    return database_.transact([this, &feeds, &tokens, &names](Work& tx) -> std::uint64_t {
        lease_.check(tx);
        tx.exec_params("insert into chain (chain_id, facts_version) values ($1, $2) on conflict do nothing",
                       chain_id_, kFactsVersion);
        const auto version =
            tx.exec_params1("select facts_version from chain where chain_id = $1 for update", chain_id_);
        if (version[0].as<int>() >= kFactsVersion) return 0;
        PriceBook prices{feeds, tokens};
        for (const auto& update : load_prices(tx, chain_id_)) prices.learn(update);
        return judge_all_again(tx, chain_id_, {prices, tokens, names});
    });
}

}  // namespace moneytrail::postgres
