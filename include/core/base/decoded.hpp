#pragma once

// The answer of a parser: the value, or where the input is wrong and what would be right.

#include <expected>
#include <string>

namespace moneytrail {

struct DecodeError {
    std::string path;  // "block.transactions[3].value"
    std::string why;   // "expected a quantity of at most 32 bytes, got '0xzz'"
};

template <class T>
using Decoded = std::expected<T, DecodeError>;

inline std::string to_string(const DecodeError& error) {
    return error.path.empty() ? error.why : error.path + ": " + error.why;
}

}  // namespace moneytrail
