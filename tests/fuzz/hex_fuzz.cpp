// decode_hex against one digit after the other, and back.

#include "base/fixed_bytes.hpp"

#include <cstdlib>

using namespace moneytrail;

namespace {

std::optional<int> digit(char c) {
    constexpr std::string_view kLower = "0123456789abcdef";
    constexpr std::string_view kUpper = "0123456789ABCDEF";
    for (const auto digits : {kLower, kUpper})
        if (const auto at = digits.find(c); at != std::string_view::npos) return static_cast<int>(at);
    return std::nullopt;
}

std::optional<Bytes> one_by_one(std::string_view digits) {
    if (digits.size() % 2 != 0) return std::nullopt;
    Bytes out;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const auto high = digit(digits[i]);
        const auto low = digit(digits[i + 1]);
        if (!high || !low) return std::nullopt;
        out.push_back(static_cast<std::uint8_t>(*high * 16 + *low));
    }
    return out;
}

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // Copies of the exact size, so that a read or write behind them is seen.
    const std::vector<char> copy(data, data + size);
    const std::string_view text{copy.data(), copy.size()};
    Bytes decoded(size / 2);
    const auto expected = one_by_one(text);
    require(decode_hex(text, decoded.data()) == expected.has_value());
    if (expected) require(decoded == *expected);

    const auto digits = to_hex({data, size});
    Bytes back(size);
    require(digits.size() == 2 + 2 * size && digits.starts_with("0x"));
    require(decode_hex(std::string_view{digits}.substr(2), back.data()));
    require(std::ranges::equal(back, ByteView{data, size}));

    if (const auto address = Address::from_hex(text)) {
        require(Address::from_hex(to_checksum_hex(*address)) == address);
        require(Address::from_hex(address->to_hex()) == address);
    }
    return 0;
}
