#pragma once

// What is known of tokens beside their contract: symbol, decimals, name, whether others copy them, and who
// copies.

#include "base/fixed_bytes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

namespace moneytrail {

enum class Listing : std::uint8_t {
    listed,  // somebody vouches for it
    known,   // only how it calls itself is known: a wide list's or the contract's own word
};

struct TokenInfo {
    std::string symbol;
    std::optional<std::uint8_t> decimals;  // none: unknown, at most kMostDecimals
    std::string name;
    bool is_protected = false;  // a counterfeit would copy its symbol
    Listing listing = Listing::listed;
    // After NFKC, case folding and without what is invisible: what counterfeits are compared by.
    std::string folded_symbol{};
    std::string folded_name{};
};

// By contract. The native coin is not in it.
using TokenList = std::unordered_map<Address, TokenInfo>;

// Not in the list: its symbol is empty and its decimals are unknown.
const TokenInfo& find_token(const TokenList& tokens, const Address& contract);

// 12 hex digits of all that the list says, in whatever order it keeps it; empty for an empty list.
std::string version_of(const TokenList& tokens);

// How the protected tokens of a list are called.
class ProtectedNames {
  public:
    explicit ProtectedNames(const TokenList& tokens);

    // Of a protected token with the same folded symbol or name the contract; null: there is none. It may be
    // the token itself.
    const Address* find(const TokenInfo& token) const;

  private:
    std::unordered_map<std::string, Address> symbols_;
    std::unordered_map<std::string, Address> names_;
};

// src/core/signals/README.md, section 1 (spam), but for pool shares, which the caller knows: called like a
// protected token and nobody vouches for it.
bool is_counterfeit(const TokenInfo& token, const ProtectedNames& names);

}  // namespace moneytrail
