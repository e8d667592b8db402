#pragma once

// Where a transaction that has no recipient puts the contract that it creates.

#include "chain/block.hpp"

namespace moneytrail {

// Yellow Paper, section 7: by the sender and its nonce. None: it creates nothing, or what decides is not
// given or not known.
std::optional<Address> created_address(const Transaction& txn);

}  // namespace moneytrail
