#pragma once

// Keccak-256 as Ethereum uses it (padding 0x01, not that of SHA-3).

#include "base/fixed_bytes.hpp"

namespace moneytrail {

Hash keccak256(ByteView message);

}  // namespace moneytrail
