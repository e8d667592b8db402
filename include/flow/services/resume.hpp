#pragma once

// Where a source is read on after a start.

#include "ports/block_source.hpp"
#include "ports/store.hpp"

namespace moneytrail {

// Brings the source behind the block that the store ends with: to where it was read if it is still there,
// else behind the last place at which the chain that the source tells ends with it. False: the source does
// not have the block, and begins anew.
bool go_on_behind(BlockSource& source, const StoredChain& stored, std::uint64_t chain_id);

}  // namespace moneytrail
