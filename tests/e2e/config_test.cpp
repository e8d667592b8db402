#include "moneytrail.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail::test;

namespace {

const std::string kOkx =
    "entities: [{id: okx, name: OKX, roots: [\"0xbf94f0ac752c739f623c463b5210a7fb2cbb420b\"]}]\n";

// A configuration of three lines over one real block, in which OKX pays 20 ETH (transaction 0x1ce34e81…).
struct Setting {
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "c.yaml";
    std::filesystem::path blocks = folder.write("blocks.jsonl", run_block(17686112) + '\n');

    Ran replay(const std::string& chain, const std::string& entities, const Words& more = {}) const {
        folder.write("c.yaml", "lists: {tokens: [\"" + (source_folder() / "configs/tokens.csv").string() +
                                   "\"]}\nchains: [{name: e, archive: {path: blocks.jsonl}, " + chain +
                                   "}]\n" + entities);
        Words words{"replay", "--config", file.string()};
        words.insert(words.end(), more.begin(), more.end());
        return run_moneytrail(words);
    }
    static std::string without_traces() {
        auto json = Json::parse(run_block(17686112));
        json.erase("traces");
        return json.dump() + '\n';
    }
};

}  // namespace

TEST_CASE_METHOD(Setting, "a configuration that is wrong is refused with file, line and key") {
    struct Row {
        const char* name;
        std::string chain;
        std::string entities;
        std::string error;  // behind the file's name
    };
    const auto row = GENERATE(values<Row>({
        {"unknown key", "chain_id: 1, trace: off", kOkx,
         ":2: chains[0].trace: unknown key; did you mean 'traces'?"},
        {"unset variable", "chain_id: 1", "entities: [{id: okx, roots: [\"${MONEYTRAIL_NOT_SET}\"]}]\n",
         ":3: entities[0].roots[0]: the environment variable MONEYTRAIL_NOT_SET is not set: set it, or give "
         "a default as ${MONEYTRAIL_NOT_SET:-default}"},
    }));
    CAPTURE(row.name);
    const auto ran = replay(row.chain, row.entities);
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err == file.string() + row.error + "\n");
    const auto checked = run_moneytrail({"check-config", file.string()});
    CHECK(checked.exit_code == 2);
    CHECK(checked.err == file.string() + row.error + "\n");
}

TEST_CASE("a configuration that is not there is refused by every command") {
    const auto command = GENERATE(values<std::string>({"replay", "run", "check-config", "migrate"}));
    const auto ran = run_moneytrail({command, "--config", "nowhere.yaml"});
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err == "nowhere.yaml: cannot be read: No such file or directory\n");
}

TEST_CASE_METHOD(Setting, "a variable of the environment is put in") {
    replay("chain_id: 1", "entities: [{id: okx, roots: [\"${MONEYTRAIL_ROOT}\"]}]\n");
    const auto ran = run({.program = MONEYTRAIL_PROGRAM,
                          .arguments = {"replay", "--config", file.string()},
                          .folder = source_folder(),
                          .variables = {{"MONEYTRAIL_ROOT", "0xbf94f0ac752c739f623c463b5210a7fb2cbb420b"}}});
    CHECK(ran.exit_code == 0);
    CHECK(alerts_of(ran.out).size() == 1);
}

TEST_CASE_METHOD(Setting, "blocks of another chain are wrong") {
    const auto ran = replay("chain_id: 137", kOkx);
    CHECK(ran.exit_code == 0);
    CHECK(ran.out.empty());
    CHECK(has_line(ran.err, blocks.string() + ":1: block 17686112 wrong: transactions[0].chainId: 1 is "
                                              "another chain, configured is 137"));
    CHECK(has_line(ran.err, "blocks    1: 1 wrong"));
}

