#pragma once

// What tokens are worth at a block's start, learned from the chain itself.

#include "base/amount.hpp"
#include "base/time.hpp"
#include "base/tokens.hpp"
#include "chain/block.hpp"

#include <deque>
#include <optional>

namespace moneytrail {

// Frozen while a block is judged: `apply` it afterwards. Today it knows ETH (and WETH) from Chainlink's
// ETH / USD answers, and takes USDC, USDT and DAI for a dollar.
class PriceBook {
  public:
    // None: unpriced. `contract` is none for the native coin; `at` is the time of the block that is judged. A
    // price learned more than 24 hours of block time earlier is no price.
    std::optional<Price> price(const std::optional<Address>& contract, BlockTime at) const;

    // Cents of so many raw units; none when the token or its decimals are unknown or the value is absurd.
    std::optional<Usd> value(const std::optional<Address>& contract, const Raw& amount,
                             const TokenList& tokens, BlockTime at) const;

    // What the block taught about ETH, if anything.
    std::optional<Price> apply(const Block& block);
    // As if a block of this number and time had taught it: for a start from what was stored.
    void learn(BlockNumber block_num, BlockTime time, Price price);
    void rollback_above(BlockNumber block_num);

  private:
    struct Answer {
        BlockNumber block_num = 0;
        BlockTime time;
        Price price;
    };

    std::deque<Answer> eth_;  // at most one a block, in block order; only the newest counts
};

}  // namespace moneytrail
