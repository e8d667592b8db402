#include "output/alert_text.hpp"

#include "alerts/alert_json.hpp"
#include "alerts/message.hpp"
#include "base/printable.hpp"
#include "text/csv.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <string_view>

namespace moneytrail {
namespace {

using Json = nlohmann::ordered_json;

// Numbers and flags as JSON writes them, null as nothing.
std::string plain(const Json& value) {
    if (value.is_null()) return {};
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string shown(const Json& value) {
    return printable(plain(value));
}

// In CSV, of what may have come from outside.
std::string cell(const Json& value) {
    return as_inert_cell(shown(value));
}

std::string_view status_of(const postgres::AlertRow& alert) {
    return alert.status == AlertStatus::raised ? "raised" : "retracted";
}

constexpr auto kAlertColumns =
    std::to_array<const char*>({"severity", "verified", "chain_id", "block_number", "block_hash",
                                "block_time", "tx_hash", "entity", "entity_name", "address"});
constexpr auto kReasonColumns =
    std::to_array<const char*>({"rule", "position", "direction", "counterparty", "counterparty_label"});
constexpr auto kTokenColumns = std::to_array<const char*>({"address", "symbol", "decimals", "id"});
constexpr auto kNumberColumns = std::to_array<const char*>({"amount", "usd"});
constexpr auto kLastColumns = std::to_array<const char*>({"provisional", "text"});

// What the message above does not say of it.
std::string reason_text(const Json& reason) {
    auto text = "\n" + shown(reason.at("rule")) + " at " + shown(reason.at("position")) + '\n';
    const auto& token = reason.at("token");
    if (!token.at("address").is_null()) text += "  token  " + shown(token.at("address")) + '\n';
    text += "  amount  " + shown(reason.at("amount")) + '\n';
    for (const auto& [key, value] : reason.at("evidence").items())
        text += "  evidence  " + printable(key) + " = " + shown(value) + '\n';
    return text;
}

std::string delivery_state(const postgres::DeliveryRow& delivery) {
    const bool is_done = delivery.sent_revision == delivery.wanted_revision;
    if (is_done && !delivery.wanted_shown) return "taken back";
    const auto wanted = delivery.wanted_shown ? "revision " + std::to_string(delivery.wanted_revision)
                                              : std::string{"to be taken back"};
    if (is_done) return wanted + ", sent";
    if (delivery.sent_revision == 0) return wanted + ", nothing sent yet";
    return wanted + ", revision " + std::to_string(delivery.sent_revision) + " was sent last";
}

std::string delivery_text(const postgres::DeliveryRow& delivery) {
    return "  " + printable(delivery.channel) + ' ' + printable(delivery.target) + ": " +
           delivery_state(delivery) +
           (delivery.state == "idle" ? "" : " (" + printable(delivery.state) + ")") + '\n';
}

}  // namespace

std::string alert_csv_header() {
    std::vector<std::string> fields{"id", "status"};
    fields.insert(fields.end(), kAlertColumns.begin(), kAlertColumns.end());
    fields.insert(fields.end(), kReasonColumns.begin(), kReasonColumns.end());
    for (const auto* column : kTokenColumns) fields.push_back(std::string{"token_"} + column);
    fields.insert(fields.end(), kNumberColumns.begin(), kNumberColumns.end());
    fields.insert(fields.end(), kLastColumns.begin(), kLastColumns.end());
    fields.emplace_back("evidence");
    return to_csv(fields);
}

std::string to_csv_lines(const postgres::AlertRow& alert) {
    const auto json = Json::parse(alert.content);
    std::vector<std::string> common{to_digits(alert.id), std::string{status_of(alert)}};
    for (const auto* column : kAlertColumns) common.push_back(cell(json.at(column)));
    std::string lines;
    for (const auto& reason : json.at("reasons")) {
        auto fields = common;
        for (const auto* column : kReasonColumns) fields.push_back(cell(reason.at(column)));
        const auto& token = reason.at("token");
        for (const auto* column : kTokenColumns)
            fields.push_back(token.contains(column) ? cell(token.at(column)) : std::string{});
        for (const auto* column : kNumberColumns) fields.push_back(plain(reason.at(column)));
        for (const auto* column : kLastColumns) fields.push_back(cell(reason.at(column)));
        fields.push_back(printable_json(reason.at("evidence").dump()));
        lines += to_csv(fields);
    }
    return lines;
}

std::string to_explanation(const postgres::AlertRow& alert,
                           const std::vector<postgres::DeliveryRow>& deliveries) {
    auto as_it_is = from_json(alert.content);
    as_it_is.status = alert.status;
    const auto json = Json::parse(alert.content);
    std::string status{status_of(alert)};
    if (alert.status == AlertStatus::retracted && alert.retracted_at_block)
        status += " (by the fork that replaced block " + std::to_string(*alert.retracted_at_block) + ")";
    auto text = message(as_it_is, Dialect::plain);
    text += "\nstatus    " + status + ", " + (as_it_is.verified ? "verified" : "unverified") + ", revision " +
            std::to_string(alert.revision) + '\n';
    text += "entity    " + (json.at("entity").is_null() ? "nobody" : shown(json.at("entity"))) + '\n';
    text += "block     " + shown(json.at("block_hash")) + '\n';
    text += "tx        " +
            (json.at("tx_hash").is_null() ? std::string{"none: a withdrawal"} : shown(json.at("tx_hash"))) +
            '\n';
    for (const auto& reason : json.at("reasons")) text += reason_text(reason);
    text += "\ndeliveries\n";
    if (deliveries.empty()) text += "  none: no channel was to show it\n";
    for (const auto& delivery : deliveries) text += delivery_text(delivery);
    return text;
}

}  // namespace moneytrail
