#pragma once

// Addresses as people write them, whose upper and lower case may be EIP-55's checksum.

#include "base/fixed_bytes.hpp"

#include <string>
#include <string_view>

namespace moneytrail {

// Why the checksum of a text that Address::from_hex took is wrong, with the right one; empty when it is right
// or, where all letters are of one case, there is none.
std::string wrong_checksum(std::string_view text);

// Of the command line. Throws UsageError for anything else, and for a wrong checksum: it is mistyped.
Address address_argument(const std::string& word);

}  // namespace moneytrail
