#pragma once

// Views of raw bytes, and the hexadecimal that JSON-RPC writes them in.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moneytrail {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

constexpr int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// Writes digits.size() / 2 bytes to `out`. False when the number of digits is odd or one is no hex digit;
// what `out` holds is then unspecified.
bool decode_hex(std::string_view digits, std::uint8_t* out);

// "0x" and two lower-case digits a byte.
std::string to_hex(ByteView bytes);

}  // namespace moneytrail
