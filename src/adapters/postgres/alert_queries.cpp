#include "postgres/alert_queries.hpp"

#include "rows.hpp"

namespace moneytrail::postgres {
namespace {

constexpr int kAtOnce = 1000;  // some 2 MB of JSON
constexpr auto kColumns = "id, status, content, revision, retracted_at_block";

AlertRow read_row(const pqxx::row& row) {
    AlertRow out{
        .id = fixed_of<AlertId>(row[0]),
        .status = row[1].as<std::string>() == "raised" ? AlertStatus::raised : AlertStatus::retracted,
        .content = row[2].as<std::string>(),
        .revision = row[3].as<std::int64_t>()};
    if (!row[4].is_null()) out.retracted_at_block = row[4].as<BlockNumber>();
    return out;
}

// Null: no limit.
std::optional<std::int64_t> seconds_of(const std::optional<BlockTime>& time) {
    return time ? std::optional{as_bigint(*time)} : std::nullopt;
}

}  // namespace

void for_each_alert(Work& tx, const AlertQuery& filter, AlertOrder order,
                    const std::function<void(const AlertRow&)>& visit) {
    tx.exec("set transaction isolation level repeatable read, read only");
    const std::string way = order == AlertOrder::chain ? "" : " desc";
    const auto* const entity = filter.entity ? filter.entity->c_str() : nullptr;
    tx.exec_params(
        "declare alerts no scroll cursor for select " + std::string{kColumns} +
            " from alert where chain_id = $1 and ($2::text is null or entity = $2) "
            "and ($3::bigint is null or block_time >= $3) and ($4::bigint is null or block_time < $4) "
            "order by block_num" +
            way + ", ordinal" + way + ", id" + way,
        filter.chain_id, entity, seconds_of(filter.from), seconds_of(filter.to));
    const auto fetch = "fetch " + std::to_string(kAtOnce) + " from alerts";
    for (;;) {
        const auto rows = tx.exec(fetch);
        for (const auto& row : rows) visit(read_row(row));
        if (rows.size() < kAtOnce) break;
    }
    tx.exec("close alerts");
}

std::optional<AlertIdPrefix> AlertIdPrefix::parse(std::string_view text) {
    if (text.size() < kFewest || text.size() > 2 * AlertId::kSize) return std::nullopt;
    std::string digits;
    for (const char c : text) {
        const bool is_upper = c >= 'A' && c <= 'F';
        if (!is_upper && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) return std::nullopt;
        digits += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return AlertIdPrefix{std::move(digits)};
}

AlertId AlertIdPrefix::padded(char digit) const {
    return *AlertId::from_hex("0x" + digits_ + std::string(2 * AlertId::kSize - digits_.size(), digit));
}

AlertRow find_alert(Work& tx, const AlertIdPrefix& prefix) {
    constexpr std::size_t kMostShown = 5;
    const auto rows = tx.exec_params(
        "select " + std::string{kColumns} + " from alert where id between $1 and $2 order by id limit $3",
        bytea(prefix.first()), bytea(prefix.last()), kMostShown + 1);
    if (rows.empty()) throw Permanent{"no alert has an id that begins with " + prefix.digits()};
    if (rows.size() == 1) return read_row(rows[0]);
    std::string ids;
    for (const auto& row : rows) {
        const bool is_more = row.rownumber() == kMostShown;
        ids += (ids.empty() ? "" : ", ") + (is_more ? "…" : to_digits(fixed_of<AlertId>(row[0])));
    }
    throw Permanent{"several alerts have ids that begin with " + prefix.digits() + ": " + ids +
                    ". Give more digits"};
}

std::vector<DeliveryRow> deliveries_of(Work& tx, const AlertId& id) {
    std::vector<DeliveryRow> out;
    for (const auto& row :
         tx.exec_params("select channel, target, wanted_revision, wanted_shown, sent_revision, state "
                        "from delivery where alert_id = $1 order by channel, target",
                        bytea(id)))
        out.push_back({row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<std::int64_t>(),
                       row[3].as<bool>(), row[4].as<std::int64_t>(), row[5].as<std::string>()});
    return out;
}

}  // namespace moneytrail::postgres
