#include "commands.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail::test;
using Catch::Contains;

TEST_CASE_METHOD(CommandsFixture, "addresses: added, listed, removed and added again") {
    CHECK(out_of({"addresses", "add", kOther, "fund", "Cold, wallet"}) ==
          kOther + " is now watched for fund\n");
    CHECK(out_of({"addresses", "list"}) ==
          kOther + "  fund  user  from block 0                Cold, wallet\n");
    CHECK(out_of({"addresses", "list", "--csv"}) ==
          "address,entity,label\n" + kOther + ",fund,\"Cold, wallet\"\n");
    CHECK(out_of({"addresses", "list", "okx"}).empty());
    CHECK(out_of({"addresses", "add", kOther, "fund"}) ==
          kOther + " was on the watch list of fund already\n");
    CHECK(out_of({"addresses", "remove", kOther}) ==
          kOther + " is no longer watched, and only `addresses add` brings it back\n");
    CHECK(out_of({"addresses", "list"}).empty());
    CHECK(out_of({"addresses", "remove", kOther}) == kOther + " was removed already\n");
    // Lower case is the same address.
    CHECK(out_of({"addresses", "add", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "okx"}) ==
          kOther + " is watched again, for okx\n");
    CHECK(sql("select watch_version from chain")[0][0].as<int>() == 3);
}

TEST_CASE_METHOD(CommandsFixture, "addresses: of the chain that is named") {
    out_of({"addresses", "add", kOther, "fund", "--chain", "other"});
    CHECK(out_of({"addresses", "list", "--csv"}) == "address,entity,label\n");
    CHECK_THAT(out_of({"addresses", "list", "--csv", "--chain", "other"}), Contains(kOther));
    CHECK(sql("select chain_id from watched_address")[0][0].as<int>() == 5);
}

TEST_CASE_METHOD(CommandsFixture, "addresses: what is refused") {
    struct Row {
        const char* name;
        Words words;
        int exit_code;
        std::string error;
    };
    // FILE stands for the configuration's path, which each row has another of.
    const auto row = GENERATE_COPY(values<Row>({
        {"a malformed address",
         {"addresses", "add", "0xbf94f0ac", "okx"},
         2,
         "ADDRESS: expected 0x and 40 hex digits, got '0xbf94f0ac'\n"},
        {"an unknown entity",
         {"addresses", "add", kOther, "okex"},
         2,
         "entity: 'okex' is not configured, expected one of: okx, fund\n"},
        {"an unknown entity's list",
         {"addresses", "list", "okex"},
         2,
         "entity: 'okex' is not configured, expected one of: okx, fund\n"},
        {"a label with a line end",
         {"addresses", "add", kOther, "fund", "a\nb"},
         2,
         "label: expected at most"},
        {"a label that is no text", {"addresses", "add", kOther, "fund", "\xff"}, 2, "LABEL: invalid UTF-8"},
        {"an unknown chain",
         {"addresses", "list", "--chain", "x"},
         2,
         "--chain: FILE has no chain 'x', expected one of: e, other\n"},
        {"a root of another entity",
         {"addresses", "add", kOkx, "fund"},
         1,
         "moneytrail: " + kOkx + " is a root of okx in FILE, which wins over fund\n"},
        {"a root to be removed",
         {"addresses", "remove", kOkx},
         1,
         "moneytrail: " + kOkx + " is a root of okx in FILE: take it out there\n"},
        {"one that is not on the list",
         {"addresses", "remove", kOther},
         1,
         "moneytrail: " + kOther + " is not on the watch list of chain e\n"},
        {"a file that is not there",
         {"addresses", "import", "nowhere.csv"},
         2,
         "nowhere.csv: cannot be read: No such file or directory\n"},
        {"no subcommand", {"addresses"}, 2, "A subcommand is required"},
    }));
    CAPTURE(row.name);
    const auto ran = run(row.words);
    CHECK(ran.exit_code == row.exit_code);
    CHECK(ran.out.empty());
    auto error = row.error;
    if (const auto at = error.find("FILE"); at != std::string::npos) error.replace(at, 4, file.string());
    CHECK_THAT(ran.err, Catch::StartsWith(error));
}

TEST_CASE_METHOD(CommandsFixture, "addresses: roots that only the daemon's last configuration had") {
    out_of({"migrate"});
    sql("insert into chain (chain_id) values (1); insert into watched_address values (1, '\\x" +
        kOther.substr(2) + "', 'okx', '', 'root', 0)");
    const auto added = run({"addresses", "add", kOther, "fund"});
    CHECK(added.exit_code == 1);
    CHECK_THAT(added.err, Contains(kOther + " is a root of okx in the configuration that the daemon was last "
                                            "started with, which wins over fund"));
    const auto removed = run({"addresses", "remove", kOther});
    CHECK(removed.exit_code == 1);
    CHECK_THAT(removed.err, Contains("start it anew with " + file.string()));
}

