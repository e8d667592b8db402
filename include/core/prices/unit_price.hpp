#pragma once

// Dollars of one raw unit of a token, so that no decimals are needed on the way from one token to the next.

#include "base/amount.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <cstdint>
#include <optional>
#include <utility>

namespace moneytrail {

using Wide = boost::multiprecision::uint512_t;  // wraps: every use says why it fits

// Dollars times 2^192, positive and below 2^224: from 1e-57 to 4e9 dollars a raw unit.
class UnitPrice {
  public:
    static constexpr unsigned kFraction = 192;
    static constexpr unsigned kBits = 224;

    // None: outside of the range.
    static std::optional<UnitPrice> of(const Wide& dollars_2_192);
    // An answer below 2^128 with so many decimals, for a whole token of so many.
    static std::optional<UnitPrice> of_answer(const Wide& answer, unsigned answer_decimals,
                                              unsigned token_decimals);

    const Wide& raw() const { return raw_; }

    // Cents of so many raw units below 2^256, half away from zero. None above 1e15 dollars.
    std::optional<Usd> value(const Wide& amount) const;
    // The same, but at most 1e11 dollars.
    Usd depth(const Wide& amount) const;
    // Of a whole token, to the nearest 1e-8 dollar. None: zero of them, or more than fit.
    std::optional<Price> of_whole(unsigned decimals) const;

    // The price of another token of which `other` raw units are worth `own`, below 2^256, of this one.
    std::optional<UnitPrice> through(const Wide& own, const Wide& other) const;

    friend bool operator==(const UnitPrice&, const UnitPrice&) = default;
    friend bool operator<(const UnitPrice& a, const UnitPrice& b) { return a.raw_ < b.raw_; }

  private:
    explicit UnitPrice(Wide raw) : raw_{std::move(raw)} {}

    Wide raw_;
};

unsigned bit_length(const Wide& number);      // 0 of zero
const Wide& power_of_ten(unsigned exponent);  // up to 125

}  // namespace moneytrail
