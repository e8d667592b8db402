#include "prices/unit_price.hpp"

#include <array>
#include <limits>

namespace moneytrail {
namespace {

constexpr unsigned kPricePlaces = 8;
constexpr std::int64_t kMostCents = 100'000'000'000'000'000;  // 1e15 dollars
constexpr std::int64_t kMostDepth = 10'000'000'000'000;       // 1e11 dollars

// Half away from zero.
Wide rounded(const Wide& times_2_192) {
    return (times_2_192 + (Wide{1} << (UnitPrice::kFraction - 1))) >> UnitPrice::kFraction;
}

}  // namespace

// 10^125 < 2^416.
const Wide& power_of_ten(unsigned exponent) {
    static const auto kPowers = [] {
        std::array<Wide, 126> powers;
        powers[0] = 1;
        for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
        return powers;
    }();
    return kPowers.at(exponent);
}

unsigned bit_length(const Wide& number) {
    return number == 0 ? 0 : static_cast<unsigned>(boost::multiprecision::msb(number)) + 1;
}

std::optional<UnitPrice> UnitPrice::of(const Wide& dollars_2_192) {
    if (dollars_2_192 == 0 || bit_length(dollars_2_192) > kBits) return std::nullopt;
    return UnitPrice{dollars_2_192};
}

std::optional<UnitPrice> UnitPrice::of_answer(const Wide& answer, unsigned answer_decimals,
                                              unsigned token_decimals) {
    // 128 + 192 bits.
    return of((answer << kFraction) / power_of_ten(answer_decimals + token_decimals));
}

std::optional<Usd> UnitPrice::value(const Wide& amount) const {
    // 256 + 224 + 7 bits.
    const auto cents = rounded(amount * raw_ * 100);
    if (cents > kMostCents) return std::nullopt;
    return Usd::cents(static_cast<std::int64_t>(cents));
}

Usd UnitPrice::depth(const Wide& amount) const {
    const auto cents = rounded(amount * raw_ * 100);
    return Usd::cents(cents > kMostDepth ? kMostDepth : static_cast<std::int64_t>(cents));
}

std::optional<Price> UnitPrice::of_whole(unsigned decimals) const {
    const auto& scale = power_of_ten(decimals + kPricePlaces);
    // A larger product is more than 64 bits of price anyway.
    if (bit_length(raw_) + bit_length(scale) > 511) return std::nullopt;
    const auto e8 = rounded(raw_ * scale);
    if (e8 == 0 || e8 > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    return Price{static_cast<std::uint64_t>(e8)};
}

std::optional<UnitPrice> UnitPrice::through(const Wide& own, const Wide& other) const {
    if (other == 0) return std::nullopt;
    return of(raw_ * own / other);
}

}  // namespace moneytrail
