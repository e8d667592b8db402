#include "output/console_channel.hpp"

#include "base/printable.hpp"

#include <nlohmann/json.hpp>

#include <ostream>

namespace moneytrail {
namespace {

using nlohmann::json;

std::string joined(const json& texts, std::string_view between) {
    std::string out;
    for (const auto& text : texts) out += (out.empty() ? "" : std::string{between}) + text.get<std::string>();
    return out;
}

std::string_view escape_of(const std::string& severity) {
    if (severity == "critical") return "\x1b[1;31m";
    if (severity == "high") return "\x1b[31m";
    if (severity == "medium") return "\x1b[33m";
    return "\x1b[2m";
}

std::string news_of(const Claim& claim) {
    std::string out;
    if (claim.unsure) out += "(perhaps shown before) ";
    if (!claim.shown) return out + "taken back: ";
    return out + (claim.sent_revision == 0 ? "" : "again: ");
}

}  // namespace

std::string console_line(const Claim& claim, Colour colour) {
    const auto alert = json::parse(claim.content);
    const auto severity = alert.at("severity").get<std::string>();
    json texts = json::array();
    for (const auto& reason : alert.at("reasons")) texts.push_back(reason.at("text"));
    const auto name =
        alert.at("entity_name").is_null() ? "" : alert.at("entity_name").get<std::string>() + " ";
    auto line = alert.at("block_time").get<std::string>() + " " + news_of(claim) + severity + " " +
                joined(alert.at("rules"), "+") + " " + name + alert.at("address").get<std::string>() + ": " +
                joined(texts, "; ");
    if (!alert.at("verified").get<bool>()) line += " (unverified)";
    line = printable(line + " [" + to_digits(claim.alert).substr(0, 8) + "]");
    if (colour == Colour::none) return line;
    return std::string{escape_of(severity)} + line + "\x1b[0m";
}

Task<> ConsoleChannel::send(const Claim& claim) {
    out_ << console_line(claim, colour_) << std::endl;
    if (!out_) throw Permanent{"alerts cannot be written to standard output"};
    co_return;
}

}  // namespace moneytrail
