#pragma once

// What tokens are worth at a block's start, learned from the chain itself.

#include "base/tokens.hpp"
#include "chain/transfers.hpp"
#include "prices/feeds.hpp"
#include "prices/quote.hpp"
#include "prices/source_table.hpp"

#include <span>

namespace moneytrail {

// Frozen while a block is judged: `apply` it afterwards. Every price is one of (reference: science.md,
// section 6) a feed's answer; a dollar; or the depth-weighted median of what pools say whose other token has
// a price, over at most two pools from a token with a feed, a stable coin, WETH or WBTC. `contract` is none
// for the native coin, which is worth what WETH is; `at` is the time of the block that is judged. Nothing
// that was learned more than 24 hours of block time earlier is believed.
class PriceBook {
  public:
    // Both outlive the book.
    PriceBook(const Feeds& feeds, const TokenList& tokens) : feeds_{&feeds}, tokens_{&tokens} {}

    // None: unpriced, of unknown decimals, or under 1e-8 dollars.
    std::optional<Price> price(const std::optional<Address>& contract, BlockTime at) const;

    // Cents of so many raw units; none when unpriced, of unknown decimals or absurd. What only pools price is
    // worth at most their depth, however much of it there is: as much can be had for it, and nobody knows
    // about the rest. Such a value is a lower bound.
    std::optional<Usd> value(const std::optional<Address>& contract, const Raw& amount, BlockTime at) const;

    // Whether that was such a lower bound.
    bool is_capped(const std::optional<Address>& contract, const Raw& amount, BlockTime at) const;

    // None: unpriced.
    std::optional<PriceBasis> basis(const std::optional<Address>& contract, BlockTime at) const;

    // The address is a token that stands for a share in a pool: a Uniswap V2 pair, a Curve or Balancer pool.
    bool is_pool_share(const Address& address) const;
    // Dollars that such a pool is known to hold, by the worth of its better priced side; none: unknown.
    std::optional<Usd> pool_holdings(const Address& address, BlockTime at) const;

    // Learns from a block that was judged and says what: at most one update a source. `transfers` are all of
    // the block.
    std::vector<PriceUpdate> apply(const Block& block, std::span<const Transfer> transfers);
    // As if the block had been seen: for a start from what was stored. In block order.
    void learn(const PriceUpdate& update);
    void rollback_above(BlockNumber block_num);
    // Behind a gap nobody knows what happened in the pools. Feeds stay.
    void forget_pools();

    // What a book that learns all of it knows as well, sorted by source.
    std::vector<PriceUpdate> newest() const { return sources_.newest(); }

  private:
    std::optional<Quote> quote(const std::optional<Address>& contract, BlockTime at) const;

    const Feeds* feeds_;
    const TokenList* tokens_;
    SourceTable sources_;
    mutable QuoteCache cache_;  // only what is asked for is worked out, and once a block
};

}  // namespace moneytrail
