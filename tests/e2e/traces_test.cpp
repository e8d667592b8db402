// What an alert, the summary and the exit code make of traces: the inputs of reports (tests/data/README.md),
// with 0x1111… of entity one and 0x2222… of entity two followed and the shipped lists.

#include "moneytrail.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail::test;

namespace {

struct Followed {
    TemporaryFolder folder;

    Followed() {
        const auto list = [](const std::string& name) {
            return "\"" + (source_folder() / "configs" / name).string() + "\"";
        };
        folder.write("c.yaml",
                     "lists: {entities: " + list("entities.csv") + ", labels: [" + list("labels.csv.gz") +
                         "," + list("phishing.csv.gz") + "], tokens: [" + list("tokens.csv") + "], feeds: [" +
                         list("chainlink-feeds.csv") +
                         "]}\nchains: [{name: ethereum, chain_id: 1, archive: {path: blocks.jsonl}}]\n"
                         "entities:\n"
                         "  - {id: one, name: One, aum_usd: 10_000_000, roots: "
                         "[\"0x1111000000000000000000000000000000001111\"]}\n"
                         "  - {id: two, name: Two, aum_usd: 10_000_000, roots: "
                         "[\"0x2222000000000000000000000000000000002222\"]}\n");
    }

    Ran replay(const std::string& lines) const {
        folder.write("blocks.jsonl", lines);
        return run_moneytrail({"replay", "--config", (folder.path() / "c.yaml").string()});
    }
};

std::string report(const std::string& name) {
    return read_gz(data_folder() / "reports" / (name + ".jsonl.gz"));
}

// The case with its second block changed.
template <class Change>
std::string changed(const std::string& name, const Change& change) {
    const auto lines = lines_of(report(name));
    auto block = Json::parse(lines.at(1));
    change(block);
    return joined({lines.at(0), block.dump()});
}

// The reason of that rule in the alerts of the first entity; null: there is none.
Json reason(const std::string& out, const std::string& rule) {
    for (const auto& alert : alerts_of(out))
        for (const auto& each : alert["reasons"])
            if (alert["entity"] == "one" && each["rule"] == rule) return each;
    return nullptr;
}

}  // namespace

TEST_CASE_METHOD(Followed, "internal transfers raise what they are worth") {
    struct Row {
        const char* name;
        const char* amount;
    };
    const auto row = GENERATE(Row{"a1-minimal", "40.000000000000000000"},
                              Row{"d0-control-suicide", "30.000000000000000000"},
                              Row{"d1-type-selfdestruct", "30.000000000000000000"});
    CAPTURE(row.name);
    const auto ran = replay(report(row.name));
    CHECK(ran.exit_code == 0);
    const auto found = reason(ran.out, "T1");
    REQUIRE(found.is_object());
    CHECK(found["position"] == "internal:0");
    CHECK(found["direction"] == "in");
    CHECK(found["amount"] == row.amount);
    CHECK(found["evidence"]["source"] == "trace, unproven");
    CHECK_FALSE(found["evidence"].contains("traces"));
    CHECK_FALSE(ran.err.contains("without traces"));
}

TEST_CASE_METHOD(Followed, "traces that say nothing are counted and raise nothing") {
    const std::string name = GENERATE("b1-blockHash", "b2-transactionHash", "c1-failed-receipt-clean-trace",
                                      "d3-selfdestruct-is-the-top-frame", "d4-no-callType");
    CAPTURE(name);
    const auto ran = replay(report(name));
    CHECK(ran.exit_code == 0);
    CHECK(ran.out.empty());
    CHECK(has_line(ran.err, "activity  0 transfers, 0 of the followed"));
    CHECK(has_line(ran.err, "skipped   1 transaction without traces"));
}

TEST_CASE_METHOD(Followed, "an alert says that it was judged without traces, and why") {
    struct Row {
        const char* name;
        std::string lines;
        const char* why;
    };
    const auto row = GENERATE(values<Row>({
        {"an odd frame", report("e3-value-0x"), "a frame is not understood"},
        {"no frames of any", changed("e3-value-0x", [](Json& b) { b["traces"] = Json::array(); }),
         "no frames of it are given"},
        {"its frames left out",
         changed("e3-value-0x",
                 [](Json& b) { b["traces"].erase(b["traces"].begin() + 2, b["traces"].end()); }),
         "no frames of it are given"},
        {"the block without traces", changed("e3-value-0x", [](Json& b) { b.erase("traces"); }),
         "its block came without them"},
    }));
    CAPTURE(row.name);
    const auto ran = replay(row.lines);
    CHECK(ran.exit_code == 0);
    bool is_there = false;
    for (const auto& alert : alerts_of(ran.out))
        for (const auto& each : alert["reasons"]) {
            if (each["position"] != "value") continue;
            is_there = true;
            CHECK(each["amount"] == "20.000000000000000000");
            CHECK(each["direction"] == "out");
            CHECK(each["evidence"]["traces"] == "judged without traces: " + std::string{row.why});
        }
    CHECK(is_there);
}

TEST_CASE_METHOD(Followed, "a reward of nothing is nobody's, and the block is taken") {
    const auto ran = replay(report("e1-reward-with-nulls"));
    CHECK(ran.exit_code == 0);
    CHECK(has_line(ran.err, "activity  2 transfers, 2 of the followed"));
    CHECK_FALSE(ran.err.contains("without traces"));
}

TEST_CASE_METHOD(Followed, "what a creation made is its counterparty") {
    const auto ran = replay(report("g1"));
    const auto found = reason(ran.out, "T1");
    REQUIRE(found.is_object());
    CHECK(found["position"] == "value");
    CHECK(found["direction"] == "out");
    // The last 20 bytes of keccak256(0xd694 1111…1111 01), the RLP of sender and nonce, in EIP-55's capitals.
    CHECK(found["counterparty"] == "0x1142be5c88Fc5841aaADf8B6f87bd1F6042ed5a5");
    CHECK(ran.out == replay(report("g0-control")).out);
}

TEST_CASE_METHOD(Followed, "a real block with v beside yParity is verified") {
    // 14 values that succeeded, 19 Transfer logs, a wrap and 16 withdrawals.
    const auto ran = replay(report("f1"));
    CHECK(ran.exit_code == 0);
    CHECK(has_line(ran.err, "blocks    1: 1 verified, 1 without traces"));
    CHECK(ran.err.contains("activity  50 transfers"));
}
