#pragma once

// Where a transfer stands in the chain, so that everything can be put into chain order.

#include "chain/block.hpp"

#include <compare>
#include <cstdint>
#include <limits>
#include <string>

namespace moneytrail {

// Relative to its transaction, so that it survives a reorg.
struct Place {
    enum class Kind { value, internal, log, withdrawal };  // in chain order
    Kind kind = Kind::value;
    std::uint64_t index = 0;  // K of internal:K and log:K; INDEX of withdrawal:INDEX
    std::uint32_t item = 0;   // of log:K:I it is I + 1
    friend auto operator<=>(const Place&, const Place&) = default;
};

std::string to_string(const Place& place);  // "value", "internal:0", "log:2", "log:2:0", "withdrawal:17"

struct Position {
    BlockNumber block_num = 0;
    std::uint32_t txn_index = 0;
    Place place;
    friend auto operator<=>(const Position&, const Position&) = default;
};

// Withdrawals have no transaction: they come after all of them.
constexpr std::uint32_t kNoTransaction = std::numeric_limits<std::uint32_t>::max();

}  // namespace moneytrail
