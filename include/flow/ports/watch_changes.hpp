#pragma once

// What changes on the watch list, and in which parts a running daemon takes it up.

#include "base/fixed_bytes.hpp"
#include "chain/position.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace moneytrail {

struct WatchedAddress {
    Address address;
    std::string entity;
    std::string label;
    BlockNumber effective_from = 0;  // the first block in which it is judged
};

// What stands on the watch list after a change.
struct WatchChange {
    WatchedAddress watched;
    bool removed = false;
};

// How far the changes are taken up, in the order of the version that each raised and of its address.
struct WatchCursor {
    std::uint64_t version = 0;
    Address address;
    friend bool operator==(const WatchCursor&, const WatchCursor&) = default;
};

// Behind all changes of that version and those before it.
inline WatchCursor end_of(std::uint64_t version) {
    WatchCursor out{.version = version, .address = {}};
    out.address.bytes().fill(0xff);
    return out;
}

// So that a block waits some milliseconds for a part, however long the list that was imported.
constexpr std::size_t kMaxWatchPart = 4096;

struct WatchQuestion {
    WatchCursor behind;
    std::vector<Address> about;  // whose changes are wanted wherever they stand
    std::size_t most = kMaxWatchPart;
};

// The next changes behind a cursor, at most so many, and those of the addresses asked for. An address may
// come twice; the later one counts.
struct WatchChanges {
    std::uint64_t version = 0;  // the list's
    WatchCursor up_to;          // where to go on
    bool is_all = true;         // nothing is left behind it
    std::vector<WatchChange> changes;
};

}  // namespace moneytrail