TEST_CASE_METHOD(Setting, "traces are taken, left out or required") {
    const auto unproven = without_traces();
    struct Row {
        const char* mode;
        bool has_traces;
        int exit_code;
        bool says_none;  // the alert's evidence
    };
    const auto row = GENERATE(values<Row>({{"auto", true, 0, false},
                                           {"auto", false, 0, true},
                                           {"off", true, 0, true},
                                           {"required", true, 0, false},
                                           {"required", false, 1, false}}));
    CAPTURE(row.mode, row.has_traces);
    if (!row.has_traces) folder.write("blocks.jsonl", unproven);
    const auto ran = replay("chain_id: 1, traces: " + std::string{row.mode}, kOkx);
    CHECK(ran.exit_code == row.exit_code);
    const auto alerts = alerts_of(ran.out);
    if (row.exit_code != 0) {
        CHECK(alerts.empty());
        CHECK(has_line(ran.err,
                       blocks.string() + ":1: traces: missing, and the chain's traces are `required`"));
        return;
    }
    REQUIRE(alerts.size() == 1);
    const auto& evidence = alerts[0]["reasons"][0]["evidence"];
    CHECK(evidence.contains("traces") == row.says_none);
    if (row.says_none) CHECK(evidence["traces"] == "judged without traces: its block came without them");
    CHECK(has_line(ran.err,
                   row.says_none ? "blocks    1: 1 verified, 1 without traces" : "blocks    1: 1 verified"));
}

TEST_CASE_METHOD(Setting, "that nobody is followed is said") {
    const auto ran = replay("chain_id: 1", "");
    CHECK(ran.exit_code == 0);
    CHECK(ran.out.empty());
    CHECK(has_line(ran.err,
                   file.string() + ": nobody is followed: give entities with `roots`, or --addresses FILE"));
}

TEST_CASE_METHOD(Setting, "an address file adds entities, and does not win over a root") {
    // In the block, 0x9507… is Jump Trading's contract, which the configuration does not have.
    const auto list = folder.write("a.csv",
                                   "address,entity,label\n"
                                   "0x9507C04B10486547584C37BCBD931B2A4FEE9A41,jump-trading,Contract\n"
                                   "0xbf94f0ac752c739f623c463b5210a7fb2cbb420b,jump-trading,Mine\n");
    const auto ran = replay("chain_id: 1", kOkx, {"--addresses", list.string()});
    CHECK(ran.exit_code == 0);
    CHECK(has_line(ran.err, list.string() + ": 0xBf94F0AC752C739F623C463b5210a7fb2cbb420B is a root of okx, "
                                            "which wins over jump-trading"));
    const auto alerts = alerts_of(ran.out);
    REQUIRE(alerts.size() == 2);
    CHECK(alerts[0]["entity"] == "okx");
    CHECK(alerts[0]["entity_name"] == "OKX");
    CHECK(alerts[1]["entity"] == "jump-trading");
    CHECK(alerts[1]["entity_name"] == "jump-trading");
    CHECK(alerts[1]["address"] == "0x9507c04B10486547584C37bCBd931B2a4FeE9A41");
}

TEST_CASE_METHOD(Setting, "an address file with bad lines is refused with all of them") {
    const auto list = folder.write("a.csv",
                                   "address,entity,label\n"
                                   "0xbf94f0ac,okx,short\n"
                                   "0x9507c04b10486547584c37bcbd931b2a4fee9a41,jump-trading,fine\n"
                                   "0x9507c04b10486547584c37bcbd931b2a4fee9a41,wintermute,twice\n"
                                   "0x9507c04b10486547584c37bcbd931b2a4fee9a42\n");
    const auto ran = replay("chain_id: 1", kOkx, {"--addresses", list.string()});
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    const auto name = list.string();
    CHECK(ran.err == joined({name + ":2: address: expected 0x and 40 hex digits, got '0xbf94f0ac'",
                             name + ":4: address: is of entity 'jump-trading' in line 3, expected one entity "
                                    "for an address",
                             name + ":5: expected the fields address,entity,label, got 1 of them"}));

    const auto missing = replay("chain_id: 1", kOkx, {"--addresses", "nowhere.csv"});
    CHECK(missing.exit_code == 2);
    CHECK(missing.err == "nowhere.csv: cannot be read: No such file or directory\n");
}
