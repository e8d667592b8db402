#include "commands.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail::test;
using Catch::Contains;

namespace {

namespace fs = std::filesystem;

// Nobody but its owner: root's PostgreSQL, which is another user's, cannot enter; nor can its owner below it.
struct ClosedFolder {
    ClosedFolder() { fs::permissions(folder.path(), fs::perms::none); }
    ~ClosedFolder() { fs::permissions(folder.path(), fs::perms::owner_all); }
    ClosedFolder(const ClosedFolder&) = delete;
    ClosedFolder& operator=(const ClosedFolder&) = delete;
    TemporaryFolder folder;
};

void configure_embedded(const CommandsFixture& fixture, const fs::path& data_dir) {
    fixture.folder.write("c.yaml", "data_dir: " + data_dir.string() +
                                       "\nchains: [{name: e, chain_id: 1, archive: {path: blocks}}]\n"
                                       "entities: [{id: fund}]\n");
}

}  // namespace

TEST_CASE_METHOD(CommandsFixture, "migrate: once, and from then on nothing") {
    CHECK_THAT(out_of({"migrate"}),
               Contains("the schema is up to date: ") && Contains("migrations applied\n"));
    CHECK(out_of({"migrate"}) == "the schema is up to date\n");
}

TEST_CASE_METHOD(CommandsFixture, "every command says what is wrong with the database") {
    out_of({"migrate"});
    sql("insert into schema_migration values (999, '999_later.sql', 'x', now())");
    const auto words = GENERATE(values<Words>({{"migrate"},
                                               {"addresses", "list"},
                                               {"addresses", "add", kOther, "fund"},
                                               {"alerts", "list"},
                                               {"explain", "00000000"}}));
    CAPTURE(words);
    const auto newer = run(words);
    CHECK(newer.exit_code == 1);
    CHECK_THAT(newer.err, Catch::StartsWith("moneytrail: schema: "));

    configure("postgresql://somebody:hunter2@127.0.0.1:1/none");
    const auto down = run(words);
    CHECK(down.exit_code == 1);
    CHECK(down.out.empty());
    CHECK_THAT(down.err, Contains("moneytrail: database \"none\" at 127.0.0.1:1 cannot be reached") &&
                             !Contains("hunter2"));

    configure("postgresql://somebody:hunt@er2@host/none");
    const auto wrong = run(words);
    CHECK(wrong.exit_code == 2);
    CHECK_THAT(wrong.err,
               Catch::StartsWith(file.string() + ":1: database.url: has an '@' where none is expected") &&
                   !Contains("hunt@er2"));

    configure("mysql://somebody:hunter2@host/none");
    const auto other = run(words);
    CHECK(other.exit_code == 2);
    CHECK(other.err == file.string() +
                           ":1: database.url: expected embedded or "
                           "postgresql://user:password@host:port/name, got a value that is not shown\n");
}

TEST_CASE_METHOD(CommandsFixture, "embedded: made by the first command, found by the next") {
    const TemporaryFolder place;
    fs::permissions(place.path(), fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
    configure_embedded(*this, place.path() / "data");
    CHECK(out_of({"addresses", "add", kOther, "fund"}) == kOther + " is now watched for fund\n");
    CHECK_THAT(out_of({"addresses", "list"}), Catch::StartsWith(kOther));
    CHECK_FALSE(fs::exists(place.path() / "data/postgres/cluster/postmaster.pid"));
}

TEST_CASE_METHOD(CommandsFixture, "a second run over the same blocks leaves the same alerts") {
    const auto blocks = std::string{MONEYTRAIL_TEST_DATA} + "/run";
    folder.write("c.yaml", "database: {url: \"" + schema.url() +
                               "\"}\nchains: [{name: e, chain_id: 1, max_gap: 3, archive: {path: " + blocks +
                               "}}]\nentities: [{id: okx, roots: [\"" + kOkx + "\"]}]\n");
    out_of({"run"});
    const auto first = out_of({"alerts", "export", "--json"});
    CHECK_FALSE(first.empty());
    out_of({"run"});
    CHECK(out_of({"alerts", "export", "--json"}) == first);

    // As if it had stopped more than max_gap blocks before the first one.
    sql("delete from block; insert into block (chain_id, block_num, hash, block_time, verified) "
        "values (1, 17686100, sha256('x'), 1689269891, true); "
        "update chain set tip_num = 17686100, tip_hash = sha256('x')");
    const auto behind = run({"run"});
    CHECK(behind.exit_code == 2);
    CHECK_THAT(behind.err, Contains("the database ends with block 17686100, the next block is 17686110, more "
                                    "than max_gap (3) further: give --catch-up to go on there, or --from "
                                    "latest to begin with the newest block\n"));
    CHECK(sql("select tip_num from chain")[0][0].as<int>() == 17686100);
    out_of({"run", "--from", "latest"});
    CHECK(sql("select count(*) from block")[0][0].as<int>() == 2);
    CHECK(run({"run", "--from", "earliest"}).exit_code == 2);
}

TEST_CASE_METHOD(CommandsFixture,
                 "embedded: a data_dir that cannot be reached is a mistake of the configuration") {
    const ClosedFolder closed;
    configure_embedded(*this, closed.folder.path() / "data");
    const auto ran = run({"migrate"});
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Catch::StartsWith("data_dir: " + closed.folder.path().string()));
}
