#pragma once

// Numbers by address in a table that is never changed: millions of entries, looked up for every transfer.

#include "base/fixed_bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace moneytrail {

struct AddressEntry {
    Address address;
    std::uint32_t id = 0;
    friend bool operator==(const AddressEntry&, const AddressEntry&) = default;
};

// Open addressing over two flat arrays, never changed once made: it can be shared between threads.
//
// Memory: there are 2 to 4 slots an entry, a power of two of 25 bytes each (20 address, 4 id, 1 tag). A
// million addresses are 2^21 slots, 52.4 MB, of which 2.1 MB are the tags that nearly every look-up ends in.
class AddressIndex {
  public:
    AddressIndex() = default;
    // Of two entries with one address the last counts.
    explicit AddressIndex(std::span<const AddressEntry> entries);

    std::optional<std::uint32_t> find(const Address& address) const;
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
    std::vector<AddressEntry> slots_;
    std::size_t size_ = 0;
};

}  // namespace moneytrail
