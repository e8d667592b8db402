#pragma once

// Every key that the configuration knows: what its value may be and what it is when it is left out.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace moneytrail {

enum class ValueKind {
    text,      // min to max bytes
    name,      // a choice of a-z 0-9 -, 1 to 32 of them
    flag,      // true or false
    whole,     // min to max; 80_000_000 may be grouped
    decimal,   // min to max, at most 4 decimals
    usd,       // dollars, 0 to max, at most 2 decimals
    duration,  // 30s, 15m, 12h, 7d or 0; min to max are seconds
    choice,    // one of `names`
    signal,    // an id of the catalogue
    path,      // relative to the file that names it
    address,   // 0x and 40 hex digits
    url,       // its scheme is one of `names`
    date,      // 2015-01-31
    daytime,   // 17:00
    listen,    // host:port
    start,     // latest or a block number
};

struct ValueRule {
    ValueKind kind;
    std::int64_t min = 0;
    std::int64_t max = 0;
    std::string_view names;  // "auto off required"
    bool is_secret = false;  // never shown in a message
};

// Whether this version does something with the value or only checks it.
enum class Effect { now, later };

struct KeyRule {
    std::string_view key;  // "chains[].endpoints[].http"; of a list, the key of its elements
    ValueRule value;
    std::optional<std::string_view> fallback;  // none: stays unset
    Effect effect = Effect::later;
    bool is_required = false;  // in each element of its list
};

std::span<const KeyRule> config_keys();

bool fits(const ValueRule& rule, std::string_view text);
// What would be right: "a whole number from 0 to 1000".
std::string describe(const ValueRule& rule);

}  // namespace moneytrail
