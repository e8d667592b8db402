#include "base/fixed_bytes.hpp"

#include "base/keccak.hpp"

namespace moneytrail {

// Source: EIP-55. A letter is upper case where the hash of the lower-case digits has a nibble of 8 or more.
std::string to_checksum_hex(const Address& address) {
    auto text = address.to_hex();
    const std::string_view digits = std::string_view{text}.substr(2);
    const auto hash = keccak256({reinterpret_cast<const std::uint8_t*>(digits.data()), digits.size()});
    for (std::size_t i = 0; i < 2 * Address::kSize; ++i) {
        auto& digit = text[2 + i];
        const auto byte = hash.bytes()[i / 2];
        const auto nibble = i % 2 == 0 ? byte >> 4 : byte & 0x0f;
        if (digit >= 'a' && nibble >= 8) digit = static_cast<char>(digit - 'a' + 'A');
    }
    return text;
}

}  // namespace moneytrail
