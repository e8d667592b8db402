#include "labels/deposit_text.hpp"

namespace moneytrail::labels {
namespace {

// Without the tags of a block explorer: "FTX: Deposit [ftx]".
std::string_view without_tags(std::string_view text) {
    const auto tags = text.rfind(" [");
    return text.ends_with(']') && tags != std::string_view::npos ? text.substr(0, tags) : text;
}

std::string_view without_number(std::string_view text) {
    const auto last = text.find_last_not_of("0123456789");
    const bool is_numbered = last != std::string_view::npos && last + 1 < text.size() && text[last] == ' ';
    return is_numbered ? text.substr(0, last) : text;
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
    if (!text.ends_with(suffix)) return false;
    text.remove_suffix(suffix.size());
    return true;
}

}  // namespace

std::optional<DepositText> parse_deposit(std::string_view text) {
    auto rest = without_number(without_tags(text));
    take_suffix(rest, " Address");
    DepositText out;
    if (const auto colon = rest.find(": "); colon != std::string_view::npos) {
        out.used_by = rest.substr(0, colon);
        rest.remove_prefix(colon + 2);
    }
    if (rest == "Deposit") return DepositText{.exchange = out.used_by};
    if (!take_suffix(rest, " Deposit") || rest.empty()) return std::nullopt;
    out.exchange = rest;
    return out;
}

}  // namespace moneytrail::labels
