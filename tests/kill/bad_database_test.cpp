// The daemon on a database that it cannot work with: what it says, how it ends, and what is kept.

#include "outcome.hpp"
#include "support/own_server.hpp"

#include <csignal>
#include <fstream>

using namespace moneytrail::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

namespace fs = std::filesystem;

constexpr int kFailed = 1;
constexpr int kMisconfigured = 2;

Ran check_ends(const Launch& launch, int exit_code) {
    auto ran = run(launch);
    INFO(ran.err);
    CHECK(ran.exit_code == exit_code);
    CHECK(ran.out.empty());
    return ran;
}

std::string last_line(const Ran& ran) {
    const auto lines = lines_of(ran.err);
    return lines.empty() ? "" : lines.back();
}

// The disk takes no further page; what is in pages already may still change.
void fill_up(Place& place) {
    place.sql("create table filler(a text) tablespace small");
    for (const auto* const rows : {"1000", "100", "10", "1"}) try {
            for (;;)
                place.sql(
                    std::string{"insert into filler select repeat('x', 1000) from generate_series(1, "} +
                    rows + ")");
        } catch (const pqxx::sql_error&) {
            continue;
        }
}

}  // namespace

TEST_CASE("run: a server that is not there") {
    const Place place;
    const auto ran = check_ends(place.daemon_on("postgresql://mt:hunter2@127.0.0.1:1/money", "0"), kFailed);
    CHECK_THAT(last_line(ran),
               StartsWith("moneytrail: database \"money\" at 127.0.0.1:1 cannot be reached: "));
    CHECK_THAT(ran.err, !Contains("hunter2"));
}

TEST_CASE("run: a disk that is full ends the daemon, and room lets it go on") {
    const char* folder = std::getenv("MONEYTRAIL_TEST_SMALL_DISK");
    REQUIRE(folder != nullptr);
    const auto chain = long_chain(300, 11);
    const auto expected = undisturbed(chain);
    Place place{"full_disk", chain};
    place.sql("create tablespace small location '" + std::string{folder} + "'");
    const auto url = place.url(place.server().host, place.server().user) + "%20-cdefault_tablespace%3Dsmall";

    // A few blocks a second: some are stored before there is no room.
    Child first{place.daemon_on(url, "100ms")};
    CHECK(place.wait_for_tip(3));
    fill_up(place);
    first.signal(SIGTERM);
    auto out = first.wait(std::chrono::seconds{10}).out;
    const auto ran = run(place.daemon_on(url, "0"));
    out += ran.out;
    CHECK(ran.exit_code == kFailed);
    CHECK_THAT(last_line(ran), StartsWith("moneytrail: database \"postgres\" at ") &&
                                   Contains(" has no space left: ") &&
                                   Contains("Nothing of this transaction is kept"));
    const auto tip = place.tip();
    CHECK(tip >= 3);
    CHECK(place.sql("select max(block_num) from block")[0][0].as<int>() == tip);

    place.sql("drop table filler");
    const auto last = run(place.daemon_on(url, "0"));
    INFO(last.err);
    CHECK(last.exit_code == 0);
    check_tables(place, expected);
    check_console(place, out + last.out);
    place.sql("drop schema full_disk cascade");
    place.sql("drop tablespace small");
}

TEST_CASE("run: a database that is read-only, and one of a newer version") {
    Place place;
    REQUIRE(run(place.daemon("0")).exit_code == 0);
    const auto before = place.tables();
    const auto own = place.url(place.server().host, place.server().user);
    SECTION("read-only") {
        const auto ran =
            check_ends(place.daemon_on(own + "%20-cdefault_transaction_read_only%3Don", "0"), kFailed);
        CHECK_THAT(last_line(ran),
                   Contains(" is read-only: ") && Contains("let database.url name the primary server"));
        CHECK(place.tables() == before);
    }
    SECTION("of a newer version") {
        place.sql("insert into schema_migration values (999, '999_later.sql', 'x', now())");
        const auto ran = check_ends(place.daemon("0"), kFailed);
        CHECK_THAT(last_line(ran), StartsWith("moneytrail: schema: "));
        place.sql("delete from schema_migration where number = 999");
        CHECK(place.tables() == before);
    }
}

TEST_CASE("run: a wrong password is not shown") {
    const OwnServer server;
    Place place{"password", kChain, server.url()};
    place.sql("create role reader login superuser password 'right'");
    server.protect("reader");
    place.sql("select pg_reload_conf()");
    const auto url = [&](const std::string& password) {
        return replaced(place.url(place.server().host, "reader"), "postgresql:///",
                        "postgresql://reader:" + password + "@/");
    };
    const auto ran = check_ends(place.daemon_on(url("hunter2"), "0"), kFailed);
    CHECK_THAT(last_line(ran), Contains(" refuses the login: ") && Contains("Correct user and password"));
    CHECK_THAT(ran.err, !Contains("hunter2"));
    CHECK(run(place.daemon_on(url("right"), "0")).exit_code == 0);
}

TEST_CASE("run: what the configuration says of the database cannot be") {
    struct Row {
        const char* url;
        const char* error;
    };
    const auto row =
        GENERATE(Row{"mysql://mt:hunter2@db/money", "database.url: expected embedded or postgresql://"},
                 Row{"postgresql://mt:hunter@2@db/money", "database.url: has an '@' where none is expected"});
    CAPTURE(row.url);
    const Place place;
    const auto ran = check_ends(place.daemon_on(row.url, "0"), kMisconfigured);
    CHECK_THAT(ran.err, Contains(row.error) && !Contains("hunter"));
}

TEST_CASE("run: a data_dir that cannot be reached") {
    const TemporaryFolder closed;
    fs::permissions(closed.path(), fs::perms::none);
    const Place place;
    const auto folder = (closed.path() / "data").string();
    const auto ran = check_ends(place.daemon_with("data_dir: " + folder + "\n", "0"), kMisconfigured);
    CHECK_THAT(last_line(ran), StartsWith("data_dir: " + folder));
    fs::permissions(closed.path(), fs::perms::owner_all);
}

TEST_CASE("run: an archive of another chain is the configuration's mistake, and nothing of it is stored") {
    Place place;
    REQUIRE(run(place.daemon("0")).exit_code == 0);
    const auto before = place.tables();
    const auto launch = place.daemon("0");
    const fs::path config = launch.arguments.back();
    std::ostringstream text;
    text << std::ifstream{config}.rdbuf();
    // The shipped run is chain 1's.
    auto other = replaced(text.str(), "chain_id: 1", "chain_id: 5");
    other = replaced(other, "path: blocks.jsonl", "path: \"" + (data_folder() / "run").string() + "\"");
    std::ofstream{config} << other;
    const auto ran = check_ends(launch, kMisconfigured);
    CHECK_THAT(
        last_line(ran),
        Contains("17686110.json.gz:1: block 17686110 is of chain 1, the configuration says chain_id 5"));
    for (const auto* const table : {"block", "activity", "alert", "delivery", "price_update", "repeat_key"})
        CHECK(place.tables().at(table) == before.at(table));
    CHECK(place.sql("select 1 from chain where chain_id = 5 and tip_num is not null").empty());
}
