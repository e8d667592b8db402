#include "text/address_text.hpp"

#include "text/problem.hpp"
#include "text/usage_error.hpp"

#include <algorithm>

namespace moneytrail {

std::string wrong_checksum(std::string_view text) {
    const auto digits = text.substr(2);
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'F'; };
    const auto is_lower = [](char c) { return c >= 'a' && c <= 'f'; };
    if (std::ranges::none_of(digits, is_upper) || std::ranges::none_of(digits, is_lower)) return {};
    const auto right = to_checksum_hex(Address::from_hex(text).value());
    if (text == right) return {};
    return "the checksum (EIP-55) of " + in_quotes(text) + " is wrong, expected " + right +
           " if it is this address";
}

Address address_argument(const std::string& word) {
    const auto address = Address::from_hex(word);
    if (!address) throw UsageError{"ADDRESS: expected 0x and 40 hex digits, got " + in_quotes(word)};
    if (const auto wrong = wrong_checksum(word); !wrong.empty()) throw UsageError{"ADDRESS: " + wrong};
    return *address;
}

}  // namespace moneytrail
