#include "moneytrail.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace moneytrail::test;

namespace {

std::string golden() {
    std::ifstream in{source_folder() / "tests/golden/run.jsonl", std::ios::binary};
    return {std::istreambuf_iterator{in}, {}};
}

// The reason of `rule` in the golden alert of the transaction that begins so and the subject.
struct Raised {
    Json alert;
    Json reason;
};

Raised raised(const std::string& txn, const std::string& subject, const std::string& rule) {
    for (const auto& alert : alerts_of(golden())) {
        if (!alert["tx_hash"].get<std::string>().starts_with(txn) || alert["address"] != subject) continue;
        for (const auto& reason : alert["reasons"])
            if (reason["rule"] == rule) return {alert, reason};
    }
    throw std::logic_error{"no such alert"};
}

Words keys(const Json& object) {
    Words out;
    for (const auto& [key, _] : object.items()) out.push_back(key);
    return out;
}

const std::string kBinance14 = "0x28C6c06298d514Db089934071355E5743bf21d60";
const std::string kBinance16 = "0xDFd5293D8e347dFe59E90eFd55b2956a1343963d";
const std::string kFund66b8 = "0x66B870dDf78c975af5Cd8EDC6De25eca81791DE1";
const std::string kGsr = "0xD8D6fFE342210057BF4DCc31DA28D006f253cEF0";
const std::string kGate = "0x0D0707963952f2fBA59dD06f2b425ace40b492Fe";
const std::string kSymbolicA6 = "0xA69babEF1cA67A37Ffaf7a485DfFF3382056e78C";
const std::string kSymbolicFa = "0xFA103c21ea2DF71DFb92B0652F8B1D795e51cdEf";
const std::string kSymbolic50 = "0x5050e08626c499411B5D0E0b5AF0E83d3fD82EDF";

}  // namespace

TEST_CASE("the shipped run raises exactly the golden alerts") {
    const auto ran = run_moneytrail({"replay", "--config", "configs/demo.yaml"});
    CHECK(ran.exit_code == 0);
    const auto got = lines_of(ran.out);
    const auto expected = lines_of(golden());
    for (std::size_t i = 0; i < std::min(got.size(), expected.size()); ++i) {
        CAPTURE(i + 1);
        REQUIRE(got[i] == expected[i]);
    }
    CHECK(got.size() == expected.size());
    CHECK((ran.out == golden()));

    // 9463 movements of value are in the 23 blocks. Everything but alerts is on standard error.
    CHECK(ran.err ==
          "blocks    23: 23 verified\n"
          "activity  9463 transfers, 710 of the followed (462 unpriced)\n"
          "unknown   T1 42\n"
          "alerts    92 raised (S3 21, T1 80)\n"
          "prices    ETH had none up to block 17686120: no earlier answer of Chainlink's ETH / USD "
          "was seen\n");

    CHECK((run_moneytrail({"replay", "--config", "configs/demo.yaml"}).out == ran.out));
}

// S3, by hand: the first movement above 50 USD of a token after at least two other activities. One USD a
// USDT. ETH is 1988.08020095 USD from block 17686121 on: log 430 of block 17686120 is
// AnswerUpdated(0x2e49e1a47f, …), 8 decimals.
TEST_CASE("golden: new tokens, by hand") {
    struct Row {
        const char* name;
        std::string txn;
        std::string subject;
        const char* position;
        const char* amount;
        const char* usd;
    };
    const auto row = GENERATE(values<Row>({
        // Block 17686112, transaction 54, log 131, the transaction's first: USDT Transfer from 0x28c6… to
        // 0xb5dd…, data 0x…713fb300 = 1 900 000 000, 6 decimals. Earlier: 0.1099637 ETH out (17686110,
        // transaction 67, value) and 1365.17 of 0xf57e… out (17686111, transaction 69): two, neither USDT.
        {"Binance 14: USDT out", "0x2dc840cb", kBinance14, "log:0", "1900.000000", "1900.00"},
        // Block 17686115, transaction 116, log 284, the transaction's tenth: USDT Transfer from 0x22f9… to
        // 0x66b8…, data 0x…0474bbe9372c = 4 899 415 340 844. Earlier: USDC in (17686113, transaction 106) and
        // USDC out, in log 275 of the same transaction: two, neither USDT.
        {"the fund's swap", "0xbf029214", kFund66b8, "log:9", "4899415.340844", "4899415.34"},
        // Block 17686131, transaction 20, value 0x1a04f03f6751f8000 = 29 998 200 000 000 000 000;
        // 29.9982 * 1988.08020095 = 59 638.8274…. Earlier: 0x5b75… in (17686114, transaction 73) and 0x69af…
        // out (17686126, transaction 110): two, neither ETH.
        {"GSR: ETH in", "0x11d3a730", kGsr, "value", "29.998200000000000000", "59638.83"},
    }));
    CAPTURE(row.name);
    const auto [alert, reason] = raised(row.txn, row.subject, "S3");
    CHECK(reason["position"] == row.position);
    CHECK(reason["amount"] == row.amount);
    CHECK(reason["usd"] == row.usd);
    CHECK(reason["evidence"]["earlier_activities"] == "2");
}

