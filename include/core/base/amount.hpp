#pragma once

// Token amounts: raw units of 256 bits and what they are worth.

#include "base/fixed_bytes.hpp"
#include "base/usd.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <cstdint>
#include <optional>

namespace moneytrail {

using Raw = boost::multiprecision::checked_uint256_t;  // throws on overflow

Raw to_raw(const Word& word);
Word to_word(const Raw& raw);

// More decimals than an amount has digits (10^77 < 2^256) cannot be meant: such a token's are unknown.
constexpr int kMostDecimals = 77;

// Exactly `decimals` places ("81000000.000000"); the raw integer when they are unknown.
std::string to_string(const Raw& raw, std::optional<std::uint8_t> decimals);

// US dollars of one whole token, in units of 1e-8 as Chainlink answers.
struct Price {
    std::uint64_t e8 = 0;
    friend constexpr auto operator<=>(const Price&, const Price&) = default;
};

// Whole cents, half away from zero, exact in between. None above 1e15 dollars: such a value is a mistake.
std::optional<Usd> value(const Raw& raw, std::uint8_t decimals, Price price);

}  // namespace moneytrail
