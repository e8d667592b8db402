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
struct ForksBelow {
    BlockNumber number;  // our block at this number is no longer canonical
};
struct BelowWindow {};  // deeper than is remembered: a person must look
using HeaderVerdict = std::variant<Extends, AlreadyKnown, Gap, ForksBelow, BelowWindow>;

class ChainWindow {
  public:
    static constexpr std::size_t kDepth = 256;

    explicit ChainWindow(std::size_t depth) : depth_{depth} {}

    HeaderVerdict classify(const BlockLink& block) const;
    // Whether a block with this number and hash is in the window.
    bool contains(BlockNumber number, const BlockHash& hash) const;
    std::optional<BlockLink> tip() const;
    // The lowest number that is still remembered; none when empty.
    std::optional<BlockNumber> lowest() const;

    void push(const BlockLink& block);  // must extend the chain
    void truncate_above(BlockNumber number);
    void restart_at(const BlockLink& block);  // behind a gap

  private:
    std::size_t depth_;
    std::deque<BlockLink> blocks_;  // contiguous: each is the parent of the next
};

}  // namespace moneytrail
