#pragma once

// The watch list in the database: who is followed on a chain, by configuration or by a user's word.

#include "ports/store.hpp"
#include "postgres/database.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace moneytrail::postgres {

// Every change raises chain.watch_version in its transaction, so that a running daemon takes it up before its
// next block; what changes nothing does not. The chain's row is locked meanwhile: callers need no lease. An
// address is judged from the block behind the tip on, or from the first one where there is none.

struct RootsSynced {
    std::uint64_t added = 0;         // or taken over from a user
    std::uint64_t returned = 0;      // no longer configured, and the user's who had added it before
    std::uint64_t removed = 0;       // no longer configured, and no longer watched
    std::vector<std::string> notes;  // what a root won over: another entity, or a user's removal
};

// Makes the roots of the list those of the configuration, whose entities `roots` name, each address once. A
// root wins over what a user added or removed; when it goes from the configuration, it goes from the list,
// unless a user had added it before.
RootsSynced sync_roots(Work& tx, std::uint64_t chain_id, std::span<const WatchedAddress> roots);

// An address that stays with its root.
struct RootConflict {
    Address address;
    std::string entity;   // that it was to be added to
    std::string root_of;  // that it belongs to
};

struct Added {
    std::uint64_t added = 0;
    std::uint64_t restored = 0;           // had been removed
    std::uint64_t changed = 0;            // another entity or label
    std::vector<RootConflict> conflicts;  // by address
};

// A user's addresses, each once, of entities that the caller knows. Lifts removals. A label that is empty
// leaves the one there is.
Added add_addresses(Work& tx, std::uint64_t chain_id, std::span<const WatchedAddress> addresses);

enum class Removed {
    now,
    before,   // already
    unknown,  // was never on the list
    is_root,  // only the configuration can take it out
};

// The address stays on record as removed, so that nothing but add_addresses adds it again.
Removed remove_address(Work& tx, std::uint64_t chain_id, const Address& address);

enum class WatchMethod { root, user };

struct WatchListRow {
    WatchedAddress watched;
    WatchMethod method = WatchMethod::user;
    BlockNumber effective_from = 0;
    std::optional<BlockTime> known_since;  // none: no block was judged with it yet
};

// What is watched, by entity and address.
std::vector<WatchListRow> list_addresses(Work& tx, std::uint64_t chain_id,
                                         const std::optional<std::string>& entity);

}  // namespace moneytrail::postgres
