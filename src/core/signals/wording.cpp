#include "signals/wording.hpp"

#include <algorithm>

namespace moneytrail::signals {

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

std::string dollars(Usd usd) {
    auto text = to_string(usd);
    if (text.ends_with(".00")) text.resize(text.size() - 3);
    const auto point = std::min(text.find('.'), text.size());
    // Cents keep both of their digits.
    return grouped(std::string_view{text}.substr(0, point)) + text.substr(point) + " USD";
}

}  // namespace moneytrail::signals
