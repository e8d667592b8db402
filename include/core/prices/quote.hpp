#pragma once

// A token's price with where it came from.

#include "base/time.hpp"
#include "prices/unit_price.hpp"

#include <array>
#include <cstddef>
#include <unordered_map>

namespace moneytrail {

struct PriceBasis {
    enum class Kind {
        feed,     // a Chainlink answer of the last 24 hours
        assumed,  // USDC, USDT and DAI are a dollar where no feed says otherwise
        pools,
    };
    Kind kind = Kind::feed;
    Usd depth;              // pools: dollars that move them by 2 %, all together
    std::size_t pools = 0;  // whose median it is
};

struct Quote {
    UnitPrice unit;
    std::optional<Price> exact;  // of a whole token, where a feed says it in just these units
    std::uint8_t decimals = 0;   // the token's
    PriceBasis basis;
};

// What was asked since the book last changed, for blocks of one time.
struct QuoteCache {
    BlockTime at{};
    std::array<std::unordered_map<Address, std::optional<Quote>>, 2> by_most_pools;

    void forget() {
        for (auto& quotes : by_most_pools)
            if (!quotes.empty()) quotes.clear();
    }
};

}  // namespace moneytrail
