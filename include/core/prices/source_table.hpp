#pragma once

// The newest state of every price source, by contract and by token, and what a fork takes back.

#include "prices/update.hpp"

#include <deque>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace moneytrail {

class SourceTable {
  public:
    // What is idle for longer is no longer known, whether or not it was already swept.
    static constexpr std::chrono::days kForgotten{30};

    // A contract has one source, or one for each pair of tokens that it exchanges. Valid until `put`.
    std::span<const PriceUpdate> of(const Word& id) const;
    const PriceUpdate* find(const PriceSource& source) const;
    // The pools that exchange the token.
    std::span<const Word> pools_of(const Address& token) const;

    // Updates come in block order.
    void put(const PriceUpdate& update);
    void rollback_above(BlockNumber block_num);
    void forget_pools();

    // All of them, sorted by source.
    std::vector<PriceUpdate> newest() const;

  private:
    // Contracts are free to pretend: what is beyond these bounds is not learned.
    static constexpr std::size_t kMostIds = 500'000;
    static constexpr std::size_t kMostPairs = 32;

    struct Undo {
        BlockNumber block_num = 0;
        PriceSource source;
        std::optional<PriceUpdate> before;  // none: it was not known
    };

    bool set(const PriceUpdate& update);
    void erase(const PriceSource& source);
    void index(const Address& token, const Word& id);
    void drop_index(const Address& token, const Word& id);
    void sweep(BlockTime now);

    std::unordered_map<Word, std::vector<PriceUpdate>> by_id_;
    std::unordered_map<Address, std::vector<Word>> by_token_;
    std::deque<Undo> undo_;  // in block order, no deeper than a reorg can reach
    BlockTime swept_{};
};

// "0x…" of an address as the id of its source.
Word source_id(const Address& address);

}  // namespace moneytrail
