#include "by_hand.hpp"

#include <set>

using namespace moneytrail::test;

namespace {

Words keys(const Json& object) {
    Words out;
    for (const auto& [key, _] : object.items()) out.push_back(key);
    return out;
}

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

    const std::string prices =
        "prices    ETH had none up to block 17686110: neither a feed nor a pool had told it earlier";
    // 9463 movements of value are in the 23 blocks. Everything but alerts is on standard error.
    CHECK(ran.err ==
          kDemoNotice +
              joined({"blocks    23: 23 verified",
                      "activity  9463 transfers, 1352 of the followed (220 unpriced)", "unknown   T1 3",
                      "alerts    190 raised (S2 6, S3 107, S4 4, S5a 2, S8 1, T1 123)", prices}));

    CHECK((run_moneytrail({"replay", "--config", "configs/demo.yaml"}).out == ran.out));
}

TEST_CASE("golden: every alert has the documented keys in the documented order") {
    const Words alert_keys{"id",           "status",     "severity",      "verified", "chain_id",
                           "block_number", "block_hash", "block_time",    "tx_hash",  "entity",
                           "entity_name",  "address",    "address_label", "rules",    "reasons"};
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
