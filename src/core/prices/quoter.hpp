#pragma once

// Works out what a token is worth from what the sources say.

#include "base/tokens.hpp"
#include "prices/feeds.hpp"
#include "prices/quote.hpp"
#include "prices/source_table.hpp"

namespace moneytrail {

// None: unknown. WETH has 18 whatever the list says.
std::optional<std::uint8_t> decimals_of(const TokenList& tokens, const Address& token);

bool is_dollar(const Address& token);  // USDC, USDT, DAI

class Quoter {
  public:
    Quoter(const Feeds& feeds, const TokenList& tokens, const SourceTable& sources, QuoteCache& cache,
           BlockTime at);

    // None: unpriced.
    std::optional<Quote> quote(const Address& token) { return quote(token, 2); }

  private:
    struct Offer;  // what one pool says

    // Over at most so many pools, 1 or 2, from a token that is priced without the others.
    std::optional<Quote> quote(const Address& token, std::size_t most_pools);
    std::optional<Quote> by_feed(const Address& token);
    std::optional<Quote> answer_of(const Feed& feed, const PriceUpdate& told, std::uint8_t decimals);
    std::optional<Quote> by_pools(const Address& token, std::uint8_t decimals, std::size_t most_pools);
    std::optional<Offer> offer(const PriceUpdate& pool, const Address& token, std::size_t most_pools);
    std::optional<Quote> across(const Address& token, const Address& other, std::size_t most_pools);
    static void limit_by_bottlenecks(std::vector<Offer>& offers);
    bool is_fresh(const PriceUpdate& update) const;

    const Feeds& feeds_;
    const TokenList& tokens_;
    const SourceTable& sources_;
    QuoteCache& cache_;
    BlockTime at_;
};

}  // namespace moneytrail
