#include "base/amount.hpp"

#include <array>
#include <limits>

namespace moneytrail {

namespace mp = boost::multiprecision;

namespace {

using Wide = mp::uint512_t;

Wide power_of_ten(unsigned exponent) {
    static const auto kPowers = [] {
        std::array<Wide, kMostDecimals + 7> powers;
        powers[0] = 1;
        for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
        return powers;
    }();
    return kPowers.at(exponent);
}

}  // namespace

Raw to_raw(const Word& word) {
    const auto& bytes = word.bytes();
    Raw raw;
    mp::import_bits(raw, bytes.begin(), bytes.end());
    return raw;
}

Word to_word(const Raw& raw) {
    Bytes digits;
    mp::export_bits(raw, std::back_inserter(digits), 8);
    Word word;
    std::ranges::copy_backward(digits, word.bytes().end());
    return word;
}

std::string to_string(const Raw& raw, std::optional<std::uint8_t> decimals) {
    auto digits = raw.str();
    const std::size_t places = decimals.value_or(0);
    if (places == 0) return digits;
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, ".");
    return digits;
}

std::optional<Usd> value(const Raw& raw, std::uint8_t decimals, Price price) {
    constexpr std::int64_t kMostCents = 100'000'000'000'000'000;  // 1e15 dollars
    constexpr unsigned kPricePlaces = 8;
    constexpr unsigned kCentPlaces = 2;
    if (decimals > kMostDecimals) return std::nullopt;
    // 256 + 64 bits before the division.
    const Wide scale = power_of_ten(decimals + kPricePlaces - kCentPlaces);
    const Wide cents = (Wide{raw} * price.e8 + scale / 2) / scale;
    if (cents > kMostCents) return std::nullopt;
    return Usd::cents(static_cast<std::int64_t>(cents));
}

}  // namespace moneytrail
