#include "postgres/server_url.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <memory>
#include <string_view>

namespace moneytrail::postgres {
namespace {

struct Default {
    std::string_view key;
    std::string_view value;
};

// A server that vanished is noticed within half a minute, also in the middle of a statement.
constexpr std::array kDefaults{
    Default{"connect_timeout", "5"},     Default{"tcp_user_timeout", "30000"},
    Default{"keepalives", "1"},          Default{"keepalives_idle", "10"},
    Default{"keepalives_interval", "5"}, Default{"keepalives_count", "3"},
    Default{"client_encoding", "UTF8"},  Default{"application_name", "moneytrail"},
};

// What libpq takes as the value of an option.
struct Choice {
    std::string_view key;
    std::string_view values;
};

constexpr std::array kChoices{
    Choice{"sslmode", "disable allow prefer require verify-ca verify-full"},
    Choice{"channel_binding", "disable prefer require"},
    Choice{"gssencmode", "disable prefer require"},
    Choice{"target_session_attrs", "any read-write read-only primary standby prefer-standby"},
};

constexpr std::array<std::string_view, 6> kNumbers{"connect_timeout",     "tcp_user_timeout",
                                                   "keepalives",          "keepalives_idle",
                                                   "keepalives_interval", "keepalives_count"};

// libpq would cut the URL elsewhere, and half of the password would be shown as the name of a host.
bool has_stray_at(std::string_view url) {
    const auto rest = url.substr(url.find("//") + 2);
    const auto authority = rest.substr(0, rest.find_first_of("/?"));
    const auto in_authority = std::ranges::count(authority, '@');
    return in_authority > 1 || std::ranges::count(rest, '@') != in_authority;
}

bool is_number(std::string_view text, int least, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value >= least && value <= most;
}

// One for each host, or one for all; what is left empty is 5432.
bool are_ports(std::string_view text) {
    for (std::size_t start = 0; start <= text.size();) {
        const auto end = std::min(text.find(',', start), text.size());
        if (end != start && !is_number(text.substr(start, end - start), 1, 65'535)) return false;
        start = end + 1;
    }
    return true;
}

bool is_one_of(std::string_view words, std::string_view text) {
    return text.find(' ') == std::string_view::npos &&
           (' ' + std::string{words} + ' ').find(' ' + std::string{text} + ' ') != std::string::npos;
}

// Empty: nothing.
std::string wrong_option(std::string_view key, std::string_view value) {
    if (key == "port" && !are_ports(value)) return "port: expected whole numbers from 1 to 65535";
    if (std::ranges::find(kNumbers, key) != kNumbers.end() &&
        !is_number(value, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()))
        return std::string{key} + ": expected a whole number";
    for (const auto& choice : kChoices)
        if (key == choice.key && !is_one_of(choice.values, value))
            return std::string{key} + ": expected one of: " + std::string{choice.values};
    return {};
}

std::string quoted(std::string_view value) {
    std::string out{"'"};
    for (const char c : value) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + "'";
}

std::string_view default_of(std::string_view key) {
    const auto* const found = std::ranges::find(kDefaults, key, &Default::key);
    return found == kDefaults.end() ? std::string_view{} : found->value;
}

}  // namespace

std::expected<ServerUrl, std::string> parse_server_url(const std::string& url) {
    if (!url.starts_with("postgresql://") && !url.starts_with("postgres://"))
        return std::unexpected{
            "expected embedded or postgresql://user:password@host:port/name, got a value that is not shown"};
    if (has_stray_at(url))
        return std::unexpected{
            "has an '@' where none is expected; in user and password write '@' as %40, '/' as %2F, '?' as "
            "%3F"};
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options{
        PQconninfoParse(url.c_str(), nullptr), &PQconninfoFree};
    if (!options)
        return std::unexpected{"cannot be read as postgresql://user:password@host:port/name?option=value"};

    ServerUrl out;
    std::string name = "(default)";
    std::string host = "(default)";
    std::string port = "5432";
    for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
        const std::string_view key{option->keyword};
        const std::string_view value = option->val != nullptr ? option->val : default_of(key);
        if (value.empty()) continue;
        if (auto wrong = wrong_option(key, value); !wrong.empty()) return std::unexpected{std::move(wrong)};
        out.conninfo += std::string{key} + '=' + quoted(value) + ' ';
        if (key == "dbname") name = value;
        if (key == "host") host = value;
        if (key == "port") port = value;
    }
    if (std::ranges::count(port, ',') != 0 && std::ranges::count(port, ',') != std::ranges::count(host, ','))
        return std::unexpected{"port: expected one, or as many as there are hosts"};
    out.shown = "database \"" + name + "\" at " + host + ':' + port;
    return out;
}

}  // namespace moneytrail::postgres
