#pragma once

// Runs of bytes of a known length, typed by what they mean.

#include "base/bytes.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <cstring>
#include <functional>
#include <optional>

namespace moneytrail {

// A fixed run of bytes whose Tag keeps an Address from being passed where a Hash is meant.
template <std::size_t Size, class Tag>
class FixedBytes {
  public:
    static constexpr std::size_t kSize = Size;

    constexpr FixedBytes() = default;
    explicit constexpr FixedBytes(const std::array<std::uint8_t, Size>& bytes) : bytes_{bytes} {}

    // Accepts exactly "0x" followed by 2*Size hex digits, in either case.
    static std::optional<FixedBytes> from_hex(std::string_view text) {
        FixedBytes out;
        if (text.size() != 2 + 2 * Size || !text.starts_with("0x")) return std::nullopt;
        if (!decode_hex(text.substr(2), out.bytes_.data())) return std::nullopt;
        return out;
    }

    // The first Size bytes of `bytes`, which has that many.
    static FixedBytes from_bytes(ByteView bytes) {
        FixedBytes out;
        std::copy_n(bytes.begin(), Size, out.bytes_.begin());
        return out;
    }

    std::string to_hex() const { return moneytrail::to_hex(bytes_); }
    constexpr const std::array<std::uint8_t, Size>& bytes() const { return bytes_; }
    constexpr std::array<std::uint8_t, Size>& bytes() { return bytes_; }
    constexpr bool is_zero() const { return *this == FixedBytes{}; }

    friend constexpr auto operator<=>(const FixedBytes&, const FixedBytes&) = default;

  private:
    std::array<std::uint8_t, Size> bytes_{};
};

using Address = FixedBytes<20, struct AddressTag>;
using TxHash = FixedBytes<32, struct TxHashTag>;
using BlockHash = FixedBytes<32, struct BlockHashTag>;
using Hash = FixedBytes<32, struct HashTag>;  // of anything else: roots, code, signing payloads
using Word = FixedBytes<32, struct WordTag>;  // an EVM word; as a number, big-endian
using Bloom = FixedBytes<256, struct BloomTag>;

// A constant from its digits, without 0x.
template <class Fixed>
consteval Fixed fixed_literal(std::string_view digits) {
    std::array<std::uint8_t, Fixed::kSize> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(hex_digit(digits[2 * i]) << 4 | hex_digit(digits[2 * i + 1]));
    return Fixed{bytes};
}

// "0xd8dA6BF2…" with the upper case of EIP-55.
std::string to_checksum_hex(const Address& address);

}  // namespace moneytrail

// Seeded by nothing: fine for values that a hash function made or a user chose.
template <std::size_t Size, class Tag>
struct std::hash<moneytrail::FixedBytes<Size, Tag>> {
    std::size_t operator()(const moneytrail::FixedBytes<Size, Tag>& value) const noexcept {
        const auto& bytes = value.bytes();
        return std::hash<std::string_view>{}({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    }
};
