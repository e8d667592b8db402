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
};

// Open addressing over two flat arrays, never changed once made: it can be shared between threads.
class WatchBase {
  public:
    WatchBase() = default;
    // Of two entries with one address the last counts.
    explicit WatchBase(std::span<const WatchEntry> entries);

    std::optional<TrackedId> find(const Address& address) const;
    std::size_t size() const { return size_; }
    void for_each(const auto& visit) const {
        for (std::size_t i = 0; i < tags_.size(); ++i)
            if (tags_[i] != 0) visit(slots_[i]);
    }

  private:
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
    // The base that contains the overlay: made off the loop, swapped in between blocks.
    std::shared_ptr<const WatchBase> merged() const;

  private:
    std::shared_ptr<const WatchBase> base_;
    std::unordered_map<Address, std::optional<TrackedId>> overlay_;  // none: removed
};

}  // namespace moneytrail
