#include "server_url.hpp"

#include "async/errors.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
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

[[noreturn]] void refuse(const std::string& why) {
    throw Permanent{"database.url: " + why};
}

// libpq would cut the URL elsewhere, and half of the password would be shown as the name of a host.
void refuse_stray_at(std::string_view url) {
    const auto rest = url.substr(url.find("//") + 2);
    const auto authority = rest.substr(0, rest.find_first_of("/?"));
    const auto in_authority = std::ranges::count(authority, '@');
    if (in_authority > 1 || std::ranges::count(rest, '@') != in_authority)
        refuse(
            "has an '@' where none is expected; in user and password write '@' as %40, '/' as %2F, '?' as "
            "%3F");
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

ServerUrl parse_server_url(const std::string& url) {
    if (!url.starts_with("postgresql://") && !url.starts_with("postgres://"))
        refuse("expected 'embedded' or postgresql://user:password@host:port/name");
    refuse_stray_at(url);
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options{
        PQconninfoParse(url.c_str(), nullptr), &PQconninfoFree};
    if (!options) refuse("cannot be read as postgresql://user:password@host:port/name?option=value");

    ServerUrl out;
    std::string name = "(default)";
    std::string host = "(default)";
    std::string port = "5432";
    for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
        const std::string_view key{option->keyword};
        const std::string_view value = option->val != nullptr ? option->val : default_of(key);
        if (value.empty()) continue;
        out.conninfo += std::string{key} + '=' + quoted(value) + ' ';
        if (key == "dbname") name = value;
        if (key == "host") host = value;
        if (key == "port") port = value;
    }
    out.shown = "database \"" + name + "\" at " + host + ':' + port;
    return out;
}

}  // namespace moneytrail::postgres
