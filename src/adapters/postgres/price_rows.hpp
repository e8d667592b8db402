#pragma once

// What blocks taught about prices, as rows (tables of 006_prices.sql).

#include "ports/store.hpp"
#include "postgres/database.hpp"

namespace moneytrail::postgres {

// Behind a gap the pools of the blocks before it are forgotten, those of this batch included.
void write_prices(Work& tx, std::uint64_t chain_id, const std::vector<BlockRecord>& blocks);

// In block order, at most one that is older than the roll-ups for each source.
std::vector<PriceUpdate> load_prices(Work& tx, std::uint64_t chain_id);

// Of blocks above `from`, up to `to`.
void roll_up_prices(Work& tx, std::uint64_t chain_id, std::int64_t from, std::int64_t to);

}  // namespace moneytrail::postgres
