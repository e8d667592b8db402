#include "postgres/database.hpp"

#include "support/schema.hpp"
#include "support/sql.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using postgres::ConnectionLost;
using postgres::InDoubt;
using postgres::Work;
using test::Sql;

namespace {

constexpr auto kEndOwnSession = "select pg_terminate_backend(pg_backend_pid())";

void end_sessions_of(const std::string& application) {
    Sql{test::server_url()}.exec(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '" + application +
        "'");
}

Task<> insert_slowly(Sql& sql) {
    return sql.database.transact([](Work& tx) { tx.exec("select pg_sleep(0.2); insert into t values (1)"); });
}

}  // namespace

TEST_CASE("a failed transaction leaves nothing behind and says why") {
    const test::Schema schema{"failed_transaction"};
    Sql sql{schema.url()};
    sql.exec("create table t(a int primary key)");
    CHECK_THROWS_WITH(
        sql.exec("insert into t values (1); insert into t values (1)"),
        Contains("database \"postgres\" at ") &&
            Contains(" failed: ERROR: duplicate key value violates unique constraint \"t_pkey\" "
                     "DETAIL: Key (a)=(1) already exists. (SQLSTATE 23505)."));
    CHECK_THROWS_AS(sql.exec("insert into t values (1); insert into t values (1)"), Permanent);
    CHECK(sql.text("select count(*) from t") == "0");
}

TEST_CASE("an error of the caller's own rolls back and comes out as it is") {
    const test::Schema schema{"own_error"};
    Sql sql{schema.url()};
    sql.exec("create table t(a int primary key)");
    const auto body = [](Work& tx) {
        tx.exec("insert into t values (1)");
        throw std::out_of_range{"mine"};
    };
    CHECK_THROWS_AS(sql.transact(body), std::out_of_range);
    CHECK(sql.text("select count(*) from t") == "0");
}

TEST_CASE("a cancelled caller does not abandon its transaction") {
    const test::Schema schema{"cancelled_caller"};
    Sql sql{schema.url()};
    sql.exec("create table t(a int primary key)");
    test::run(sql.loop, race(insert_slowly(sql), sleep_for(20ms)));
    CHECK(sql.text("select count(*) from t") == "1");
}

TEST_CASE("a lost connection fails its transaction and the next one has everything again") {
    const test::Schema schema{"lost_connection"};
    int opened = 0;
    Sql sql{schema.url() + "&application_name=victim", [&](Work& tx) {
                tx.exec("set application_name = 'victim hooked'");
                ++opened;
            }};
    const std::string settings =
        "select concat_ws(' ', current_setting('statement_timeout'), current_setting('lock_timeout'), "
        "current_setting('application_name'), current_setting('timezone'))";
    CHECK(sql.text(settings) == "30s 5s victim hooked UTC");
    CHECK(opened == 1);
    SECTION("in its middle") {
        CHECK_THROWS_AS(sql.exec(kEndOwnSession), ConnectionLost);
    }
    SECTION("before its start") {
        end_sessions_of("victim hooked");
        CHECK_THROWS_AS(sql.text(settings), ConnectionLost);
    }
    CHECK(sql.text(settings) == "30s 5s victim hooked UTC");
    CHECK(opened == 2);
}

TEST_CASE("a failing hook leaves no connection behind") {
    int opened = 0;
    Sql sql{test::server_url(), [&](Work&) {
                if (++opened == 1) throw Permanent{"not yet"};
            }};
    CHECK_THROWS_WITH(sql.exec("select 1"), "not yet");
    sql.exec("select 1");
    CHECK(opened == 2);
}

TEST_CASE("a connection lost during the commit leaves the caller in doubt") {
    const test::Schema schema{"in_doubt"};
    Sql sql{schema.url()};
    // A deferred trigger runs inside the commit.
    sql.exec(
        "create table t(a int); "
        "create function leave() returns trigger language plpgsql as "
        "$$begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); return null; end$$; "
        "create constraint trigger leaving after insert on t deferrable initially deferred "
        "for each row execute function leave()");
    CHECK_THROWS_AS(sql.exec("insert into t values (1)"), InDoubt);
    CHECK(sql.text("select count(*) from t") == "0");
}

TEST_CASE("what may pass is told from what has to be put right") {
    struct Row {
        const char* name;
        const char* sqlstate;
        bool is_transient;
    };
    const auto row =
        GENERATE(Row{"serialization failure", "40001", true}, Row{"deadlock", "40P01", true},
                 Row{"too many connections", "53300", true}, Row{"lock not available", "55P03", true},
                 Row{"statement timeout", "57014", true}, Row{"cannot connect now", "57P03", true},
                 Row{"admin shutdown", "57P01", true}, Row{"crash shutdown", "57P02", true},
                 Row{"connection failure", "08006", true}, Row{"disk full", "53100", false},
                 Row{"read only", "25006", false}, Row{"unique violation", "23505", false},
                 Row{"undefined table", "42P01", false}, Row{"internal error", "XX000", false});
    CAPTURE(row.name);
    Sql sql{test::server_url()};
    const auto raise =
        std::string{"do $$begin raise exception 'told' using errcode = '"} + row.sqlstate + "'; end$$";
    if (row.is_transient)
        CHECK_THROWS_AS(sql.exec(raise), Transient);
    else
        CHECK_THROWS_AS(sql.exec(raise), Permanent);
    sql.exec("select 1");
}
