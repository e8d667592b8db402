#pragma once

// Where blocks come from.

#include "chain/block.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace moneytrail {

// Where a block stands in its source, so that reading can go on behind it another time.
struct SourcePosition {
    std::string file;  // its name, without its folder
    std::uint64_t line = 0;
    friend bool operator==(const SourcePosition&, const SourcePosition&) = default;
};

struct SourcedBlock {
    std::string place;  // for messages: "blocks.jsonl.gz:17"
    Block block;
    SourcePosition position;
};

class BlockSource {
  public:
    virtual ~BlockSource() = default;
    // The next block in the source's order; none: the end. Throws Permanent, naming the place, for what is no
    // block.
    virtual std::optional<SourcedBlock> next() = 0;
    // Goes on behind the block at this position if that is the one with this hash. False: it is not, and the
    // source is anywhere.
    virtual bool skip_behind(const SourcePosition& position, const BlockHash& hash) = 0;
    // To the beginning again.
    virtual void rewind() = 0;
};

}  // namespace moneytrail
