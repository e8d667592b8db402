#pragma once

// Who is followed and to whom each tracked address belongs.

#include "base/usd.hpp"
#include "chain/position.hpp"
#include "ledger/watch_set.hpp"

#include <string>
#include <vector>

namespace moneytrail {

using EntityIndex = std::uint32_t;

struct Entity {
    std::string id;  // [a-z0-9-]{1,32}
    std::string name;
    std::optional<Usd> aum;  // assets under management, as configured
};

struct TrackedAddress {
    Address address;
    EntityIndex entity = 0;
    std::string label;               // empty: none was given
    BlockNumber effective_from = 0;  // a fork can reach below the block in which it was added
};

struct Following {
    std::vector<Entity> entities;
    std::vector<TrackedAddress> tracked;  // a TrackedId is an index into it
    WatchSet watch;
    std::vector<TrackedId> free = {};  // places in `tracked` of who was dropped

    // In place of what was known of the address, if anything was.
    void put(TrackedAddress each);
    // Who was not followed may be dropped too.
    void drop(const Address& address);
    // Behind many changes: look-ups are fast, and little memory is used, when few are left to be looked up in
    // two places. Of a million addresses it takes a fraction of a second, and is due after a quarter of them
    // changed.
    void settle();

    const TrackedAddress* find(const Address& address) const;
    // None also where the block is not judged with the address.
    const TrackedAddress* find(const Address& address, BlockNumber block_num) const;
};

// The watch set is made from `tracked`. Of two claims on one address the later counts.
Following follow(std::vector<Entity> entities, std::vector<TrackedAddress> tracked);

}  // namespace moneytrail
