#include "moneytrail.hpp"

#include <catch2/catch.hpp>

#include <csignal>

using namespace moneytrail::test;

TEST_CASE("help and version are printed on standard output") {
    struct Row {
        Words words;
        Words expected;
    };
    const auto row = GENERATE(values<Row>({
        {{"--help"}, {"replay", "check-config", "--config", "configs/moneytrail.yaml", "--version"}},
        {{"-h"}, {"replay", "check-config"}},
        {{"replay", "--help"}, {"ARCHIVE", "--addresses", "--keep-going", ".jsonl.gz", "--config"}},
        {{"check-config", "--help"}, {"FILE", "--config", "configs/moneytrail.yaml"}},
        {{"--help"}, {"run", "migrate", "addresses", "alerts", "explain"}},
        {{"addresses", "--help"}, {"add", "remove", "list", "import"}},
        {{"addresses", "add", "--help"}, {"ADDRESS", "ENTITY", "LABEL", "--chain"}},
        {{"alerts", "export", "--help"}, {"--json", "--csv", "--from", "--to", "--entity"}},
        {{"explain", "--help"}, {"ALERT"}},
        {{"--version"}, {"moneytrail " MONEYTRAIL_VERSION "\n"}},
    }));
    CAPTURE(row.words);
    const auto ran = run_moneytrail(row.words);
    CHECK(ran.exit_code == 0);
    CHECK(ran.err.empty());
    for (const auto& text : row.expected) CHECK_THAT(ran.out, Catch::Contains(text));
}

TEST_CASE("a command line that cannot be understood ends with 2") {
    struct Row {
        Words words;
        std::string error;
    };
    const auto row = GENERATE(values<Row>({
        {{},
         "a command is missing; the commands are: run, replay, check-config, migrate, addresses, labels, "
         "tokens, alerts, explain\n"},
        {{"watch"},
         "'watch' is no command; the commands are: run, replay, check-config, migrate, addresses, labels, "
         "tokens, alerts, explain\n"},
        {{"--config", "configs/demo.yaml", "watch", "--keep-going"}, "'watch' is no command"},
        {{"watch", "replay"}, "watch"},
        {{"replay", "--fast"}, "--fast"},
        {{"--fast"},
         "'--fast' is no option; the commands are: run, replay, check-config, migrate, addresses, labels, "
         "tokens, alerts, explain\n"},
        {{"--fast", "replay"}, "--fast"},
        {{"replay", "--config"}, "--config: 1 required TEXT missing"},
        {{"replay", "--addresses"}, "--addresses: 1 required TEXT missing"},
        {{"check-config", "a.yaml", "b.yaml"}, "b.yaml"},
        {{"addresses", "add", "0x12"}, "ENTITY is required"},
        {{"explain"}, "ALERT is required"},
    }));
    CAPTURE(row.words);
    const auto ran = run_moneytrail(row.words);
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Catch::Contains(row.error));
    CHECK(has_line(ran.err, "Run with --help for more information."));
}

TEST_CASE("the configuration may be named before or behind the command") {
    const auto before = run_moneytrail({"--config", "configs/demo.yaml", "check-config"});
    const auto behind = run_moneytrail({"check-config", "--config", "configs/demo.yaml"});
    CHECK(before.exit_code == 0);
    CHECK(has_line(before.out, "configs/demo.yaml: fine"));
    CHECK(behind.out == before.out);
}

TEST_CASE("both shipped configurations are fine") {
    const auto file = GENERATE(values<std::string>({"configs/demo.yaml", "configs/moneytrail.yaml"}));
    const auto ran = run_moneytrail({"check-config", file});
    CHECK(ran.exit_code == 0);
    CHECK(ran.err.empty());
    CHECK(has_line(ran.out, file + ": fine"));
}

TEST_CASE("alerts that nobody can read end the replay") {
    struct Row {
        const char* name;
        Output output;
        int exit_code;
        std::string error;
    };
    // Who reads only the first lines of a pipe wants no complaint: the signal ends the program, as ever.
    const auto row = GENERATE(values<Row>({
        {"no room", Output::full, 1, "moneytrail: alerts cannot be written to standard output\n"},
        {"closed", Output::closed, 1, "moneytrail: alerts cannot be written to standard output\n"},
        {"reader gone", Output::broken, -SIGPIPE, ""},
    }));
    CAPTURE(row.name);
    const auto block = data_folder() / "run/17686112.json.gz";
    const auto ran = run_moneytrail({"replay", "--config", "configs/demo.yaml", block.string()}, row.output);
    CHECK(ran.exit_code == row.exit_code);
    CHECK(ran.err == kDemoNotice + row.error);
}

TEST_CASE("an answer that does not arrive is an error of every command") {
    const auto words = GENERATE(values<Words>(
        {{"--help"}, {"--version"}, {"replay", "--help"}, {"check-config", "configs/demo.yaml"}}));
    const auto output = GENERATE(Output::full, Output::closed);
    CAPTURE(words);
    const auto ran = run_moneytrail(words, output);
    CHECK(ran.exit_code == 1);
    CHECK(ran.err == "moneytrail: the answer cannot be written to standard output\n");
}

TEST_CASE("a command line that cannot be understood ends with 2 when nobody can be told") {
    const auto closed = GENERATE(values<std::vector<int>>({{0}, {2}, {0, 1, 2}}));
    const auto ran = run(
        {.program = MONEYTRAIL_PROGRAM, .arguments = {"watch"}, .folder = source_folder(), .closed = closed});
    CHECK(ran.exit_code == 2);
}
