#pragma once

// What a pool's state says: the ratio of its tokens, how deep it is, whether it is out of the ordinary.

#include "prices/unit_price.hpp"
#include "prices/update.hpp"

namespace moneytrail {

// Amounts beyond are no amounts of a token that anybody could price.
constexpr unsigned kAmountBits = 128;
constexpr unsigned kSqrtPriceBits = 160;

enum class Side { token0, token1 };

// Of the token on the other side, when `known` is that of a token on this one. None: the pool has no price.
std::optional<UnitPrice> price_across(const PriceUpdate& pool, Side side, const UnitPrice& known);

// Raw units of the token on this side that move the price by 2 %, at most what the pool has of it for
// certain.
Wide depth_amount(const PriceUpdate& pool, Side side);

// Raw units that the pool has for certain of the token on this side.
Wide holdings(const PriceUpdate& pool, Side side);

// Raises what a Uniswap V3 or V4 pool is proven to hold by what its liquidity means between two ticks.
void prove_holdings(PriceUpdate& pool);

// Notes the pool's new ratio beside those of the last seven days, and since when it is more than three times
// away from their median.
void compare_with_past(PriceUpdate& pool, BlockNumber block_num, BlockTime time);

}  // namespace moneytrail
