#include "alerts/alert_json.hpp"

#include "base/decimal.hpp"
#include "base/time.hpp"
#include "signals/catalogue.hpp"
#include "signals/params.hpp"

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

std::string text_or_empty(const Json& value) {
    return value.is_null() ? std::string{} : value.get<std::string>();
}

template <class Fixed>
std::optional<Fixed> fixed_or_none(const Json& value) {
    if (value.is_null()) return std::nullopt;
    auto fixed = Fixed::from_hex(value.get<std::string>());
    if (!fixed) throw std::runtime_error{"expected 0x and hex digits, got " + value.dump()};
    return fixed;
}

// One of `all` by the name that to_string gives it.
template <class Enum>
Enum named(std::initializer_list<Enum> all, const Json& name) {
    const auto found =
        std::ranges::find(all, name.get<std::string>(), [](Enum each) { return to_string(each); });
    if (found == all.end()) throw std::runtime_error{"unknown name " + name.dump()};
    return *found;
}

std::string_view rule_named(const Json& id) {
    for (const auto* type : signals::catalogue())
        if (type->id == id.get<std::string>()) return type->id;
    throw std::runtime_error{"unknown rule " + id.dump()};
}

Raw read_raw(const std::string& digits) {
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos)
        throw std::runtime_error{"no whole number"};
    // With a leading zero it would be octal.
    const auto first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
    return Raw{digits.substr(first)};
}

Reason read_reason(const Json& json) {
    Reason out;
    out.rule = rule_named(json.at("rule"));
    out.direction = named({Direction::out, Direction::in, Direction::self}, json.at("direction"));
    out.counterparty = fixed_or_none<Address>(json.at("counterparty"));
    out.counterparty_label = text_or_empty(json.at("counterparty_label"));
    const auto& token = json.at("token");
    out.token = fixed_or_none<Address>(token.at("address"));
    out.symbol = text_or_empty(token.at("symbol"));
    if (!token.at("decimals").is_null()) out.decimals = token.at("decimals").get<std::uint8_t>();
    if (token.contains("id")) out.token_id = to_word(read_raw(token.at("id").get<std::string>()));
    auto digits = json.at("amount").get<std::string>();
    std::erase(digits, '.');
    out.amount = read_raw(digits);
    if (!json.at("usd").is_null())
        out.usd = Usd::cents(parse_decimal(json.at("usd").get<std::string>(), 2).value());
    out.provisional = json.at("provisional").get<bool>();
    out.text = json.at("text").get<std::string>();
    for (const auto& [key, value] : json.at("evidence").items())
        out.evidence.emplace_back(key, value.get<std::string>());
    return out;
}

Alert read_alert(const Json& json) {
    using signals::Severity;
    Alert out;
    out.id = AlertId::from_hex("0x" + json.at("id").get<std::string>()).value();
    out.status =
        json.at("status") == name_of(AlertStatus::raised) ? AlertStatus::raised : AlertStatus::retracted;
    out.severity =
        named({Severity::low, Severity::medium, Severity::high, Severity::critical}, json.at("severity"));
    out.verified = json.at("verified").get<bool>();
    out.chain_id = json.at("chain_id").get<std::uint64_t>();
    out.block_num = json.at("block_number").get<BlockNumber>();
    out.block_hash = fixed_or_none<BlockHash>(json.at("block_hash")).value();
    out.block_time = parse_time(json.at("block_time").get<std::string>()).value();
    out.txn_hash = fixed_or_none<TxHash>(json.at("tx_hash"));
    out.entity = text_or_empty(json.at("entity"));
    out.entity_name = text_or_empty(json.at("entity_name"));
    out.address = fixed_or_none<Address>(json.at("address")).value();
    // Alerts of earlier versions have none.
    if (json.contains("address_label")) out.address_label = text_or_empty(json.at("address_label"));
    for (const auto& reason : json.at("reasons")) out.reasons.push_back(read_reason(reason));
    return out;
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
    out["address_label"] = or_null(alert.address_label);
    out["rules"] = alert.rules();
    out["reasons"] = Json::array();
    for (const auto& reason : alert.reasons) out["reasons"].push_back(reason_json(reason));
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Alert from_json(const std::string& line) {
    try {
        return read_alert(Json::parse(line));
    } catch (const std::exception& error) {
        throw std::runtime_error{"an alert in the database cannot be read (" + std::string{error.what()} +
                                 "): " + line.substr(0, 64)};
    }
}

}  // namespace moneytrail
