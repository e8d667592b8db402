#pragma once

// Who is followed: the tracked addresses of all entities, looked up several thousand times a block.

#include "base/fixed_bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace moneytrail {

// An index into the table of tracked addresses that the owner of the watch set keeps.
using TrackedId = std::uint32_t;

struct WatchEntry {
    Address address;
    TrackedId id = 0;
    friend bool operator==(const WatchEntry&, const WatchEntry&) = default;
};

// Open addressing over two flat arrays, never changed once made: it can be shared between threads.
//
// Memory: there are 2 to 4 slots an entry, a power of two of 25 bytes each (20 address, 4 id, 1 tag). A
// million addresses are 2^21 slots, 52.4 MB, of which 2.1 MB are the tags that nearly every look-up ends in.
class WatchBase {
  public:
    WatchBase() = default;
    // Of two entries with one address the last counts.
    explicit WatchBase(std::span<const WatchEntry> entries);

    std::optional<TrackedId> find(const Address& address) const;
    std::size_t size() const { return size_; }
    // In no particular order.
    void for_each(const auto& visit) const {
        for (std::size_t i = 0; i < tags_.size(); ++i)
            if (tags_[i] != 0) visit(slots_[i]);
    }

  private:
    // The slot that holds `address`, or the free one where it would be. There must be slots.
    std::size_t slot_of(const Address& address, std::uint64_t hash) const;

    // One byte a slot answers nearly every miss without touching the slot: 0 is free.
    std::vector<std::uint8_t> tags_;
    std::vector<WatchEntry> slots_;
    std::size_t size_ = 0;
};

// The shared base and a small overlay of what changed since it was made.
class WatchSet {
  public:
    WatchSet() : base_{std::make_shared<const WatchBase>()} {}
    explicit WatchSet(std::shared_ptr<const WatchBase> base) : base_{std::move(base)} {}

    std::optional<TrackedId> find(const Address& address) const;
    bool empty() const;

    void add(const WatchEntry& entry);
    void remove(const Address& address);
    std::size_t overlay_size() const { return overlay_.size(); }
    // The base that contains the overlay. It takes a fraction of a second for a million addresses: to be made
    // from a copy of this set, which is cheap, on another thread, and swapped in between blocks.
    std::shared_ptr<const WatchBase> merged() const;

  private:
    std::shared_ptr<const WatchBase> base_;
    // None: removed, and only of addresses that the base has.
    std::unordered_map<Address, std::optional<TrackedId>> overlay_;
};

}  // namespace moneytrail
