#include "alert_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace moneytrail {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json token_json(const Reason& reason) {
    Json token;
    token["address"] = reason.token ? Json(to_checksum_hex(*reason.token)) : Json(nullptr);
    token["symbol"] = or_null(reason.symbol);
    token["decimals"] = reason.decimals ? Json(*reason.decimals) : Json(nullptr);
    if (reason.token_id) token["id"] = to_raw(*reason.token_id).str();
    return token;
}

Json reason_json(const Reason& reason) {
    Json out;
    out["rule"] = reason.rule;
    out["position"] = to_string(reason.position.place);
    out["direction"] = to_string(reason.direction);
    out["counterparty"] = reason.counterparty ? Json(to_checksum_hex(*reason.counterparty)) : Json(nullptr);
    out["counterparty_label"] = or_null(reason.counterparty_label);
    out["token"] = token_json(reason);
    out["amount"] = to_string(reason.amount, reason.decimals);
    out["usd"] = reason.usd ? Json(to_string(*reason.usd)) : Json(nullptr);
    out["provisional"] = reason.provisional;
    out["text"] = reason.text;
    out["evidence"] = Json::object();
    for (const auto& [key, value] : reason.evidence) out["evidence"][key] = value;
    return out;
}

std::string_view name_of(AlertStatus status) {
    return status == AlertStatus::raised ? "raised" : "retracted";
}

}  // namespace

std::string with_status(const std::string& line, AlertStatus status) {
    // Behind the id, which is hex digits: the text cannot stand there by chance.
    constexpr std::string_view kRaised = R"("status":"raised")";
    constexpr std::size_t kIdKey = std::string_view{R"({"id":"",)"}.size() + 2 * AlertId::kSize;
    if (line.compare(std::min(kIdKey, line.size()), kRaised.size(), kRaised) != 0)
        throw std::runtime_error{"an alert in the database does not begin with id and status: " +
                                 line.substr(0, kIdKey + kRaised.size())};
    return line.substr(0, kIdKey) + R"("status":")" + std::string{name_of(status)} + '"' +
           line.substr(kIdKey + kRaised.size());
}

std::string to_json(const Alert& alert) {
    Json out;
    out["id"] = to_digits(alert.id);
    out["status"] = name_of(alert.status);
    out["severity"] = to_string(alert.severity);
    out["verified"] = alert.verified;
    out["chain_id"] = alert.chain_id;
    out["block_number"] = alert.block_num;
    out["block_hash"] = alert.block_hash.to_hex();
    out["block_time"] = to_iso(alert.block_time);
    out["tx_hash"] = alert.txn_hash ? Json(alert.txn_hash->to_hex()) : Json(nullptr);
    out["entity"] = or_null(alert.entity);
    out["entity_name"] = or_null(alert.entity_name);
    out["address"] = to_checksum_hex(alert.address);
    out["rules"] = alert.rules();
    out["reasons"] = Json::array();
    for (const auto& reason : alert.reasons) out["reasons"].push_back(reason_json(reason));
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace moneytrail
