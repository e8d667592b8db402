#pragma once

// The last few blocks of the followed chain, enough to recognise a reorg without asking anybody.

#include "chain/block.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <variant>

namespace moneytrail {

struct BlockLink {
    BlockNumber number = 0;
    BlockHash hash;
    std::optional<BlockHash> parent;  // none: not given, so it cannot contradict
};

// What a header means for the chain that is already followed.
struct Extends {};
struct AlreadyKnown {};
struct Gap {
    BlockNumber first_missing;
};
// Our block at this number is no longer canonical, and those below it may not be either: the caller walks
// parents until `ancestor_of` knows one.
struct ForksBelow {
    BlockNumber number;
};
struct BelowWindow {};  // deeper than is remembered: a person must look
using HeaderVerdict = std::variant<Extends, AlreadyKnown, Gap, ForksBelow, BelowWindow>;

class ChainWindow {
  public:
    static constexpr std::size_t kDepth = 256;

    // Remembers the last `depth` blocks, at least one.
    explicit ChainWindow(std::size_t depth);

    // Anything extends an empty window.
    HeaderVerdict classify(const BlockLink& block) const;
    // The number of the block's parent when that parent is on our chain, so that the chain up to it stays.
    // The parent of the lowest block counts too: its hash is known though it is not held any more.
    std::optional<BlockNumber> ancestor_of(const BlockLink& block) const;
    // Whether a block with this number and hash is in the window.
    bool contains(BlockNumber number, const BlockHash& hash) const;
    std::optional<BlockLink> tip() const;
    // The block of this number, when it is remembered.
    std::optional<BlockLink> find(BlockNumber number) const;
    // The lowest number that is still remembered; none when empty.
    std::optional<BlockNumber> lowest() const;

    void push(const BlockLink& block);  // must extend the chain
    void truncate_above(BlockNumber number);
    void restart_at(const BlockLink& block);  // behind a gap

  private:
    // Our block at `number`; null when it is not in the window.
    const BlockLink* at(BlockNumber number) const;

    std::size_t depth_;
    std::deque<BlockLink> blocks_;  // contiguous: each is the parent of the next
};

}  // namespace moneytrail
