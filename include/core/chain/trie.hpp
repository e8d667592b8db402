#pragma once

// The root of the Merkle-Patricia tree in which a block keeps its transactions, receipts or withdrawals.

#include "base/bytes.hpp"
#include "base/fixed_bytes.hpp"

namespace moneytrail {

// Of the tree that has values[i] at the key rlp(i) (Yellow Paper, appendix D). No value is empty.
Hash ordered_root(std::span<const ByteView> values);

}  // namespace moneytrail
