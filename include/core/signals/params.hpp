#pragma once

// The settings of one signal, read from text and checked once.

#include "base/usd.hpp"

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace moneytrail::signals {

struct ParamError {
    std::string key;
    std::string why;  // what was found and what would be right
};

// Every bad or unknown key is remembered, so one run reports them all.
class Params {
  public:
    // `min_usd` is the gate that a signal has when it does not set one of its own.
    Params(std::map<std::string, std::string> values, Usd min_usd)
        : values_{std::move(values)}, min_usd_{min_usd} {}

    Usd gate();                                           // key min_usd
    Usd usd(const std::string& key, Usd fallback);        // dollars, at most 2 decimals
    Ratio ratio(const std::string& key, Ratio fallback);  // at most 4 decimals, and at most 50
    Ratio share(const std::string& key, Ratio fallback);  // the same, at most 1
    std::uint64_t whole(const std::string& key, std::uint64_t fallback);  // 0 to 1 000 000 000
    std::uint64_t whole(const std::string& key, std::uint64_t least, std::uint64_t most,
                        std::uint64_t fallback);
    // One of `names`, by its index.
    std::size_t choice(const std::string& key, std::initializer_list<std::string_view> names,
                       std::size_t fallback);

    std::vector<ParamError> errors() const;

  private:
    const std::string* find(const std::string& key);
    std::int64_t decimal(const std::string& key, int places, std::int64_t fallback);
    Ratio up_to(std::int64_t most, const std::string& key, Ratio fallback);

    std::map<std::string, std::string> values_;
    Usd min_usd_;
    std::set<std::string> used_;
    std::vector<ParamError> errors_;
};

}  // namespace moneytrail::signals
