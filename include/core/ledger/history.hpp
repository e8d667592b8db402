#pragma once

// What came before: everything a rule may ask about the past, and nothing of the present.

#include "ledger/activity.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

namespace moneytrail {

// It holds exactly what has been applied, so "before" needs no argument: evaluate an activity first, then
// apply it. Replay grows one; live, the store fills one for the subjects of a block.
class History {
  public:
    // In chain order. Spam is counted nowhere.
    void apply(const Activity& activity);
    // A repeat key belongs to the transaction that raised it and is freed with its block.
    void hold(const std::string& repeat_key, BlockNumber block_num);
    // Nothing before this time is known of anybody, unless `know_since` says otherwise of a subject.
    void begin(BlockTime time) { begin_ = time; }
    void know_since(const Address& subject, BlockTime time) { known_since_[subject] = time; }
    // What a store remembers of the time before: it cannot be taken back.
    void recall_activities(const Address& subject, std::uint64_t count) { activities_[subject] = count; }
    void recall_largest(const Address& subject, const Token& token, Usd usd);
    void recall_entity_largest(EntityIndex entity, const Token& token, Usd usd);
    void recall_repeat_key(const std::string& repeat_key) { held_.insert(repeat_key); }

    // From when on the subject is watched; none: its history is complete.
    std::optional<BlockTime> known_since(const Address& subject) const;
    bool holds(const std::string& repeat_key) const;
    std::uint64_t activities(const Address& subject) const;
    // A movement that did not pass the gate is no history: a test deposit does not hide the large one.
    bool traded(const Address& subject, const Token& token, Usd gate) const;
    bool entity_traded(EntityIndex entity, const Token& token, Usd gate) const;

    // Takes back what blocks above this one added. Not below what `settle_below` gave up.
    void rollback_above(BlockNumber block_num);
    // Blocks below this one can no longer be taken back.
    void settle_below(BlockNumber block_num);

  private:
    template <class Who>
    struct Key {
        Who who{};
        Address token;  // zero: native
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key<Address>& key) const noexcept;
        std::size_t operator()(const Key<EntityIndex>& key) const noexcept;
    };
    template <class Who>
    using Largest = std::unordered_map<Key<Who>, Usd, KeyHash>;

    struct Counted {
        Address subject;
    };
    template <class Who>
    struct Raised {
        Key<Who> key;
        std::optional<Usd> before;
    };
    struct Held {
        std::string repeat_key;
    };
    using Step = std::variant<Counted, Raised<Address>, Raised<EntityIndex>, Held>;
    struct BlockSteps {
        BlockNumber block_num = 0;
        std::vector<Step> steps;
    };

    std::vector<Step>& steps_of(BlockNumber block_num);
    template <class Who>
    void raise(Largest<Who>& largest, const Key<Who>& key, const Activity& activity);
    void undo(const Step& step);

    std::optional<BlockTime> begin_;
    std::unordered_map<Address, BlockTime> known_since_;
    std::unordered_map<Address, std::uint64_t> activities_;
    // The largest movement so far: one number answers for every gate.
    Largest<Address> largest_;
    Largest<EntityIndex> entity_largest_;
    std::unordered_set<std::string> held_;
    std::deque<BlockSteps> journal_;  // in block order
    std::optional<std::pair<Position, Direction>> last_;
};

}  // namespace moneytrail
