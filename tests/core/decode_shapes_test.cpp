// Synthetic: shapes that the rules name and none of the real blocks has. One transaction of 0xaa… to 0xbb…,
// to which a row adds logs, traces or other fields.

#include "base/amount.hpp"
#include "core/decode_golden.hpp"

using namespace moneytrail;
using moneytrail::test::decode_json;
using moneytrail::test::lines_of;

namespace {

std::string address(char digit) {
    return "0x" + std::string(40, digit);
}

std::string word(const std::string& digits) {
    return std::string(64 - digits.size(), '0') + digits;
}

std::string topic(char digit) {
    return "\"0x" + word(std::string(40, digit)) + '"';
}

const std::string kA = address('a');
const std::string kB = address('b');
const std::string kC = address('c');
const std::string kTransfer = "\"0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef\"";
const std::string kBatch = "\"0x4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb\"";
const std::string kSent = "native value " + kA + " -> " + kB + " 7";
const std::string kToB = R"("to":")" + kB + '"';
const std::string kSucceeded = R"("status":"0x1")";

struct Row {
    const char* what;
    std::string to = kToB;
    std::string receipt = kSucceeded;
    std::string logs;
    std::string traces;
    std::vector<std::string> transfers;
    std::uint64_t malformed_logs = 0;
    std::uint64_t native_coin_logs = 0;
};

std::string log(const std::string& from, const std::string& topics, const std::string& data) {
    return R"({"address":")" + from + R"(","topics":[)" + topics + R"(],"data":"0x)" + data + "\"}";
}

std::string frame(const std::string& type, const std::string& action, const std::string& path,
                  const std::string& rest) {
    return R"({"type":")" + type + R"(","action":{)" + action + R"(},"traceAddress":[)" + path + "]," + rest +
           R"(,"transactionPosition":0})";
}

std::string call(const std::string& call_type, const std::string& from, const std::string& to,
                 const std::string& path) {
    return frame(
        "call",
        R"("callType":")" + call_type + R"(","from":")" + from + R"(","to":")" + to + R"(","value":"0x7")",
        path, R"("result":{})");
}

std::string block(const Row& row) {
    const auto hash = '"' + ("0x" + word("1")) + '"';
    return R"({"block":{"number":"0x10","hash":)" + hash +
           R"(,"timestamp":"0x64b03683","transactions":[{"hash":)" + hash +
           R"(,"transactionIndex":"0x0","from":")" + kA + "\"," + row.to +
           R"(,"value":"0x7","input":"0x"}]},"receipts":[{"transactionHash":)" + hash +
           R"(,"transactionIndex":"0x0",)" + row.receipt + R"(,"logs":[)" + row.logs + "]}]" +
           (row.traces.empty() ? "" : R"(,"traces":[)" + row.traces + "]") + "}";
}

std::string inside(const std::string& frames) {
    return call("call", kA, kB, "") + "," + frames;
}

// The ABI's head of two arrays, at 0x40 and 0xa0, and the first of them: ids 1 and 2.
const std::string kIds = word("40") + word("a0") + word("2") + word("1") + word("2");
const std::string kBatchTopics = kBatch + "," + topic('e') + "," + topic('a') + "," + topic('c');

}  // namespace

