#pragma once

// Blocks made of nearly nothing, as lines of an archive: for what forks and crashes do to a chain.

#include <nlohmann/json.hpp>

#include <cstdint>
#include <sstream>
#include <string>

namespace moneytrail::test {

inline const std::string kFund = "0x" + std::string(40, 'f');
inline const std::string kPayee = "0x" + std::string(40, '5');

// 64 digits: `kind` again and again, and the number in decimal at the end.
inline std::string hash(char kind, int number) {
    const auto digits = (number < 10 ? "0" : "") + std::to_string(number);
    return "0x" + std::string(64 - digits.size(), kind) + digits;
}

// A block with the least that a block must have, so nothing of it can be proven. With `txn` its only
// transaction is the one of that kind and number, in which the fund pays `eth` ETH (at most 18, as wei in 64
// bits).
struct Synthetic {
    char branch;
    int number;
    char parent_branch;
    char txn = '\0';
    std::uint64_t eth = 0;
    int txn_number = 0;
};

inline std::string in_hex(std::uint64_t number) {
    std::ostringstream out;
    out << "0x" << std::hex << number;
    return out.str();
}

inline std::string line(const Synthetic& block) {
    nlohmann::ordered_json txns = nlohmann::ordered_json::array();
    nlohmann::ordered_json receipts = nlohmann::ordered_json::array();
    if (block.txn != '\0') {
        const auto txn = hash(block.txn, block.txn_number);
        txns.push_back({{"hash", txn},
                        {"transactionIndex", "0x0"},
                        {"from", kFund},
                        {"to", kPayee},
                        {"value", in_hex(block.eth * 1'000'000'000'000'000'000)}});
        receipts.push_back({{"transactionHash", txn},
                            {"transactionIndex", "0x0"},
                            {"status", "0x1"},
                            {"logs", nlohmann::ordered_json::array()}});
    }
    const nlohmann::ordered_json header{{"number", in_hex(static_cast<std::uint64_t>(block.number))},
                                        {"hash", hash(block.branch, block.number)},
                                        {"parentHash", hash(block.parent_branch, block.number - 1)},
                                        {"timestamp", "0x6553f100"},  // 2023-11-14T22:13:20Z
                                        {"transactions", txns}};
    return nlohmann::ordered_json{{"block", header}, {"receipts", receipts}}.dump();
}

}  // namespace moneytrail::test
