#include "contact_rows.hpp"

#include "rows.hpp"

namespace moneytrail::postgres {
namespace {

class ContactRows {
  public:
    void add(const Activity& activity, std::int64_t number_in_block, const ActivityNames& names) {
        if (activity.is_spam() || !activity.is_dealing()) return;
        for (std::size_t i = 0; i < names.organisations.size(); ++i) {
            block_num_.add(as_bigint(activity.position.block_num));
            ordinal_.add(number_in_block);
            organisation_.add(std::string_view{names.organisations[i]});
            subject_.add(activity.subject);
            entity_.add(std::string_view{names.entity});
            usd_cents_.add(activity.usd ? std::optional{activity.usd->in_cents()} : std::nullopt);
            is_signed_.add(std::int64_t{activity.is_signed() ? 1 : 0});
            direction_.add(to_string(activity.direction));
            // The counterparty's comes first, where it has one.
            is_called_.add(std::int64_t{i > 0 || !activity.organisation ? 1 : 0});
        }
    }

    void write(Work& tx, std::uint64_t chain_id) const {
        exec_planned(
            tx,
            "insert into contact (chain_id, block_num, ordinal, organisation, subject, entity, usd_cents, "
            "is_signed, direction, is_called) select $1, b, i, o, s, e, u, g = 1, d, l = 1 from "
            "unnest($2::bigint[], $3::integer[], $4::text[], $5::bytea[], $6::text[], $7::bigint[], "
            "$8::bigint[], "
            "$9::text[], $10::bigint[]) q(b, i, o, s, e, u, g, d, l)",
            chain_id, block_num_.text(), ordinal_.text(), organisation_.text(), subject_.text(),
            entity_.text(), usd_cents_.text(), is_signed_.text(), direction_.text(), is_called_.text());
    }

  private:
    ArrayLiteral block_num_, ordinal_, organisation_, subject_, entity_, usd_cents_, is_signed_, direction_,
        is_called_;
};

// `who` is subject or entity. The block is compared as a sum, so that no index by blocks offers itself.
// A contact that is neither priced nor signed answers as none does.
pqxx::result contacts(Work& tx, std::uint64_t chain_id, BlockNumber as_of, const std::string& who,
                      const std::string& array_type, const std::string& whose,
                      const std::string& organisations) {
    const auto of = " from contact c where c.chain_id = $1 and c." + who +
                    " = q.who and c.organisation = q.organisation and c.block_num + 0 <= $4 ";
    const auto largest = [&](const std::string& direction) {
        return "(select c.usd_cents" + of + "and c.direction = '" + direction +
               "' and not c.is_called and (c.direction = 'out' or not c.is_signed) and c.usd_cents is not "
               "null "
               "order by c.usd_cents desc limit 1), ";
    };
    return exec_planned(tx,
                        "select q.place, " + largest("out") + largest("in") + "exists (select 1" + of +
                            "and c.is_signed) from unnest($2::" + array_type +
                            "[], $3::text[]) with ordinality q(who, organisation, place)",
                        chain_id, whose, organisations, as_of);
}

}  // namespace

void write_contacts(Work& tx, std::uint64_t chain_id, const std::vector<BlockRecord>& blocks) {
    ContactRows rows;
    for (const auto& block : blocks)
        for (std::size_t i = 0; i < block.activities.size(); ++i)
            rows.add(block.activities[i], static_cast<std::int64_t>(i), block.names[i]);
    rows.write(tx, chain_id);
}

void recall_contacts(Work& tx, std::uint64_t chain_id, const HistoryQuery& question, History& history) {
    using Asked = HistoryQuery::SubjectOrganisation;
    const auto& asked = question.organisations;
    const auto organisations =
        array_of(asked, [](const Asked& each) -> std::string_view { return each.organisation; });
    const auto contact_of = [](const pqxx::row& row) {
        Contact contact;
        if (!row[1].is_null()) contact.largest_paid = Usd::cents(row[1].as<std::int64_t>());
        if (!row[2].is_null()) contact.largest_unasked = Usd::cents(row[2].as<std::int64_t>());
        contact.was_signed = row[3].as<bool>();
        return contact;
    };
    for (const auto& row : contacts(tx, chain_id, question.as_of, "subject", "bytea",
                                    array_of(asked, &Asked::subject), organisations)) {
        const auto& each = asked[row[0].as<std::size_t>() - 1];
        history.recall_contact(each.subject, each.organisation_index, contact_of(row));
    }
    for (const auto& row :
         contacts(tx, chain_id, question.as_of, "entity", "text",
                  array_of(asked, [](const Asked& each) -> std::string_view { return each.entity; }),
                  organisations)) {
        const auto& each = asked[row[0].as<std::size_t>() - 1];
        history.recall_entity_contact(each.entity_index, each.organisation_index, contact_of(row));
    }
}

}  // namespace moneytrail::postgres
