#include "signals/params.hpp"

#include "base/decimal.hpp"

#include <algorithm>

namespace moneytrail::signals {

Usd Params::gate() {
    return usd("min_usd", min_usd_);
}

Usd Params::usd(const std::string& key, Usd fallback) {
    return Usd::cents(decimal(key, 2, fallback.in_cents()));
}

Ratio Params::ratio(const std::string& key, Ratio fallback) {
    // So that a share of anything that is worth at most 1e15 dollars is worth something.
    return up_to(50, key, fallback);
}

Ratio Params::share(const std::string& key, Ratio fallback) {
    return up_to(1, key, fallback);
}

Ratio Params::up_to(std::int64_t most, const std::string& key, Ratio fallback) {
    const Ratio found{decimal(key, 4, fallback.per_10_000)};
    if (found.per_10_000 <= most * 10'000) return found;
    errors_.push_back({key, "expected at most " + std::to_string(most) + ", got '" + values_.at(key) + "'"});
    return fallback;
}

std::uint64_t Params::whole(const std::string& key, std::uint64_t fallback) {
    return whole(key, 0, 1'000'000'000, fallback);
}

std::uint64_t Params::whole(const std::string& key, std::uint64_t least, std::uint64_t most,
                            std::uint64_t fallback) {
    const auto found = static_cast<std::uint64_t>(decimal(key, 0, static_cast<std::int64_t>(fallback)));
    if (found >= least && found <= most) return found;
    errors_.push_back({key, "expected " + std::to_string(least) + " to " + std::to_string(most) + ", got '" +
                                values_.at(key) + "'"});
    return fallback;
}

std::size_t Params::choice(const std::string& key, std::initializer_list<std::string_view> names,
                           std::size_t fallback) {
    const auto* text = find(key);
    if (!text) return fallback;
    const auto found = std::ranges::find(names, *text);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    std::string right;
    for (const auto name : names) right += (right.empty() ? "" : " or ") + std::string{name};
    errors_.push_back({key, "expected " + right + ", got '" + *text + "'"});
    return fallback;
}

const std::string* Params::find(const std::string& key) {
    used_.insert(key);
    const auto found = values_.find(key);
    return found == values_.end() ? nullptr : &found->second;
}

std::int64_t Params::decimal(const std::string& key, int places, std::int64_t fallback) {
    const auto* text = find(key);
    if (!text) return fallback;
    const auto value = parse_decimal(*text, places);
    if (!value)
        errors_.push_back({key, (places == 0 ? std::string{"expected a whole number"}
                                             : "expected a number >= 0 with at most " +
                                                   std::to_string(places) + " decimals") +
                                    ", got '" + *text + "'"});
    return value.value_or(fallback);
}

std::vector<ParamError> Params::errors() const {
    auto all = errors_;
    for (const auto& [key, _] : values_)
        if (!used_.contains(key)) all.push_back({key, "unknown key"});
    return all;
}

}  // namespace moneytrail::signals
