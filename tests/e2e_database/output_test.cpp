// The daemon and the commands with standard files that are closed, full or gone.

#include "commands.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace moneytrail::test;
using Catch::Contains;

namespace {

struct Daemon : CommandsFixture {
    Daemon() { configure_channels(""); }

    void configure_channels(const std::string& channels) const {
        folder.write("c.yaml", database + channels + "chains: [{name: e, chain_id: 1, archive: {path: " +
                                   blocks + "}}]\nentities: [{id: okx, roots: [\"" + kOkx + "\"]}]\n");
    }
    Ran run_with(Words words, Output output, std::vector<int> closed = {}) const {
        words.insert(words.end(), {"--config", file.string()});
        return moneytrail::test::run({.program = MONEYTRAIL_PROGRAM,
                                      .arguments = words,
                                      .folder = source_folder(),
                                      .output = output,
                                      .closed = std::move(closed)});
    }
    int deliveries(const std::string& which) const {
        return sql("select count(*) from delivery where " + which)[0][0].as<int>();
    }

    std::string database = "database: {url: \"" + schema.url() + "\"}\n";
    std::string blocks = (data_folder() / "run").string();
};

// "[1a2b3c4d]", as the console's lines end.
Words ids_of(const std::string& out) {
    Words ids;
    for (const auto& line : lines_of(out)) ids.push_back(line.substr(line.rfind('[')));
    std::ranges::sort(ids);
    return ids;
}

}  // namespace

TEST_CASE_METHOD(Daemon, "run: alerts that nobody could see are shown by the next run, each once") {
    const auto output = GENERATE(Output::closed, Output::full, Output::broken);
    const auto blind = run_with({"run"}, output);
    CHECK(blind.exit_code == 1);
    CHECK_THAT(blind.err, Contains("moneytrail: alerts cannot be written to standard output\n"));
    CHECK(deliveries("sent_revision > 0") == 0);

    const auto seen = run({"run"});
    CHECK(seen.exit_code == 0);
    const auto ids = ids_of(seen.out);
    CHECK(std::ranges::adjacent_find(ids) == ids.end());
    CHECK(ids.size() == lines_of(out_of({"alerts", "export", "--json"})).size());
    CHECK(deliveries("sent_revision <> wanted_revision") == 0);
    CHECK(run({"run"}).out.empty());
}

TEST_CASE_METHOD(Daemon, "run: without channels the console is on, and the log says which are") {
    struct Row {
        std::string channels;
        std::string notice;
        bool shows;
    };
    const auto row = GENERATE(values<Row>({
        {"", " info channels: console\n", true},
        {"channels:\n", " info channels: console\n", true},
        {"channels: {console: {min_severity: low}}\n", " info channels: console\n", true},
        {"channels: {}\n", " info channels: none, alerts are kept in the database only\n", false},
        {"channels: {telegram: {bot_token: x, chats: ['1']}}\n",
         " info channels.telegram: this version does not deliver to it\n", false},
    }));
    CAPTURE(row.channels);
    configure_channels(row.channels);
    // Nothing to show: nobody misses standard output, or the other two.
    const auto ran = row.shows ? run({"run"}) : run_with({"run"}, Output::kept, {0, 1});
    CHECK(ran.exit_code == 0);
    CHECK_THAT(ran.err, Contains(row.notice));
    CHECK(ran.out.empty() != row.shows);
    CHECK(deliveries("true") == static_cast<int>(lines_of(ran.out).size()));
}

TEST_CASE_METHOD(Daemon, "run: a channel that is off is not said to be missing") {
    configure_channels("channels: {telegram: {bot_token: '', chats: ['1']}}\n");
    CHECK_THAT(run({"run"}).err, !Contains("channels.telegram"));
}

TEST_CASE_METHOD(Daemon, "what is done but cannot be said is an error") {
    const auto output = GENERATE(Output::closed, Output::full);
    const auto added = run_with({"addresses", "add", kOther, "okx"}, output);
    CHECK(added.exit_code == 1);
    CHECK(added.err == "moneytrail: the answer cannot be written to standard output\n");
    CHECK_THAT(out_of({"addresses", "list"}), Contains(kOther));
    CHECK(run_with({"addresses", "list"}, output).exit_code == 1);
    CHECK(run_with({"alerts", "export", "--csv"}, output).exit_code == 1);
    CHECK(run_with({"labels", "show", kOther}, output).exit_code == 1);
    CHECK(run_with({"migrate"}, output).exit_code == 1);
}

TEST_CASE_METHOD(Daemon, "embedded: closed standard files are not the database's") {
    const TemporaryFolder place;
    namespace fs = std::filesystem;
    fs::permissions(place.path(), fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
    folder.write("c.yaml", "data_dir: " + (place.path() / "data").string() +
                               "\nchains: [{name: e, chain_id: 1, archive: {path: " + blocks +
                               "}}]\nentities: [{id: okx, roots: [\"" + kOkx + "\"]}]\n");
    CHECK(run_with({"run"}, Output::kept, {0, 1, 2}).exit_code == 1);
    for (const auto& entry : fs::directory_iterator{place.path() / "data"})
        if (entry.is_regular_file() && entry.path().extension() != ".log") {
            CAPTURE(entry.path().string());
            CHECK(entry.file_size() == 0);
        }
    const auto shown = lines_of(out_of({"run"}));
    CHECK(shown.size() == lines_of(out_of({"alerts", "export", "--json"})).size());
}

TEST_CASE_METHOD(Daemon, "run: a block number that is too large leaves a database that goes on") {
    const auto honest = blocks;
    blocks = (data_folder() / "numbers/k1-2-63-less-1.jsonl.gz").string();
    out_of({"migrate"});
    for (const bool is_first : {true, false}) {
        CAPTURE(is_first);
        configure_channels("channels: {}\n");
        const auto far = run({"run"});
        CHECK(far.exit_code == 1);
        CHECK_THAT(far.err, Contains("block.number: expected a number of at most 2^53, got "
                                     "9223372036854775807"));
        const auto beyond = std::exchange(blocks, honest);
        configure_channels("channels: {}\n");
        out_of({"run"});
        // The last block of the shipped run.
        CHECK(sql("select tip_num from chain")[0][0].as<int>() == 17686132);
        blocks = beyond;
    }
}
