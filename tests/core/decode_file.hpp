#pragma once

// The blocks of the tests as files: parsed and decoded, with what blocks.csv says of them.

#include "chain/parse_block.hpp"
#include "chain/transfers.hpp"
#include "support/blocks.hpp"

#include <array>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace moneytrail::test {

struct DecodedFile {
    Block block;
    DecodedBlock decoded;
};

inline DecodedFile decode_json(std::string text) {
    const auto size = text.size();
    text.append(BlockParser::kPadding, '\0');
    BlockParser parser;
    auto block = parser.parse({text.data(), size}, Traces::read);
    if (!block) throw std::runtime_error{to_string(block.error())};
    auto decoded = decode_transfers(*block);
    return {std::move(*block), std::move(decoded)};
}

inline DecodedFile decode_file(const std::filesystem::path& path) {
    return decode_json(read_gz(path));
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

}  // namespace moneytrail::test
