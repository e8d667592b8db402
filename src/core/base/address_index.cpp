#include "base/address_index.hpp"

#include <bit>
#include <cstring>

namespace moneytrail {
namespace {

// At most half full, a look-up reads 2.5 neighbouring tags on average when it misses and fewer when it hits.
constexpr std::size_t kSlotsPerEntry = 2;

template <class T>
T load(const std::uint8_t* bytes) {
    T value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

// Multipliers without structure: the fractions of the square roots of 2, 3 and 5, the first made odd.
constexpr std::uint64_t kMultipliers[] = {0x6a09e667f3bcc909, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b};

// Every one of the 20 bytes reaches every bit that is used: a vanity address differs from another in its last
// bytes only, and a slot number is made of the low bits, the tag of the high ones.
std::uint64_t mix(const Address& address) {
    const std::uint8_t* bytes = address.bytes().data();
    std::uint64_t hash = load<std::uint64_t>(bytes) * kMultipliers[0];
    hash = (hash ^ hash >> 32 ^ load<std::uint64_t>(bytes + 8)) * kMultipliers[1];
    hash = (hash ^ hash >> 32 ^ load<std::uint32_t>(bytes + 16)) * kMultipliers[2];
    hash = (hash ^ hash >> 32) * kMultipliers[0];
    return hash ^ hash >> 32;
}

std::uint8_t tag_of(std::uint64_t hash) {
    const auto tag = static_cast<std::uint8_t>(hash >> 56);
    return tag == 0 ? std::uint8_t{1} : tag;
}

}  // namespace

AddressIndex::AddressIndex(std::span<const AddressEntry> entries) {
    if (entries.empty()) return;
    const std::size_t capacity = std::bit_ceil(entries.size() * kSlotsPerEntry);
    tags_.resize(capacity);
    slots_.resize(capacity);
    for (const AddressEntry& entry : entries) {
        const std::uint64_t hash = mix(entry.address);
        const std::size_t slot = slot_of(entry.address, hash);
        if (tags_[slot] == 0) ++size_;
        tags_[slot] = tag_of(hash);
        slots_[slot] = entry;
    }
}

std::size_t AddressIndex::slot_of(const Address& address, std::uint64_t hash) const {
    const std::size_t mask = tags_.size() - 1;
    const std::uint8_t tag = tag_of(hash);
    std::size_t slot = hash & mask;
    while (tags_[slot] != 0 && (tags_[slot] != tag || slots_[slot].address != address))
        slot = (slot + 1) & mask;
    return slot;
}

std::optional<std::uint32_t> AddressIndex::find(const Address& address) const {
    if (tags_.empty()) return std::nullopt;
    const std::size_t slot = slot_of(address, mix(address));
    if (tags_[slot] == 0) return std::nullopt;
    return slots_[slot].id;
}

}  // namespace moneytrail
