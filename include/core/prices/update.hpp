#pragma once

// What one block taught about prices: the new state of each source that it touched.

#include "base/amount.hpp"
#include "base/time.hpp"
#include "chain/block.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <string_view>

namespace moneytrail {

// A ratio's order of magnitude, at a day: enough to say whether another one is three times as large. The
// place of the highest bit above 22 bits of what follows it; zero: none was seen that day.
using RoughRatio = std::uint32_t;
constexpr std::size_t kPastDays = 7;
using PastRatios = std::array<RoughRatio, kPastDays>;  // by day since 1970 modulo 7

// Who says it: a feed's aggregator, a pool, or a pair of tokens of a pool with several.
struct PriceSource {
    enum class Kind : std::uint8_t {
        feed,       // a Chainlink aggregator
        reserves,   // a pair with Uniswap V2's Sync
        liquidity,  // a pool with Uniswap V3's or V4's Swap
        executed,   // a pair of tokens that a Curve or Balancer pool exchanged
    };
    Kind kind = Kind::feed;
    Word id;         // the contract's address right-aligned, or the pool id of Uniswap V4 and Balancer
    Address token0;  // in the pool's own order, WETH for the native coin; both zero of a feed
    Address token1;
    friend auto operator<=>(const PriceSource&, const PriceSource&) = default;
};

std::string_view to_string(PriceSource::Kind kind);  // "feed", "reserves", …

// Numbers are raw units. A source's newest update says all that is known of it.
struct PriceUpdate {
    BlockNumber block_num = 0;
    BlockTime time{};
    BlockTime priced{};  // when the source last told a price: what it holds can change without
    PriceSource source;
    Raw first;   // feed: the answer, zero when it was none · reserves: token0's · executed: of token0 ·
                 // liquidity: the square root of token1 per token0, times 2^96
    Raw second;  // reserves: token1's · executed: of token1 · liquidity: in range
    Raw held0;   // executed, liquidity: the pool is proven to hold at least this much
    Raw held1;
    std::int32_t tick = 0;  // liquidity
    std::int32_t tick_spacing = 0;
    PastRatios past{};          // of token1 per token0, at the first update of each of the last days
    std::int32_t past_day = 0;  // the newest of them
    BlockNumber odd_since = 0;  // since this block the ratio is far from the past's median; zero: it is not
    friend bool operator==(const PriceUpdate&, const PriceUpdate&) = default;
};

}  // namespace moneytrail
