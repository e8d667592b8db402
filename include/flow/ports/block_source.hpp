#pragma once

// Where blocks come from.

#include "chain/block.hpp"

#include <optional>
#include <string>

namespace moneytrail {

struct SourcedBlock {
    std::string place;  // for messages: "blocks.jsonl.gz:17"
    Block block;
};

class BlockSource {
  public:
    virtual ~BlockSource() = default;
    // The next block in the source's order; none: the end. Throws Permanent, naming the place, for what is no
    // block.
    virtual std::optional<SourcedBlock> next() = 0;
};

}  // namespace moneytrail
