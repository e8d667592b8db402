#pragma once

// What a block's logs and transfers teach about prices, on top of what was known at its start.

#include "base/tokens.hpp"
#include "chain/transfers.hpp"
#include "prices/feeds.hpp"
#include "prices/quote.hpp"
#include "prices/source_table.hpp"

#include <functional>
#include <span>

namespace moneytrail {

class Lessons {
  public:
    // What a token is worth at the block's start.
    using Worth = std::function<std::optional<Quote>(const Address& token)>;

    Lessons(const Block& block, std::span<const Transfer> transfers, const SourceTable& sources,
            const Feeds& feeds, const TokenList& tokens, Worth worth)
        : block_{block},
          transfers_{transfers},
          sources_{sources},
          feeds_{feeds},
          tokens_{tokens},
          worth_{std::move(worth)} {}

    // Sorted by source, each once.
    std::vector<PriceUpdate> learn();

  private:
    using Pairs = std::vector<PriceUpdate>;
    enum class Flow { in, out };  // as the pool sees it
    enum class Curve { stable, any };

    // What a pool took and what it gave for it.
    struct Exchange {
        Word pool;
        Address sold;
        Raw sold_amount;
        Address bought;
        Raw bought_amount;
        Curve curve = Curve::any;
    };

    void follow_transfers();
    static void move_held(PriceUpdate& pool, const Address& token, const Raw& amount, Flow flow);
    void take(const Log& log);
    void take_of_pool(const Log& log);
    void take_answer(const Log& log, const Word& answer);
    void take_pair(const Address& pool, std::span<const Address> tokens);
    void take_sync(const Log& log);
    void take_pool(const Address& pool, std::span<const Address> tokens);
    void take_v3_price(const Log& log, const Word& root, const Word& liquidity, const Word& tick);
    void take_v3_liquidity(const Log& log, const Word& amount, Flow flow);
    void take_of_v4(const Log& log);
    void take_v4_initialize(const Log& log);
    void take_v4_swap(const Log& log);
    void take_v4_liquidity(const Log& log);
    void take_exchange(const Log& log);
    void take_curve(const Log& log, Curve curve);
    void take_balancer_swap(const Log& log);
    void take_balancer_change(const Log& log);

    Pairs* touch(const Word& id);
    PriceUpdate* only(const Word& id, PriceSource::Kind kind);
    PriceUpdate& add(const PriceSource& source);
    void tell(PriceUpdate& pool);
    void set_price(PriceUpdate& pool, const Word& root, const Word& liquidity, const Word& tick);
    static void change_liquidity(PriceUpdate& pool, const Word& lower, const Word& upper, const Raw& amount,
                                 Flow flow);
    static void forget_held(PriceUpdate& pool);
    void record(const Exchange& exchange);
    bool is_large(const Exchange& exchange) const;
    bool is_near_par(const Exchange& exchange) const;
    std::vector<Address> tokens_at(const Address& pool) const;
    std::span<const Transfer> of_transaction() const;

    const Block& block_;
    std::span<const Transfer> transfers_;
    const SourceTable& sources_;
    const Feeds& feeds_;
    const TokenList& tokens_;
    Worth worth_;
    std::uint32_t txn_index_ = 0;
    std::unordered_map<Word, Pairs> touched_;
};

}  // namespace moneytrail