TEST_CASE("shapes that no real block of the set has") {
    const auto row = GENERATE(
        Row{.what = "creation with value: to the receipt's contract address",
            .to = R"("to":null)",
            .receipt = kSucceeded + R"(,"contractAddress":")" + kC + '"',
            .transfers = {"native value " + kA + " -> " + kC + " 7"}},
        Row{.what = "creation with value: to the address of the create frame",
            .to = R"("to":null)",
            .traces = frame("create", R"("from":")" + kA + R"(","value":"0x7")", "",
                            R"("result":{"address":")" + kC + "\"}"),
            .transfers = {"native value " + kA + " -> " + kC + " 7"}},
        Row{.what = "creation with value that failed", .to = R"("to":null)", .receipt = R"("status":"0x0")"},
        Row{.what = "self-destruct with a balance",
            .traces = inside(frame(
                "suicide", R"("address":")" + kB + R"(","refundAddress":")" + kC + R"(","balance":"0x9")",
                "0", R"("result":null)")),
            .transfers = {kSent, "internal internal:0 " + kB + " -> " + kC + " 9"}},
        Row{.what = "callcode pays its own caller",
            .traces = inside(call("callcode", kB, kC, "0")),
            .transfers = {kSent}},
        Row{.what = "static call that shows a value",
            .traces = inside(call("staticcall", kB, kC, "0")),
            .transfers = {kSent}},
        Row{.what = "a reverted branch does not count, what follows it does",
            .traces = inside(frame("call",
                                   R"("callType":"delegatecall","from":")" + kB + R"(","to":")" + kC +
                                       R"(","value":"0x0")",
                                   "0", R"("error":"Reverted")") +
                             "," + call("call", kB, kC, "0,0") + "," + call("call", kB, kA, "1")),
            .transfers = {kSent, "internal internal:0 " + kB + " -> " + kA + " 7"}},
        Row{.what = "batch of two",
            .logs = log(kB, kBatchTopics, kIds + word("2") + word("5") + word("6")),
            .transfers = {kSent, "erc1155 log:0:0 " + kA + " -> " + kC + " 5 of " + kB + " #1",
                          "erc1155 log:0:1 " + kA + " -> " + kC + " 6 of " + kB + " #2"}},
        Row{.what = "batch with fewer amounts than ids",
            .logs = log(kB, kBatchTopics, kIds + word("1") + word("5")),
            .transfers = {kSent},
            .malformed_logs = 1},
        Row{.what = "batch whose amounts leave the data",
            .logs = log(kB, kBatchTopics, kIds + word("2") + word("5")),
            .transfers = {kSent},
            .malformed_logs = 1},
        Row{.what = "fungible Transfer without its amount",
            .logs = log(kB, kTransfer + "," + topic('a') + "," + topic('c'), ""),
            .transfers = {kSent},
            .malformed_logs = 1},
        Row{.what = "Transfer with four topics and data",
            .logs = log(kB, kTransfer + "," + topic('a') + "," + topic('c') + "," + topic('d'), word("5")),
            .transfers = {kSent},
            .malformed_logs = 1},
        Row{.what = "EIP-7708: the native transfer's log is not a second one",
            .logs = log("0xfffffffffffffffffffffffffffffffffffffffe",
                        kTransfer + "," + topic('a') + "," + topic('b'), word("7")),
            .transfers = {kSent},
            .native_coin_logs = 1});
    INFO(row.what);
    const auto file = decode_json(block(row));
    CHECK(lines_of(file.decoded, 0) == row.transfers);
    CHECK(file.decoded.counts.malformed_logs == row.malformed_logs);
    CHECK(file.decoded.counts.native_coin_logs == row.native_coin_logs);
    CHECK(file.decoded.counts.untraced == 0);
}

TEST_CASE("value whose outcome nobody tells is counted, not decoded") {
    // Before Byzantium a receipt has no status, and without traces nothing else says whether it failed.
    const auto file = decode_json(block({.what = "", .receipt = R"("cumulativeGasUsed":"0x5208")"}));
    CHECK(file.decoded.transfers.empty());
    CHECK(file.decoded.counts.unknown_outcomes == 1);
}

TEST_CASE("withdrawals come in the order of their index, each once") {
    const auto withdrawal = [](const std::string& index, const std::string& gwei) {
        return R"({)" + index + R"("address":")" + kA + R"(","amount":")" + gwei + R"("})";
    };
    const auto hash = "0x" + std::string(64, '1');
    const auto file = decode_json(
        R"({"block":{"number":"0x1","hash":")" + hash +
        R"(","timestamp":"0x1","transactions":[],"withdrawals":[)" + withdrawal(R"("index":"0x5",)", "0x1") +
        "," + withdrawal(R"("index":"0x4",)", "0x2") + "," + withdrawal(R"("index":"0x5",)", "0x3") + "," +
        withdrawal("", "0x4") + R"(]},"receipts":[]})");
    const auto& transfers = file.decoded.transfers;
    REQUIRE(transfers.size() == 2);
    CHECK(to_string(transfers[0].position.place) == "withdrawal:4");
    CHECK(to_raw(transfers[0].amount) == 2'000'000'000);
    CHECK(to_string(transfers[1].position.place) == "withdrawal:5");
    CHECK(to_raw(transfers[1].amount) == 1'000'000'000);
    CHECK(file.decoded.counts.unplaced_withdrawals == 2);
}
