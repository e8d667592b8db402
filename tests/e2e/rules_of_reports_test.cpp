// Rules on whole archives: the inputs of reports (tests/data/README.md) that silenced an earlier version's
// alerts.

#include "moneytrail.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail::test;

namespace {

// "block position rule direction usd" of each reason.
Words reasons_of(const std::string& name) {
    const auto folder = data_folder() / "reports" / name;
    const auto ran = run_moneytrail(
        {"replay", "--config", (folder / "config.yaml").string(), (folder / "archive.jsonl.gz").string()});
    INFO(ran.err);
    REQUIRE(ran.exit_code == 0);
    Words out;
    for (const auto& alert : alerts_of(ran.out))
        for (const auto& reason : alert["reasons"])
            out.push_back(std::to_string(alert["block_number"].get<std::uint64_t>()) + " " +
                          reason["position"].get<std::string>() + " " + reason["rule"].get<std::string>() +
                          " " + reason["direction"].get<std::string>() + " " +
                          reason["usd"].get<std::string>());
    return out;
}

bool says(const Words& reasons, const std::string& reason) {
    return std::ranges::find(reasons, reason) != reasons.end();
}

bool speaks_of(const Words& reasons, const std::string& rule) {
    return std::ranges::any_of(reasons, [&](const auto& each) { return each.contains(" " + rule + " "); });
}

}  // namespace

// 400 ETH at 2 500 dollars.
TEST_CASE("reports: a dollar that a stranger sends through a protocol does not hide the subject's use") {
    CHECK(says(reasons_of("s2-dollar-in-hides-use"), "21000005 value S2 out 1000000.00"));
}

TEST_CASE("reports: calling a contract of an exchange does not hide the deposit") {
    const auto reasons = reasons_of("s4-called-contract-hides-deposits");
    CHECK(says(reasons, "21000005 log:0 S4 out 10000000.00"));
    CHECK(std::ranges::count_if(reasons, [](const auto& each) { return each.contains(" S4 "); }) == 1);
}

TEST_CASE("reports: a withdrawal does not hide the deposit") {
    CHECK(says(reasons_of("s4-withdrawal-hides-deposits"), "21000005 log:0 S4 out 10000000.00"));
}

TEST_CASE(
    "reports: seven a week from a Saturday on make a week of fourteen no change, nor from a Monday on") {
    CHECK_FALSE(speaks_of(reasons_of("s6b-part-of-a-week"), "S6b"));
    CHECK_FALSE(speaks_of(reasons_of("s6b-control-from-monday"), "S6b"));
}

TEST_CASE("reports: with sigma a second payment is no change") {
    CHECK(reasons_of("sigma-second-payment").empty());
}

// W1 pays an unpriced token to an Aave contract; h0 by entry point 0.8, h1 by 0.9.
TEST_CASE("reports: the sender of a user operation has signed, by whatever entry point") {
    const auto name = GENERATE(as<std::string>{}, "h0-control-0.8", "h1");
    const TemporaryFolder folder;
    const auto addresses = folder.write("a.csv", "0x1111000000000000000000000000000000001111,one\n").string();
    const auto ran = run_moneytrail({"replay", "--config", "configs/demo.yaml", "--addresses", addresses,
                                     (data_folder() / "reports" / (name + ".jsonl.gz")).string()});
    CAPTURE(name, ran.err);
    const auto alerts = alerts_of(ran.out);
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0]["rules"] == Json{"S2"});
    CHECK(alerts[0]["reasons"][0]["evidence"]["signed"] == "yes");
}
