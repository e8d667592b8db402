#include "moneytrail.hpp"
#include "support/synthetic_block.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail::test;

namespace {

struct Fork {
    TemporaryFolder folder;
    std::filesystem::path blocks = folder.path() / "blocks.jsonl";

    Ran replay(const std::vector<Synthetic>& chain) const {
        std::string text;
        for (const auto& block : chain) text += line(block) + '\n';
        folder.write("blocks.jsonl", text);
        const auto config = folder.write("c.yaml",
                                         "chains: [{name: e, chain_id: 1, reorg_grace: 2, archive: "
                                         "{path: blocks.jsonl}}]\n"
                                         "entities: [{id: fund, name: The Fund, roots: [\"" +
                                             kFund + "\"]}]\n");
        return run_moneytrail({"replay", "--config", config.string()});
    }
    std::string at(int number, const std::string& text) const {
        return blocks.string() + ":" + std::to_string(number) + ": " + text;
    }
};

}  // namespace

TEST_CASE_METHOD(Fork, "an unverified block's alerts say so") {
    const auto ran = replay({{'a', 1, 'a'}, {'a', 2, 'a', 'c', 12}});
    CHECK(ran.exit_code == 0);
    CHECK(has_line(ran.err, at(2, "block 2 unverified: block.sha3Uncles: missing")));
    CHECK(has_line(ran.err, "blocks    2: 2 unverified, 2 without traces"));
    const auto alerts = alerts_of(ran.out);
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0]["verified"] == false);
    CHECK(alerts[0]["status"] == "raised");
    CHECK(alerts[0]["reasons"][0]["amount"] == "12.000000000000000000");
}

TEST_CASE_METHOD(Fork, "what a reorg leaves off the chain is retracted once its grace is over") {
    // The fork is noticed at b2; the tip was 3, so a2's payment is retracted with block 5, behind that
    // block's own alert.
    const auto ran = replay({{'a', 1, 'a'},
                             {'a', 2, 'a', 'c', 12},
                             {'a', 3, 'a'},
                             {'b', 2, 'a'},
                             {'b', 3, 'b'},
                             {'b', 4, 'b'},
                             {'b', 5, 'b', 'd', 13},
                             {'b', 6, 'b', 'e', 14}});
    CHECK(ran.exit_code == 0);
    CHECK(has_line(ran.err, at(4, "block 2 unverified: reorg: blocks 2 to 3 are no longer canonical")));
    CHECK(has_line(ran.err, "alerts    3 raised (T1 3), 1 retracted"));
    const auto alerts = alerts_of(ran.out);
    REQUIRE(alerts.size() == 4);
    CHECK(alerts[0]["status"] == "raised");
    CHECK(alerts[1]["block_number"] == 5);
    auto expected = alerts[0];
    expected["status"] = "retracted";
    CHECK(alerts[2] == expected);
    CHECK(alerts[3]["block_number"] == 6);
}

TEST_CASE_METHOD(Fork, "what is mined again keeps its id and is not retracted") {
    const auto ran = replay({{'a', 1, 'a'},
                             {'a', 2, 'a', 'c', 12},
                             {'b', 2, 'a'},
                             {'b', 3, 'b', 'c', 12},
                             {'b', 4, 'b'},
                             {'b', 5, 'b'},
                             {'b', 6, 'b'}});
    CHECK(has_line(ran.err, "alerts    1 raised (T1 1), 1 revised"));
    const auto alerts = alerts_of(ran.out);
    REQUIRE(alerts.size() == 2);
    CHECK(alerts[1]["id"] == alerts[0]["id"]);
    CHECK(alerts[1]["status"] == "raised");
    CHECK(alerts[0]["block_hash"] == hash('a', 2));
    CHECK(alerts[1]["block_hash"] == hash('b', 3));
}

TEST_CASE_METHOD(Fork, "a fork at the archive's end is retracted there") {
    const auto ran = replay({{'a', 1, 'a'}, {'a', 2, 'a', 'c', 12}, {'b', 2, 'a'}});
    const auto alerts = alerts_of(ran.out);
    REQUIRE(alerts.size() == 2);
    CHECK(alerts[1]["status"] == "retracted");
}

TEST_CASE_METHOD(Fork, "a block whose parent nobody knows is left out") {
    const auto ran = replay({{'a', 1, 'a'}, {'a', 2, 'a'}, {'c', 2, 'e', 'c', 12}});
    CHECK(has_line(ran.err, at(3, "block 2 orphan: its parent is not known")));
    CHECK(ran.out.empty());
}
