#pragma once

// A synthetic block with traces, what is seen of its transfers, and the inputs of reports.

#include "core/decode_golden.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>
#include <vector>

namespace moneytrail::test::traces {

using nlohmann::json;

inline std::string address(char digit) {
    return "0x" + std::string(40, digit);
}
inline const std::string kA = address('a');
inline const std::string kB = address('b');
inline const std::string kC = address('c');
inline const std::string kD = address('d');
inline const std::string kBlock = "0x" + std::string(64, '1');
inline const std::string kFirst = "0x" + std::string(64, '2');
inline const std::string kOther = "0x" + std::string(64, 'e');
inline const std::string kSecond = "0x" + std::string(64, '3');

inline json call(const std::string& type, const std::string& from, const std::string& to,
                 const std::string& value, const std::vector<int>& path) {
    return {{"type", "call"},
            {"action", {{"callType", type}, {"from", from}, {"to", to}, {"value", value}, {"gas", "0x0"}}},
            {"result", {{"gasUsed", "0x0"}, {"output", "0x"}}},
            {"traceAddress", path},
            {"subtraces", 0},
            {"transactionPosition", 0},
            {"transactionHash", kFirst},
            {"blockNumber", 16},
            {"blockHash", kBlock}};
}

inline json of_second(json frame) {
    frame["transactionPosition"] = 1;
    frame["transactionHash"] = kSecond;
    return frame;
}

inline json destroyed(const std::vector<int>& path) {
    auto frame = call("", kB, kC, "0x0", path);
    frame["type"] = "suicide";
    frame["action"] = {{"address", kB}, {"refundAddress", kC}, {"balance", "0x9"}};
    frame["result"] = nullptr;
    return frame;
}

inline json transaction(const std::string& hash, const char* index) {
    return {{"hash", hash},  {"transactionIndex", index}, {"from", kA}, {"to", kB}, {"value", "0x7"},
            {"nonce", "0x1"}};
}

inline json receipt(const std::string& hash, const char* index) {
    return {
        {"transactionHash", hash}, {"transactionIndex", index}, {"status", "0x1"}, {"logs", json::array()}};
}

// Two transactions in which 0xaa… pays 0xbb… 7; in the first of them 0xbb… pays 0xcc… 5.
inline json made() {
    return {{"block",
             {{"number", "0x10"},
              {"hash", kBlock},
              {"timestamp", "0x64b03683"},
              {"transactions", {transaction(kFirst, "0x0"), transaction(kSecond, "0x1")}}}},
            {"receipts", {receipt(kFirst, "0x0"), receipt(kSecond, "0x1")}},
            {"traces",
             {call("call", kA, kB, "0x7", {}), call("call", kB, kC, "0x5", {0}),
              of_second(call("call", kA, kB, "0x7", {}))}}};
}

inline const std::string kPaid = "native value " + kA + " -> " + kB + " 7";

inline std::string internal(int k, const std::string& from, const std::string& to, int value) {
    return "internal internal:" + std::to_string(k) + " " + from + " -> " + to + " " + std::to_string(value);
}

inline DecodedFile decoded(const json& document) {
    return decode_json(document.dump());
}

// What the traces of the first transaction give, and how many transactions are without.
struct Seen {
    std::vector<std::string> lines;
    std::uint64_t untraced = 0;
    bool operator==(const Seen&) const = default;
};

inline Seen seen(const json& document) {
    const auto file = decoded(document);
    // The second transaction, of which each line of the tables is nothing, stays what it is.
    CHECK(lines_of(file.decoded, 1) == std::vector{kPaid});
    return {lines_of(file.decoded, 0), file.decoded.counts.untraced};
}

struct Change {
    const char* name;
    std::function<void(json&)> apply;
};

// Each makes the first transaction one without traces, and leaves the rest of the block alone.
inline void check_untraced(const Change& change) {
    CAPTURE(change.name);
    auto document = made();
    change.apply(document);
    CHECK(seen(document) == Seen{{kPaid}, 1});
    const auto file = decoded(document);
    CHECK(without_traces(file.block, 0).size() > 0);
    CHECK(without_traces(file.block, 1).empty());
}

inline json& inner(json& document) {
    return document["traces"][1];
}
inline json& own(json& document) {
    return document["traces"][0];
}

inline json report(const std::string& name) {
    const auto text = read_gz(data_folder() / "reports" / (name + ".jsonl.gz"));
    return json::parse(text.substr(text.find('\n') + 1));
}

}  // namespace moneytrail::test::traces
