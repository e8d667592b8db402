#pragma once

// The watch list as a daemon reads it.

#include "ports/watch_changes.hpp"
#include "postgres/database.hpp"

#include <vector>

namespace moneytrail::postgres {

std::uint64_t watch_version(Work& tx, std::uint64_t chain_id);

// All of it, in the order of addresses.
std::vector<WatchedAddress> load_watched(Work& tx, std::uint64_t chain_id);

WatchChanges load_changes(Work& tx, std::uint64_t chain_id, const WatchQuestion& question);

}  // namespace moneytrail::postgres
