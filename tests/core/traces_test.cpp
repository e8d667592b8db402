// Traces held against the block, the transaction and its receipt: inputs of reports (tests/data/README.md),
// and variations of a synthetic block.

#include "core/made_traces.hpp"

using namespace moneytrail;
using namespace moneytrail::test::traces;
using moneytrail::test::lines_of;

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
