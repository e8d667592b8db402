#pragma once

// What the writes of a chain store share: each within a transaction that has locked the chain's row.

#include "chain/block.hpp"
#include "ledger/pair_day.hpp"
#include "postgres/database.hpp"

namespace moneytrail::postgres {

// Blocks above `ancestor` go with all that hangs on them, -1: all; roll-ups stay. `old_tip`: the last of
// them.
void roll_back(Work& tx, std::uint64_t chain_id, std::int64_t ancestor, BlockNumber old_tip);

// Sums up some more blocks that no fork can reach any more. False: there are none.
bool roll_up_step(Work& tx, std::uint64_t chain_id, const PairGates& gates);

}  // namespace moneytrail::postgres
