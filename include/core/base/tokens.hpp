#pragma once

// What is known of tokens beside their contract: symbol, decimals, name, and whether others copy them.

#include "base/fixed_bytes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

namespace moneytrail {

struct TokenInfo {
    std::string symbol;
    std::optional<std::uint8_t> decimals;  // none: unknown, at most kMostDecimals
    std::string name;
    bool is_protected = false;  // a counterfeit would copy its symbol
};

// By contract. The native coin is not in it.
using TokenList = std::unordered_map<Address, TokenInfo>;

// Not in the list: its symbol is empty and its decimals are unknown.
const TokenInfo& find_token(const TokenList& tokens, const Address& contract);

}  // namespace moneytrail
