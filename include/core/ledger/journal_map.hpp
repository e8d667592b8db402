#pragma once

// A map that remembers what each block changed, so that a fork can take it back.

#include "chain/position.hpp"

#include <deque>
#include <optional>
#include <unordered_map>
#include <utility>

namespace moneytrail {

template <class Key, class Value, class Hash = std::hash<Key>>
class JournalMap {
  public:
    // Null: there is none.
    const Value* find(const Key& key) const {
        const auto found = map_.find(key);
        return found == map_.end() ? nullptr : &found->second;
    }
    // Blocks come in order.
    void set(const Key& key, Value value, BlockNumber block_num) {
        const auto [entry, is_new] = map_.try_emplace(key);
        journal_.push_back({block_num, key, is_new ? std::nullopt : std::optional{std::move(entry->second)}});
        entry->second = std::move(value);
    }
    // From before all blocks that can be taken back.
    void recall(const Key& key, Value value) { map_[key] = std::move(value); }

    void rollback_above(BlockNumber block_num) {
        for (; !journal_.empty() && journal_.back().block_num > block_num; journal_.pop_back()) {
            auto& last = journal_.back();
            if (last.before)
                map_[last.key] = std::move(*last.before);
            else
                map_.erase(last.key);
        }
    }
    // Blocks below this one can no longer be taken back.
    void settle_below(BlockNumber block_num) {
        while (!journal_.empty() && journal_.front().block_num < block_num) journal_.pop_front();
    }

  private:
    struct Change {
        BlockNumber block_num = 0;
        Key key;
        std::optional<Value> before;
    };

    std::unordered_map<Key, Value, Hash> map_;
    std::deque<Change> journal_;  // in block order
};

}  // namespace moneytrail
