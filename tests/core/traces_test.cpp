// Traces held against the block, the transaction and its receipt: inputs of reports (tests/data/README.md),
// and variations of a synthetic block made here.

#include "core/decode_golden.hpp"

#include <nlohmann/json.hpp>

#include <functional>

using namespace moneytrail;
using moneytrail::test::decode_json;
using moneytrail::test::lines_of;
using nlohmann::json;

namespace {

std::string address(char digit) {
    return "0x" + std::string(40, digit);
}
const std::string kA = address('a');
const std::string kB = address('b');
const std::string kC = address('c');
const std::string kD = address('d');
const std::string kBlock = "0x" + std::string(64, '1');
const std::string kFirst = "0x" + std::string(64, '2');
const std::string kOther = "0x" + std::string(64, 'e');
const std::string kSecond = "0x" + std::string(64, '3');

json call(const std::string& type, const std::string& from, const std::string& to, const std::string& value,
          const std::vector<int>& path) {
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

json of_second(json frame) {
    frame["transactionPosition"] = 1;
    frame["transactionHash"] = kSecond;
    return frame;
}

json destroyed(const std::vector<int>& path) {
    auto frame = call("", kB, kC, "0x0", path);
    frame["type"] = "suicide";
    frame["action"] = {{"address", kB}, {"refundAddress", kC}, {"balance", "0x9"}};
    frame["result"] = nullptr;
    return frame;
}

json transaction(const std::string& hash, const char* index) {
    return {{"hash", hash},  {"transactionIndex", index}, {"from", kA}, {"to", kB}, {"value", "0x7"},
            {"nonce", "0x1"}};
}

json receipt(const std::string& hash, const char* index) {
    return {
        {"transactionHash", hash}, {"transactionIndex", index}, {"status", "0x1"}, {"logs", json::array()}};
}

// Two transactions in which 0xaa… pays 0xbb… 7; in the first of them 0xbb… pays 0xcc… 5.
json made() {
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

const std::string kPaid = "native value " + kA + " -> " + kB + " 7";

std::string internal(int k, const std::string& from, const std::string& to, int value) {
    return "internal internal:" + std::to_string(k) + " " + from + " -> " + to + " " + std::to_string(value);
}

test::DecodedFile decoded(const json& document) {
    return decode_json(document.dump());
}

// What the traces of the first transaction give, and how many transactions are without.
struct Seen {
    std::vector<std::string> lines;
    std::uint64_t untraced = 0;
    bool operator==(const Seen&) const = default;
};

Seen seen(const json& document) {
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
void check_untraced(const Change& change) {
    CAPTURE(change.name);
    auto document = made();
    change.apply(document);
    CHECK(seen(document) == Seen{{kPaid}, 1});
    const auto file = decoded(document);
    CHECK(without_traces(file.block, 0).size() > 0);
    CHECK(without_traces(file.block, 1).empty());
}

json& inner(json& document) {
    return document["traces"][1];
}
json& own(json& document) {
    return document["traces"][0];
}

json report(const std::string& name) {
    const auto text = test::read_gz(test::data_folder() / "reports" / (name + ".jsonl.gz"));
    return json::parse(text.substr(text.find('\n') + 1));
}

}  // namespace

TEST_CASE("the made block is whole before anything is changed") {
    CHECK(seen(made()) == Seen{{kPaid, internal(0, kB, kC, 5)}, 0});
}

TEST_CASE("a reverted call does not undo its sibling") {
    // b calls c, which fails; b calls d with nothing, and d pays c 3: the first call does not undo the
    // second.
    auto document = made();
    auto failed = call("call", kB, kC, "0x5", {0});
    failed["error"] = "Reverted";
    document["traces"] = {own(document), failed, call("call", kB, kD, "0x0", {1}),
                          call("call", kD, kC, "0x3", {1, 0}), of_second(call("call", kA, kB, "0x7", {}))};
    CHECK(seen(document) == Seen{{kPaid, internal(0, kD, kC, 3)}, 0});

    // What the failed call made before it failed is undone, however deep, and also after a sibling of its
    // own.
    document["traces"] = {own(document),
                          failed,
                          call("call", kC, kD, "0x1", {0, 0}),
                          call("call", kD, kC, "0x1", {0, 0, 0}),
                          call("call", kC, kD, "0x2", {0, 1}),
                          call("delegatecall", kB, kD, "0x7", {1}),
                          call("call", kB, kC, "0x4", {1, 0}),
                          of_second(call("call", kA, kB, "0x7", {}))};
    CHECK(seen(document) == Seen{{kPaid, internal(0, kB, kC, 4)}, 0});

    const auto file = decoded(report("a1-minimal"));
    CHECK(lines_of(file.decoded, 0) ==
          std::vector<std::string>{"internal internal:0 0xbbbb00000000000000000000000000000000bbbb -> "
                                   "0x1111000000000000000000000000000000001111 40000000000000000000"});
    CHECK(file.decoded.counts.untraced == 0);
}

TEST_CASE("a real transaction with reverted calls: block 12498513, transaction 108") {
    const auto file = decoded(report("a3-mainnet-12498513-tx108"));
    const std::string one = "0xfd3dfb524b2da40c8a6d703c62be36b5d8540626";
    std::vector<std::string> lines = lines_of(file.decoded, 108);
    REQUIRE(lines.size() == 6);
    CHECK(lines[0] == "internal internal:0 0xb4db55a20e0624edd82a0cf356e3488b4669bd27 -> " + one +
                          " 1835565449114196080");
    CHECK(lines[2] == "internal internal:2 0x7c66550c9c730b6fdd4c03bc2e73c5462c5f7acc -> " + one +
                          " 8472233963584079695");
    // What came in goes out: 1835565449114196080 + 8472233963584079695.
    CHECK(lines[5] == "internal internal:5 " + one +
                          " -> 0x0ef1b8a0e726fc3948e15b23993015eb1627f210 10307799412698275775");
    CHECK(file.decoded.counts.untraced == 0);
}

TEST_CASE("traces of another fork say nothing") {
    const auto change = GENERATE(values<Change>({
        {"another block's hash", [](json& d) { own(d)["blockHash"] = inner(d)["blockHash"] = kOther; }},
        {"of one frame", [](json& d) { inner(d)["blockHash"] = kOther; }},
        {"another block's number", [](json& d) { own(d)["blockNumber"] = inner(d)["blockNumber"] = 17; }},
        {"the number in hex", [](json& d) { inner(d)["blockNumber"] = "0x11"; }},
        {"a number that is none", [](json& d) { own(d)["blockNumber"] = "latest"; }},
        {"another transaction's hash",
         [](json& d) { own(d)["transactionHash"] = inner(d)["transactionHash"] = kOther; }},
        {"of one frame's transaction", [](json& d) { inner(d)["transactionHash"] = kOther; }},
        {"the other transaction's hash", [](json& d) { own(d)["transactionHash"] = kSecond; }},
        {"another sender", [](json& d) { own(d)["action"]["from"] = kD; }},
        {"another recipient", [](json& d) { own(d)["action"]["to"] = kD; }},
        {"another value", [](json& d) { own(d)["action"]["value"] = "0x8"; }},
        {"a creation",
         [](json& d) {
             own(d)["type"] = "create";
             own(d)["result"]["address"] = kB;
         }},
    }));
    check_untraced(change);
    for (const auto* name : {"b1-blockHash", "b2-transactionHash"}) {
        const auto file = decoded(report(name));
        CHECK(file.decoded.transfers.empty());
        CHECK(file.decoded.counts.untraced == 1);
    }
}

TEST_CASE("what says the same in other letters is no contradiction") {
    auto document = made();
    const auto change = GENERATE(values<Change>({
        {"numbers in hex",
         [](json& d) {
             for (auto& frame : d["traces"]) frame["blockNumber"] = "0x10";
         }},
        {"positions in hex",
         [](json& d) {
             own(d)["transactionPosition"] = inner(d)["transactionPosition"] = "0x0";
             d["traces"][2]["transactionPosition"] = "0x1";
         }},
        {"nothing said of the block",
         [](json& d) {
             for (auto& frame : d["traces"])
                 for (const auto* key : {"blockHash", "blockNumber", "transactionHash"}) frame.erase(key);
         }},
        {"by hash alone",
         [](json& d) {
             for (auto& frame : d["traces"]) frame.erase("transactionPosition");
         }},
        {"mixed case", [](json& d) { own(d)["action"]["from"] = "0x" + std::string(40, 'A'); }},
        {"transactions in another order",
         [](json& d) { std::rotate(d["traces"].begin(), d["traces"].begin() + 2, d["traces"].end()); }},
        {"the own call's type left out", [](json& d) { own(d)["action"].erase("callType"); }},
        {"a type in capitals", [](json& d) { inner(d)["type"] = "CALL"; }},
        {"a static call without anything",
         [](json& d) { d["traces"].insert(d["traces"].begin() + 2, call("STATICCALL", kB, kC, "0x", {1})); }},
        {"no error", [](json& d) { inner(d)["error"] = nullptr; }},
    }));
    CAPTURE(change.name);
    change.apply(document);
    CHECK(seen(document) == Seen{{kPaid, internal(0, kB, kC, 5)}, 0});
}

TEST_CASE("a failed transaction moves nothing whatever its trace says") {
    auto document = made();
    document["receipts"][0]["status"] = "0x0";
    CHECK(seen(document) == Seen{{}, 1});
    own(document)["error"] = "Reverted";
    CHECK(seen(document) == Seen{{}, 0});
    // The other way round: the receipt is what roots prove.
    document["receipts"][0]["status"] = "0x1";
    CHECK(seen(document) == Seen{{kPaid}, 1});

    const auto file = decoded(report("c1-failed-receipt-clean-trace"));
    CHECK(file.decoded.transfers.empty());
    CHECK(file.decoded.counts.untraced == 1);
}

TEST_CASE("a failed transaction's trace without its error: block 12505500, transaction 16") {
    auto document = json::parse(test::read_gz(test::block_file(12505500)));
    CHECK(decoded(document).decoded.transfers.size() == 308);
    for (auto& frame : document["traces"])
        if (frame["transactionPosition"] == 16) frame.erase("error");
    const auto file = decoded(document);
    CHECK(file.decoded.transfers.size() == 308);
    CHECK(file.decoded.counts.untraced == 1);
    CHECK(without_traces(file.block, 16) == "its receipt says otherwise whether it failed");
}

TEST_CASE("a self-destruct spelled otherwise is seen or counted") {
    const std::string type =
        GENERATE("suicide", "selfdestruct", "SELFDESTRUCT", "self-destruct", "selfDestruct");
    CAPTURE(type);
    auto document = made();
    inner(document) = destroyed({0});
    inner(document)["type"] = type;
    CHECK(seen(document) == Seen{{kPaid, internal(0, kB, kC, 9)}, 0});

    for (const auto* name : {"d0-control-suicide", "d1-type-selfdestruct"}) {
        const auto file = decoded(report(name));
        REQUIRE(file.decoded.transfers.size() == 1);
        CHECK(to_string(file.decoded.transfers[0].position.place) == "internal:0");
        CHECK(to_raw(file.decoded.transfers[0].amount) == Raw{"30000000000000000000"});
    }
}

TEST_CASE("what is not understood makes its transaction one without traces, and no other") {
    const auto change = GENERATE(values<Change>({
        {"a type that nobody knows", [](json& d) { inner(d)["type"] = "authcall"; }},
        {"no type", [](json& d) { inner(d).erase("type"); }},
        {"a type that is a number", [](json& d) { inner(d)["type"] = 7; }},
        {"a type of call that nobody knows", [](json& d) { inner(d)["action"]["callType"] = "authcall"; }},
        {"no type of call", [](json& d) { inner(d)["action"].erase("callType"); }},
        {"no action", [](json& d) { inner(d).erase("action"); }},
        {"an action that is null", [](json& d) { inner(d)["action"] = nullptr; }},
        {"an action that is a word", [](json& d) { inner(d)["action"] = "call"; }},
        {"no result", [](json& d) { inner(d).erase("result"); }},
        {"a result that is null", [](json& d) { inner(d)["result"] = nullptr; }},
        {"no value", [](json& d) { inner(d)["action"].erase("value"); }},
        {"value 0x", [](json& d) { inner(d)["action"]["value"] = "0x"; }},
        {"a value below zero", [](json& d) { inner(d)["action"]["value"] = "-0x5"; }},
        {"a value of 257 bits", [](json& d) { inner(d)["action"]["value"] = "0x1" + std::string(64, '0'); }},
        {"a value that is a number", [](json& d) { inner(d)["action"]["value"] = 5; }},
        {"a value that is null", [](json& d) { inner(d)["action"]["value"] = nullptr; }},
        {"a recipient that is none", [](json& d) { inner(d)["action"]["to"] = "0x1234"; }},
        {"no recipient", [](json& d) { inner(d)["action"].erase("to"); }},
        {"an error without words", [](json& d) { inner(d)["error"] = ""; }},
        {"an error that is a number", [](json& d) { inner(d)["error"] = 7; }},
        {"no traceAddress", [](json& d) { inner(d).erase("traceAddress"); }},
        {"a traceAddress that is null", [](json& d) { inner(d)["traceAddress"] = nullptr; }},
        {"a traceAddress of words", [](json& d) { inner(d)["traceAddress"] = {"x"}; }},
        {"a hole in the addresses", [](json& d) { inner(d)["traceAddress"] = {1}; }},
        {"a frame below one that is not there", [](json& d) { inner(d)["traceAddress"] = {0, 0}; }},
        {"a second own frame", [](json& d) { inner(d)["traceAddress"] = json::array(); }},
        {"frames in another order", [](json& d) { std::swap(own(d), inner(d)); }},
        {"its own frame left out", [](json& d) { d["traces"].erase(0); }},
        {"its last frame left out",
         [](json& d) {
             own(d)["subtraces"] = 1;
             d["traces"].erase(1);
         }},
        {"the same frame twice", [](json& d) { d["traces"].insert(d["traces"].begin() + 1, inner(d)); }},
        {"its frames given twice",
         [](json& d) {
             d["traces"].push_back(own(d));
             d["traces"].push_back(inner(d));
         }},
        {"all its frames left out",
         [](json& d) { d["traces"].erase(d["traces"].begin(), d["traces"].begin() + 2); }},
        {"a self-destruct is its own frame", [](json& d) { own(d) = destroyed({}); }},
        {"a self-destruct without its heir",
         [](json& d) {
             inner(d) = destroyed({0});
             inner(d)["action"].erase("refundAddress");
         }},
        {"a creation of nothing",
         [](json& d) { inner(d)["type"] = "create"; }},
    }));
    check_untraced(change);
    for (const auto* name : {"d3-selfdestruct-is-the-top-frame", "d4-no-callType"}) {
        const auto file = decoded(report(name));
        CHECK(file.decoded.transfers.empty());
        CHECK(file.decoded.counts.untraced == 1);
    }
}

TEST_CASE("an odd frame or reward never loses the block") {
    struct Row {
        const char* name;
        json frame;
        std::uint64_t stray;
    };
    const auto row = GENERATE(values<Row>({
        {"a reward of nothing", {{"type", "reward"}, {"action", nullptr}, {"traceAddress", nullptr}}, 0},
        {"a reward with a transaction", {{"type", "reward"}, {"transactionPosition", 0}, {"action", 7}}, 0},
        {"null", nullptr, 1},
        {"a number", 7, 1},
        {"a list", json::array({1, 2}), 1},
        {"nothing", json::object(), 1},
        {"of a transaction that is not there", {{"type", "call"}, {"transactionPosition", 99}}, 1},
        {"of a position below zero", {{"type", "call"}, {"transactionPosition", -1}}, 1},
        {"of a hash that is not there", {{"type", "call"}, {"transactionHash", "0xab"}}, 1},
    }));
    CAPTURE(row.name);
    auto document = made();
    document["traces"].push_back(row.frame);
    CHECK(seen(document) == Seen{{kPaid, internal(0, kB, kC, 5)}, 0});
    CHECK(decoded(document).decoded.counts.stray_frames == row.stray);

    const auto reward = decoded(report("e1-reward-with-nulls"));
    CHECK(reward.decoded.transfers.size() == 2);
    CHECK(reward.decoded.counts.untraced == 0);
    const auto odd = decoded(report("e3-value-0x"));
    CHECK(lines_of(odd.decoded, 1) ==
          std::vector<std::string>{"native value 0x1111000000000000000000000000000000001111 -> "
                                   "0xaaaa00000000000000000000000000000000aaaa 20000000000000000000"});
    CHECK(odd.decoded.counts.untraced == 1);
}

TEST_CASE("traces that list nothing leave every transaction without them") {
    const json traces = GENERATE(json::array(), json::object(), json("none"), json(7));
    auto document = made();
    document["traces"] = traces;
    const auto file = decoded(document);
    CHECK(lines_of(file.decoded, 0) == std::vector{kPaid});
    CHECK(lines_of(file.decoded, 1) == std::vector{kPaid});
    CHECK(file.decoded.counts.untraced == 2);
    CHECK(without_traces(file.block, 1) == "no frames of it are given");
}

TEST_CASE("a creation without contractAddress has its address") {
    // 0x1142… is what 0x1111… creates with nonce 1: the last 20 bytes of keccak256(rlp([sender, 1])), as the
    // report's authors computed it and as the control's receipt says.
    for (const auto* name : {"g0-control", "g1"}) {
        const auto file = decoded(report(name));
        CHECK(lines_of(file.decoded, 0) ==
              std::vector<std::string>{"native value 0x1111000000000000000000000000000000001111 -> "
                                       "0x1142be5c88fc5841aaadf8b6f87bd1f6042ed5a5 20000000000000000000"});
    }
    auto missing = report("g1");
    missing["receipts"][0].erase("contractAddress");
    CHECK(lines_of(decoded(missing).decoded, 0).size() == 1);
    // Nobody tells: neither nonce nor receipt nor trace.
    missing["block"]["transactions"][0].erase("nonce");
    const auto file = decoded(missing);
    CHECK(file.decoded.transfers.empty());
    CHECK(file.decoded.counts.unknown_recipients == 1);
}
