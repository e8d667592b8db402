#pragma once

// What rules ask of a subject's dealings with others, in the tables of 004_dealings.sql.

#include "ports/store.hpp"
#include "postgres/database.hpp"

namespace moneytrail::postgres {

// What a batch adds to contact and first_contact: two statements.
void write_dealings(Work& tx, std::uint64_t chain_id, const std::vector<BlockRecord>& blocks);

// Fills in what `history` is to know of organisations, pairs and look-alikes: five statements.
void recall_dealings(Work& tx, std::uint64_t chain_id, const HistoryQuery& question, const PairGates& gates,
                     History& history);

// Adds blocks `from` to `to` to pair_day.
void roll_up_pairs(Work& tx, std::uint64_t chain_id, const PairGates& gates, std::int64_t from,
                   std::int64_t to);

// Makes pair_day anew when it was counted by other gates.
void recount_pairs(Work& tx, std::uint64_t chain_id, const PairGates& gates);

}  // namespace moneytrail::postgres
