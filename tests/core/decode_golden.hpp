#pragma once

// Transfers as lines of text, so that real transactions transcribed by hand read like a ledger.

#include "base/amount.hpp"
#include "chain/parse_block.hpp"
#include "chain/transfers.hpp"
#include "support/blocks.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace moneytrail::test {

struct DecodedFile {
    Block block;
    DecodedBlock decoded;
};

inline DecodedFile decode_file(const std::filesystem::path& path) {
    auto text = read_gz(path);
    const auto size = text.size();
    text.append(BlockParser::kPadding, '\0');
    BlockParser parser;
    auto block = parser.parse({text.data(), size}, Traces::read);
    if (!block) throw std::runtime_error{path.string() + ": " + to_string(block.error())};
    auto decoded = decode_transfers(*block);
    return {std::move(*block), std::move(decoded)};
}

// What blocks.csv says of a block.
struct Given {
    bool traces = false;
    bool logs = false;
};

inline std::map<BlockNumber, Given> read_given() {
    std::map<BlockNumber, Given> out;
    std::ifstream csv{data_folder() / "blocks.csv"};
    std::string text;
    for (std::getline(csv, text); std::getline(csv, text);) {
        std::istringstream row{text};
        std::array<std::string, 8>
            cells;  // number,date,transactions,receipts,logs,traces,verifies,logs_missing
        for (auto& cell : cells) std::getline(row, cell, ',');
        out[std::stoull(cells[0])] = {.traces = cells[5] != "0", .logs = cells[7] == "False"};
    }
    return out;
}

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