// T1, by hand. 10, 100 and 1000 ETH are 19 880.80, 198 808.02 and 1 988 080.20 USD.
TEST_CASE("golden: large transfers, by hand") {
    struct Row {
        const char* name;
        std::string txn;
        std::string subject;
        const char* severity;
        const char* position;
        const char* amount;
        const char* usd;  // "": unpriced
    };
    const auto row = GENERATE(values<Row>({
        // Block 17686122, transaction 8, value 0x674d1cde4046d8000 = 119 098 200 000 000 000 000 > 100e18;
        // 119.0982 * 1988.08020095 = 236 776.7733….
        {"Gate.io pays ETH", "0x8e3a6666", kGate, "high", "value", "119.098200000000000000", "236776.77"},
        // Block 17686118, transaction 0, log 0: WETH Transfer from the pool 0x88e6… to 0xa69b…, data
        // 0x…99d7a07c6eee22c733 = 2 837 889 398 807 873 111 859 > 1000e18. No price was seen yet.
        {"a swap's WETH", "0x108e5684", kSymbolicA6, "critical", "log:0", "2837.889398807873111859", ""},
        // Block 17686122, transaction 75, log 215: USDT Transfer from 0xdfd5… to 0xfa10…, data
        // 0x…02a2c877c550 = 2 898 171 250 000; 2 898 171.25 > 1 988 080.20. It is told of both sides.
        {"USDT: who pays", "0xd88b2a0c", kBinance16, "critical", "log:0", "2898171.250000", "2898171.25"},
        {"USDT: who is paid", "0xd88b2a0c", kSymbolicFa, "critical", "log:0", "2898171.250000", "2898171.25"},
        // Within one entity, so one severity lower. Block 17686120, transaction 42, log 343, its second: WETH
        // from 0x5050… to 0xfa10…, data 0x…0afe4091ce019d95f6 = 202 788 244 335 215 089 142 > 100e18.
        {"within, WETH", "0x0d1af950", kSymbolic50, "medium", "log:1", "202.788244335215089142", ""},
        // Block 17686123, transaction 15, log 61: the same from 0xfa10… to 0xa69b…;
        // 202.788244335… * 1988.08020095 = 403 159.2935….
        {"within, priced", "0x6e274c2f", kSymbolicA6, "medium", "log:0", "202.788244335215089142",
         "403159.29"},
        // Block 17686124, transaction 19, log 97: the USDT from above from 0xfa10… to 0xa69b….
        {"within, USDT", "0x749ac889", kSymbolicFa, "high", "log:0", "2898171.250000", "2898171.25"},
    }));
    CAPTURE(row.name);
    const auto [alert, reason] = raised(row.txn, row.subject, "T1");
    CHECK(alert["severity"] == row.severity);
    CHECK(reason["position"] == row.position);
    CHECK(reason["amount"] == row.amount);
    CHECK(reason["usd"] == (*row.usd == '\0' ? Json(nullptr) : Json(row.usd)));
    const bool within = reason["text"].get<std::string>().ends_with(", within Symbolic Capital Partners");
    CHECK(within == std::string{row.name}.starts_with("within"));
}

TEST_CASE("golden: every alert has the documented keys in the documented order") {
    const Words alert_keys{"id",           "status",     "severity",   "verified", "chain_id",
                           "block_number", "block_hash", "block_time", "tx_hash",  "entity",
                           "entity_name",  "address",    "rules",      "reasons"};
    const Words reason_keys{"rule",    "position", "direction", "counterparty", "counterparty_label",
                            "token",   "amount",   "usd",       "provisional",  "text",
                            "evidence"};
    const Words token_keys{"address", "symbol", "decimals"};
    std::set<std::string> ids;
    for (const auto& alert : alerts_of(golden())) {
        CAPTURE(alert["id"]);
        CHECK(ids.insert(alert["id"]).second);
        CHECK(alert["verified"] == true);
        CHECK(keys(alert) == alert_keys);
        for (const auto& reason : alert["reasons"]) {
            CHECK(keys(reason) == reason_keys);
            CHECK(keys(reason["token"]) == token_keys);
        }
    }
}
