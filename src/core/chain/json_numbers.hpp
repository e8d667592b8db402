#pragma once

// Reads the hex and the numbers of JSON-RPC, with an error that says what would be right.

#include "base/fixed_bytes.hpp"
#include "json_fields.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace moneytrail::json {

// "0x" and the digits behind it.
inline std::string_view hex_digits(std::string_view text, const char* expected) {
    if (!text.starts_with("0x")) fail(std::string{"expected "} + expected + ", got '" + quoted(text) + "'");
    return text.substr(2);
}

template <class Fixed>
Fixed fixed(std::string_view text) {
    const auto parsed = Fixed::from_hex(text);
    if (!parsed)
        fail("expected 0x and " + std::to_string(2 * Fixed::kSize) + " hex digits, got '" + quoted(text) +
             "'");
    return *parsed;
}

template <class Fixed>
Fixed fixed(ondemand::value& value) {
    return fixed<Fixed>(text(value));
}

// A number of up to 256 bits in hex, as an EVM word; none when the text is none.
inline std::optional<Word> word_of(std::string_view text) {
    std::array<char, 64> padded;
    Word word;
    if (text.size() < 3 || text.size() > padded.size() + 2 || !text.starts_with("0x")) return std::nullopt;
    const auto digits = text.substr(2);
    padded.fill('0');
    digits.copy(padded.data() + (padded.size() - digits.size()), digits.size());
    if (!decode_hex({padded.data(), padded.size()}, word.bytes().data())) return std::nullopt;
    return word;
}

inline Word quantity(std::string_view text) {
    const auto word = word_of(text);
    if (!word) fail("expected a quantity: 0x and 1 to 64 hex digits, got '" + quoted(text) + "'");
    return *word;
}

inline Word quantity(ondemand::value& value) {
    return quantity(text(value));
}

// A number of up to 64 bits in hex.
inline std::uint64_t number(std::string_view text) {
    constexpr auto kExpected = "a quantity of at most 64 bits: 0x and 1 to 16 hex digits";
    const auto digits = hex_digits(text, kExpected);
    std::uint64_t out = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out, 16);
    if (error != std::errc{} || end != digits.data() + digits.size())
        fail(std::string{"expected "} + kExpected + ", got '" + quoted(text) + "'");
    return out;
}

inline std::uint64_t number(ondemand::value& value) {
    return number(text(value));
}

// What counts blocks, indexes or seconds: far above what a chain reaches, and what is computed with it still
// fits into 63 bits and into JSON's numbers.
constexpr std::uint64_t kMaxCount = std::uint64_t{1} << 53;

inline std::uint64_t count(std::uint64_t wide) {
    if (wide > kMaxCount) fail("expected a number of at most 2^53, got " + std::to_string(wide));
    return wide;
}

inline std::uint64_t count(ondemand::value& value) {
    return count(number(value));
}

// A whole number, bare or as a quantity in quotes, as it stands in the text; none: it is neither.
inline std::optional<std::uint64_t> whole_of(std::string_view token) {
    std::uint64_t out = 0;
    if (token.size() > 4 && token.starts_with("\"0x") && token.ends_with('"')) {
        const auto* const end = token.data() + token.size() - 1;
        const auto read = std::from_chars(token.data() + 3, end, out, 16);
        return read.ec == std::errc{} && read.ptr == end ? std::optional{out} : std::nullopt;
    }
    constexpr std::size_t kMostDigits = 19;  // below 2^64 whatever they are
    if (token.empty() || token.size() > kMostDigits || (token.size() > 1 && token.front() == '0'))
        return std::nullopt;
    for (const char c : token) {
        if (c < '0' || c > '9') return std::nullopt;
        out = out * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return out;
}

inline std::uint32_t small_number(std::uint64_t wide) {
    if (wide > UINT32_MAX) fail("expected a number below 2^32, got " + std::to_string(wide));
    return static_cast<std::uint32_t>(wide);
}

}  // namespace moneytrail::json
