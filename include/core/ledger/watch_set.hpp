#pragma once

// Who is followed: the tracked addresses of all entities, looked up several thousand times a block.

#include "base/address_index.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>

namespace moneytrail {

// An index into the table of tracked addresses that the owner of the watch set keeps.
using TrackedId = std::uint32_t;

// The shared base and a small overlay of what changed since it was made.
class WatchSet {
  public:
    WatchSet() : base_{std::make_shared<const AddressIndex>()} {}
    explicit WatchSet(std::shared_ptr<const AddressIndex> base) : base_{std::move(base)} {}

    std::optional<TrackedId> find(const Address& address) const;
    bool empty() const;

    void add(const AddressEntry& entry);
    void remove(const Address& address);
    std::size_t overlay_size() const { return overlay_.size(); }
    // The base that contains the overlay. It takes a fraction of a second for a million addresses: to be made
    // from a copy of this set, which is cheap, on another thread, and swapped in between blocks.
    std::shared_ptr<const AddressIndex> merged() const;

  private:
    std::shared_ptr<const AddressIndex> base_;
    // None: removed, and only of addresses that the base has.
    std::unordered_map<Address, std::optional<TrackedId>> overlay_;
};

}  // namespace moneytrail
