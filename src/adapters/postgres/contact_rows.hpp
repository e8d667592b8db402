#pragma once

// Dealings with organisations, as rows (table contact of 004_dealings.sql and 011_initiative.sql).

#include "ports/store.hpp"
#include "postgres/database.hpp"

namespace moneytrail::postgres {

// One statement.
void write_contacts(Work& tx, std::uint64_t chain_id, const std::vector<BlockRecord>& blocks);

// Fills in what `history` is to know of organisations: two statements.
void recall_contacts(Work& tx, std::uint64_t chain_id, const HistoryQuery& question, History& history);

}  // namespace moneytrail::postgres
