// What makes a transaction one without traces, and what does not.

#include "core/made_traces.hpp"

using namespace moneytrail;
using namespace moneytrail::test::traces;
using moneytrail::test::lines_of;

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
