#include "config/config_values.hpp"

#include "base/decimal.hpp"
#include "base/fixed_bytes.hpp"
#include "base/time.hpp"
#include "config/config_keys.hpp"
#include "signals/catalogue.hpp"

#include <algorithm>
#include <utility>

namespace moneytrail {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Digits behind the point that a number of this kind may have.
int places_of(ValueKind kind) {
    if (kind == ValueKind::whole) return 0;
    return kind == ValueKind::usd ? 2 : 4;
}

// Whether a number of the rule's kind is what the text says, and in the rule's range.
bool is_within(const ValueRule& rule, std::string_view text) {
    if (rule.kind == ValueKind::duration) {
        const auto time = parse_duration(text);
        return time && *time >= std::chrono::seconds{rule.min} && *time <= std::chrono::seconds{rule.max};
    }
    const int places = places_of(rule.kind);
    std::int64_t unit = 1;
    for (int i = 0; i < places; ++i) unit *= 10;
    const auto value = parse_decimal(without_groups(text), places);
    return value && *value >= rule.min * unit && *value <= rule.max * unit;
}

bool is_one_of(std::string_view names, std::string_view text) {
    const auto all = split(names, ' ');
    return std::ranges::find(all, text) != all.end();
}

bool is_name(std::string_view text) {
    const auto fits = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-'; };
    return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, fits);
}

bool is_url(std::string_view text, std::string_view schemes) {
    constexpr std::size_t kLongest = 2048;
    const auto colon = text.find("://");
    if (colon == std::string_view::npos || text.size() > kLongest || text.size() <= colon + 3) return false;
    if (text[colon + 3] == '/' || text.find_first_of(" \t\"<>") != std::string_view::npos) return false;
    return is_one_of(schemes, text.substr(0, colon));
}

bool is_daytime(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return false;
    const auto hour = parse_whole(text.substr(0, 2));
    const auto minute = parse_whole(text.substr(3, 2));
    return hour && minute && *hour < 24 && *minute < 60;
}

bool is_listen(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 253) return false;
    const auto port = parse_whole(text.substr(colon + 1));
    return port && *port >= 1 && *port <= 65'535;
}

std::string joined(std::string_view names, std::string_view suffix) {
    std::string text;
    for (const auto name : split(names, ' '))
        (text += text.empty() ? "" : " or ").append(name).append(suffix);
    return text;
}

std::string range(const ValueRule& rule, std::string_view unit) {
    return " from " + std::to_string(rule.min) + " to " + std::to_string(rule.max) + std::string{unit};
}

std::string duration_text(std::int64_t seconds) {
    constexpr std::int64_t kDay = 86'400;
    return seconds % kDay == 0 ? std::to_string(seconds / kDay) + "d" : std::to_string(seconds) + "s";
}

// "S1 S2 …"
std::string_view signal_ids() {
    static const auto kIds = [] {
        std::string ids;
        for (const auto* type : signals::catalogue()) ids.append(ids.empty() ? "" : " ").append(type->id);
        return ids;
    }();
    return kIds;
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const auto end = std::min(text.find(separator, start), text.size());
        parts.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return parts;
}

std::string without_groups(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '_')
            plain += text[i];
        else if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1]))
            return std::string{text};
    }
    return plain;
}

std::optional<Usd> parse_usd(std::string_view text) {
    const auto cents = parse_decimal(without_groups(text), 2);
    if (!cents) return std::nullopt;
    return Usd::cents(*cents);
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    if (text == "0") return std::chrono::milliseconds{0};
    if (text.empty()) return std::nullopt;
    const bool in_milliseconds = text.ends_with("ms");
    const auto count = parse_decimal(text.substr(0, text.size() - (in_milliseconds ? 2 : 1)), 0);
    constexpr std::int64_t kMost = 100'000'000;
    if (!count || *count > kMost) return std::nullopt;
    if (in_milliseconds) return std::chrono::milliseconds{*count};
    switch (text.back()) {
        case 's':
            return std::chrono::seconds{*count};
        case 'm':
            return std::chrono::minutes{*count};
        case 'h':
            return std::chrono::hours{*count};
        case 'd':
            return std::chrono::days{*count};
        default:
            return std::nullopt;
    }
}

bool fits(const ValueRule& rule, std::string_view text) {
    switch (rule.kind) {
        case ValueKind::text:
            return std::cmp_greater_equal(text.size(), rule.min) &&
                   std::cmp_less_equal(text.size(), rule.max);
        case ValueKind::name:
            return is_name(text);
        case ValueKind::flag:
            return text == "true" || text == "false";
        case ValueKind::whole:
        case ValueKind::decimal:
        case ValueKind::usd:
        case ValueKind::duration:
            return is_within(rule, text);
        case ValueKind::choice:
            return is_one_of(rule.names, text);
        case ValueKind::signal:
            return is_one_of(signal_ids(), text);
        case ValueKind::path:
            return !text.empty() && text.size() <= 4096;
        case ValueKind::address:
            return Address::from_hex(text).has_value();
        // An empty secret turns its owner off.
        case ValueKind::url:
            return (rule.is_secret && text.empty()) || is_url(text, rule.names);
        case ValueKind::date:
            return parse_day(text).has_value();
        case ValueKind::daytime:
            return is_daytime(text);
        case ValueKind::listen:
            return is_listen(text);
        case ValueKind::start:
            return text == "latest" || parse_whole(without_groups(text)).has_value();
    }
    return false;
}

std::string describe(const ValueRule& rule) {
    switch (rule.kind) {
        case ValueKind::text:
            return "text" + range(rule, " bytes long");
        case ValueKind::name:
            return "1 to 32 of the characters a-z, 0-9 and -";
        case ValueKind::flag:
            return "true or false";
        case ValueKind::whole:
            return "a whole number" + range(rule, "");
        case ValueKind::decimal:
            return "a number" + range(rule, " with at most 4 decimals");
        case ValueKind::usd:
            return "US dollars" + range(rule, " with at most 2 decimals");
        case ValueKind::duration:
            return "a duration from " + duration_text(rule.min) + " to " + duration_text(rule.max) +
                   " such as 30s, 15m, 12h or 7d";
        case ValueKind::choice:
            return joined(rule.names, "");
        case ValueKind::signal:
            return joined(signal_ids(), "");
        case ValueKind::path:
            return "a path of 1 to 4096 bytes";
        case ValueKind::address:
            return "an address: 0x and 40 hex digits";
        case ValueKind::url:
            return "a URL that starts with " + joined(rule.names, "://");
        case ValueKind::date:
            return "a date such as 2015-01-31";
        case ValueKind::daytime:
            return "a time of day (UTC) such as 17:00, between quotes";
        case ValueKind::listen:
            return "host:port with a port from 1 to 65535, such as 127.0.0.1:8080";
        case ValueKind::start:
            return "latest or a block number";
    }
    return {};
}

}  // namespace moneytrail
