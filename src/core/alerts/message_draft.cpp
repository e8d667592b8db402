#include "message_draft.hpp"

#include "base/printable.hpp"
#include "signals/catalogue.hpp"
#include "signals/wording.hpp"

#include <algorithm>

namespace moneytrail {
namespace {

// Slack's section of 3000 characters is the narrowest place: "&" is five of them, so a sentence has 2000, two
// names 600, and an amount, the number of an NFT, two addresses and our own words less than 400.
constexpr std::size_t kLongestName = 60;
constexpr std::size_t kLongestSentence = 400;

std::string shown(std::string_view text, std::size_t most) {
    return clipped(printable(text), most);
}

std::string in_capitals(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

// "HIGH: New token, Large transfer (S3, T1)".
std::string title_of(const Alert& alert) {
    std::string titles;
    std::string ids;
    const auto rules = alert.rules();
    for (const auto* type : signals::catalogue()) {
        if (std::ranges::find(rules, type->id) == rules.end()) continue;
        const auto* const between = ids.empty() ? "" : ", ";
        titles.append(between).append(type->title);
        ids.append(between).append(type->id);
    }
    return (alert.status == AlertStatus::retracted ? "TAKEN BACK: " : "") +
           in_capitals(to_string(alert.severity)) + ": " + titles + " (" + ids + ")";
}

std::vector<std::string> facts_of(const Alert& alert) {
    std::vector<std::string> facts;
    const auto& name = alert.entity_name.empty() ? alert.entity : alert.entity_name;
    facts.push_back((name.empty() ? "" : shown(name, kLongestName) + " ") + to_checksum_hex(alert.address));
    facts.push_back(to_iso(alert.block_time) + ", block " + std::to_string(alert.block_num) +
                    (alert.chain_id == 1 ? "" : " of chain " + std::to_string(alert.chain_id)));
    if (alert.status == AlertStatus::retracted)
        facts.emplace_back("What was raised no longer holds: the chain was reorganised.");
    if (!alert.verified)
        facts.emplace_back("Unverified: the block could not be proved against its own hash.");
    return facts;
}

std::string amount_of(const Reason& reason) {
    auto token = shown(reason.symbol, kLongestName);
    if (token.empty()) token = reason.token ? to_checksum_hex(*reason.token) : "ETH";
    if (reason.token_id)
        return signals::grouped(to_string(reason.amount, 0)) + " NFT of " + token + ", number " +
               to_raw(*reason.token_id).str();
    if (!reason.decimals) return to_string(reason.amount, 0) + " units of " + token;
    return signals::grouped(to_string(reason.amount, reason.decimals)) + " " + token;
}

// "out 81 000 000 USDC, 81 000 000 USD, to Binance 0x28C6…".
std::string movement_of(const Reason& reason) {
    auto text = std::string{to_string(reason.direction)} + " " + amount_of(reason);
    text += ", " + (reason.usd ? signals::dollars(*reason.usd) : "unpriced");
    if (!reason.counterparty) return text;
    text += reason.direction == Direction::in ? ", from " : ", to ";
    if (!reason.counterparty_label.empty()) text += shown(reason.counterparty_label, kLongestName) + " ";
    return text + to_checksum_hex(*reason.counterparty);
}

// A movement stands above the first of its reasons.
std::vector<std::string> reasons_of(const Alert& alert) {
    std::vector<std::string> out;
    std::string last;
    for (const auto& reason : alert.reasons) {
        auto movement = movement_of(reason);
        auto text = movement == last ? "" : movement + "\n";
        text += "• " + std::string{reason.rule} + ": " + shown(reason.text, kLongestSentence);
        if (reason.provisional) text += " (provisional: little history)";
        out.push_back(std::move(text));
        last = std::move(movement);
    }
    return out;
}

// Explorers of other chains are not known here.
std::vector<Link> links_of(const Alert& alert) {
    if (alert.chain_id != 1) return {};
    if (!alert.txn_hash)
        return {{"Etherscan", "https://etherscan.io/block/" + std::to_string(alert.block_num)}};
    const auto txn = alert.txn_hash->to_hex();
    return {{"Etherscan", "https://etherscan.io/tx/" + txn},
            {"Arkham", "https://intel.arkm.com/explorer/tx/" + txn}};
}

}  // namespace

MessageDraft draft_message(const Alert& alert) {
    return {title_of(alert), facts_of(alert), reasons_of(alert), links_of(alert), to_digits(alert.id)};
}

}  // namespace moneytrail