TEST_CASE_METHOD(CommandsFixture, "addresses: a whole file, and again what was listed") {
    const auto list = folder.write("a.csv", "address,entity,label\n" + kOther + ",fund,One\n" + kOkx +
                                                ",fund,Mine\n"
                                                "0x0000000000000000000000000000000000000abc,okx\n");
    const auto ran = run({"addresses", "import", list.string()});
    CHECK(ran.exit_code == 0);
    CHECK(ran.out == "2 added, 0 watched again, 0 changed, 0 as before\n");
    CHECK(ran.err ==
          list.string() + ": " + kOkx + " is a root of okx in " + file.string() + ", which wins over fund\n");
    const auto listed = folder.write("listed.csv", out_of({"addresses", "list", "--csv"}));
    CHECK(out_of({"addresses", "import", listed.string()}) ==
          "0 added, 0 watched again, 0 changed, 2 as before\n");
}

TEST_CASE_METHOD(CommandsFixture, "addresses: a file with mistakes changes nothing, and all are told") {
    const auto list = folder.write("a.csv", kOther + ",fund\n0x12,fund\n" + kOkx + ",okex\n");
    const auto ran = run({"addresses", "import", list.string()});
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err == list.string() + ":2: address: expected 0x and 40 hex digits, got '0x12'\n" +
                         list.string() +
                         ":3: entity: 'okex' is not configured, expected one of: okx, fund\n");
    CHECK(out_of({"addresses", "list"}).empty());
}

TEST_CASE_METHOD(CommandsFixture, "run tells a wrong checksum of configuration and lists in its log") {
    // Source: EIP-55's first example. One letter is of the other case.
    const std::string wrong = "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    folder.write("blocks.jsonl", run_block(17686112) + '\n');
    folder.write("l.csv", "address,entity,category,label\n" + wrong + ",,other,x\n");
    folder.write("f.csv", "A / USD,8,," + wrong + "," + kOther + "\n");
    folder.write("c.yaml", "database: {url: \"" + schema.url() +
                               "\"}\nchains: [{name: e, chain_id: 1, archive: {path: blocks.jsonl}}]\n"
                               "entities: [{id: a, roots: [\"" +
                               wrong + "\"]}]\nlists: {labels: [l.csv], feeds: [f.csv]}\n");
    const auto ran = run({"run"});
    CHECK(ran.exit_code == 0);
    for (const auto* place : {"c.yaml:3: entities[0].roots[0]", "l.csv:2: address", "f.csv:1: aggregator"})
        CHECK_THAT(ran.err, Contains((folder.path() / "").string() + place + ": the checksum (EIP-55) of '" +
                                     wrong + "' is wrong, expected " + kOther + " if it is this address"));
}

TEST_CASE_METHOD(CommandsFixture, "addresses: a wrong checksum is refused, and the right one named") {
    // Source: EIP-55's first example. One letter is of the other case.
    const std::string wrong = "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    const auto said = "ADDRESS: the checksum (EIP-55) of '" + wrong + "' is wrong, expected " + kOther +
                      " if it is this address\n";
    for (const auto& words : {Words{"addresses", "add", wrong, "fund"}, Words{"addresses", "remove", wrong},
                              Words{"labels", "show", wrong}}) {
        const auto ran = run(words);
        CHECK(ran.exit_code == 2);
        CHECK(ran.out.empty());
        CHECK(ran.err == said);
    }
    CHECK(out_of({"addresses", "list"}).empty());
    CHECK_THAT(out_of({"addresses", "add", "0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED", "fund"}),
               Contains(kOther + " is now watched"));

    const auto list = folder.write("a.csv", kOkx + ",okx\n" + wrong + ",fund,Cold\n");
    const auto imported = run({"addresses", "import", list.string()});
    CHECK(imported.exit_code == 0);
    CHECK(imported.err == list.string() + ":2: address: " + said.substr(9));
    CHECK_THAT(out_of({"addresses", "list"}), Contains("Cold"));
}

TEST_CASE_METHOD(CommandsFixture,
                 "addresses: a label that a spreadsheet would run goes out inert and comes back") {
    const std::string label = GENERATE("=HYPERLINK(\"http://x\",\"y\")", "+1", "- 1", "@A1", "'=1", "'plain'",
                                       "  =1", "\uff1d1", "\u202eevil, \"quoted\"");
    CAPTURE(label);
    out_of({"addresses", "add", kOther, "fund", label});
    const auto exported = out_of({"addresses", "list", "--csv"});
    const auto list = folder.write("out.csv", exported);
    CHECK_THAT(exported,
               !Contains(",=") && !Contains(",+") && !Contains(",-") && !Contains(",@") && !Contains(",\"="));
    out_of({"addresses", "add", kOther, "fund", "another"});
    CHECK_THAT(out_of({"addresses", "import", list.string()}), Contains("1 changed"));
    CHECK(sql("select label from watched_address")[0][0].as<std::string>() == label);
    CHECK(out_of({"addresses", "list", "--csv"}) == exported);
    if (label.starts_with("\u202e"))
        CHECK_THAT(out_of({"addresses", "list"}),
                   Contains(R"(\u{202e}evil, "quoted")") && !Contains("\u202e"));
}
