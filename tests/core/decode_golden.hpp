#pragma once

// Transfers as lines of text, so that real transactions transcribed by hand read like a ledger.

#include "base/amount.hpp"
#include "core/decode_file.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace moneytrail::test {

inline const char* name_of(Transfer::Kind kind) {
    switch (kind) {
        case Transfer::Kind::native:
            return "native";
        case Transfer::Kind::internal:
            return "internal";
        case Transfer::Kind::withdrawal:
            return "withdrawal";
        case Transfer::Kind::erc20:
            return "erc20";
        case Transfer::Kind::erc721:
            return "erc721";
        case Transfer::Kind::erc1155:
            return "erc1155";
        case Transfer::Kind::wrap:
            return "wrap";
        case Transfer::Kind::unwrap:
            return "unwrap";
    }
    return "?";
}

// "erc721 log:0 FROM -> TO 1 of TOKEN #20": decimals, and what is zero for the kind left out.
inline std::string line(const Transfer& transfer) {
    auto out = std::string{name_of(transfer.kind)} + ' ' + to_string(transfer.position.place) + ' ' +
               transfer.from.to_hex() + " -> " + transfer.to.to_hex() + ' ' + to_raw(transfer.amount).str();
    if (!transfer.token.is_zero()) out += " of " + transfer.token.to_hex();
    const auto has_id = transfer.kind == Transfer::Kind::erc721 || transfer.kind == Transfer::Kind::erc1155;
    if (has_id || !transfer.token_id.is_zero()) out += " #" + to_raw(transfer.token_id).str();
    return out;
}

// The lines of the transfers of one transaction, or with kNoTransaction those of the withdrawals.
inline std::vector<std::string> lines_of(const DecodedBlock& decoded, std::uint32_t txn_index) {
    std::vector<std::string> out;
    for (const auto& transfer : decoded.transfers)
        if (transfer.position.txn_index == txn_index) out.push_back(line(transfer));
    return out;
}

// A transaction that a person read in the raw JSON. `what` says why it is here.
struct Transcribed {
    const char* what;
    BlockNumber block;
    std::uint32_t txn_index;
    const char* hash;
    std::vector<std::string> transfers;
};

inline void check(const std::vector<Transcribed>& rows) {
    for (const auto& row : rows) {
        INFO(row.what << ": block " << row.block << ", transaction " << row.txn_index);
        const auto file = decode_file(block_file(row.block));
        const auto txn = std::ranges::find(file.block.transactions, row.txn_index, &Transaction::index);
        REQUIRE(txn != file.block.transactions.end());
        CHECK(txn->hash.to_hex() == row.hash);
        CHECK(lines_of(file.decoded, row.txn_index) == row.transfers);
    }
}

}  // namespace moneytrail::test
