#pragma once

// Every movement of value that a block contains, decoded from its transactions, traces, logs and withdrawals.

#include "chain/block.hpp"
#include "chain/position.hpp"

#include <vector>

namespace moneytrail {

struct Transfer {
    enum class Kind { native, internal, withdrawal, erc20, erc721, erc1155, wrap, unwrap };
    Kind kind = Kind::native;
    Position position;
    Address from;   // zero for a withdrawal, which comes from the beacon chain
    Address to;     // of a wrap or unwrap both are the account that the log names
    Address token;  // zero for native coin; WETH for a wrap or unwrap
    Word amount;    // raw units; 1 for an ERC-721
    Word token_id;  // of ERC-721 and ERC-1155
};

// What was looked at and not taken, so that nothing is skipped in silence.
struct DecodeCounts {
    std::uint64_t malformed_logs = 0;    // a transfer's topic, but not its topics and data
    std::uint64_t anonymous_logs = 0;    // no topic at all
    std::uint64_t native_coin_logs = 0;  // EIP-7708: the same movement is already a native transfer
    std::uint64_t unknown_outcomes = 0;  // value sent by a transaction of which nobody says whether it failed
    std::uint64_t unknown_values = 0;    // a transaction without its value
    std::uint64_t unknown_recipients = 0;    // value of a creation of which nobody says what it made
    std::uint64_t unplaced_withdrawals = 0;  // without an index, which is their position, or with another's
    std::uint64_t untraced = 0;              // transactions whose frames say nothing, where others are given
    std::uint64_t stray_frames = 0;          // of transactions that the block does not have

    DecodeCounts& operator+=(const DecodeCounts& other);
};

struct DecodedBlock {
    std::vector<Transfer> transfers;  // in chain order
    DecodeCounts counts;
};

// Total: strange input is counted, never thrown.
DecodedBlock decode_transfers(const Block& block);

}  // namespace moneytrail
