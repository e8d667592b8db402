#include "signals/wording.hpp"

#include <algorithm>

namespace moneytrail::signals {

using moneytrail::to_string;

namespace {

// Without regard to ASCII case: lists write "MEV Bot" and "MEV bot".
bool begins_with(std::string_view text, std::string_view prefix) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    return text.size() >= prefix.size() &&
           std::ranges::equal(text.substr(0, prefix.size()), prefix, {}, lower, lower);
}

std::string both(const std::string& name, std::string_view label) {
    if (label.empty()) return name;
    return begins_with(label, name) ? std::string{label} : name + ": " + std::string{label};
}

}  // namespace

std::string token_name(const Token& token, const TokenList& tokens) {
    if (!token) return "ETH";
    const auto& symbol = find_token(tokens, *token).symbol;
    return symbol.empty() ? to_checksum_hex(*token) : symbol;
}

std::string grouped(std::string_view decimal) {
    const auto point = std::min(decimal.find('.'), decimal.size());
    std::string out;
    for (std::size_t i = 0; i < point; ++i) {
        if (i > 0 && (point - i) % 3 == 0) out += ' ';
        out += decimal[i];
    }
    auto fraction = decimal.substr(point);
    while (fraction.ends_with('0')) fraction.remove_suffix(1);
    if (fraction != ".") out += fraction;
    return out;
}

std::string amount_of(const Activity& activity, const TokenList& tokens) {
    const auto name = token_name(activity.token, tokens);
    if (activity.token_id) return grouped(to_string(activity.amount, 0)) + " NFT of " + name;
    const auto decimals =
        activity.token ? find_token(tokens, *activity.token).decimals : std::optional<std::uint8_t>{18};
    if (!decimals) return to_string(activity.amount, 0) + " units of " + name;
    return grouped(to_string(activity.amount, decimals)) + " " + name;
}

std::string listed_label(const Address& address, const labels::LabelBook& labels) {
    const auto* identity = labels.find(address);
    return identity ? both(labels.organisation(identity->organisation).name, identity->label) : std::string{};
}

std::string label_of(const Address& address, const Following& following, const labels::LabelBook& labels) {
    if (const auto* tracked = following.find(address))
        return both(following.entities[tracked->entity].name, tracked->label);
    return listed_label(address, labels);
}

std::string counterparty_name(const Activity& activity, const Facts& facts) {
    if (!activity.counterparty) return "the beacon chain";
    const auto label = label_of(*activity.counterparty, facts.following, facts.names.labels);
    return label.empty() ? to_checksum_hex(*activity.counterparty) : label;
}

std::string to_percent(Ratio share) {
    const auto whole = std::to_string(share.per_10_000 / 100);
    auto hundredths = std::to_string(share.per_10_000 % 100 + 100).substr(1);
    while (hundredths.ends_with('0')) hundredths.pop_back();
    return whole + (hundredths.empty() ? "" : "." + hundredths) + " %";
}

std::string pair_and(const Activity& activity, std::chrono::sys_days day) {
    return activity.subject.to_hex() + "|" + activity.counterparty.value_or(Address{}).to_hex() + "|" +
           to_iso(day);
}

std::string pair_and_day(const Activity& activity) {
    return pair_and(activity, utc_day(activity.time));
}

std::string_view unasked(const Activity& activity) {
    return activity.initiative() == Initiative::others ? "|in" : "";
}

void say_known_since(Verdict& verdict, const Activity& activity, const History& history) {
    const auto since = history.known_since(activity.subject);
    if (!since) return;
    verdict.text += ", known since " + to_iso(utc_day(*since));
    verdict.evidence.emplace_back("known_since", to_iso(*since));
}

std::string dollars(Usd usd) {
    auto text = to_string(usd);
    if (text.ends_with(".00")) text.resize(text.size() - 3);
    const auto point = std::min(text.find('.'), text.size());
    // Cents keep both of their digits.
    return grouped(std::string_view{text}.substr(0, point)) + text.substr(point) + " USD";
}

}  // namespace moneytrail::signals
