#pragma once

// Alerts and their deliveries, written with the block that raises, revises or withdraws them.

#include "ports/store.hpp"
#include "postgres/database.hpp"

namespace moneytrail::postgres {

// Raised for the first time, mined again, or brought back: an alert's next revision, where anything has
// changed.
void write_alerts(Work& tx, std::uint64_t chain_id, const std::vector<BlockRecord>& blocks);

// Alerts that forks up to this tip took off the chain, and that are still off it: their channels are to take
// them back.
void withdraw(Work& tx, std::uint64_t chain_id, BlockNumber retracted_up_to);

}  // namespace moneytrail::postgres
