#include "postgres/migrate.hpp"

#include "support/schema.hpp"
#include "support/sql.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

using namespace moneytrail;
using postgres::Migration;
using test::Sql;

namespace {

const Migration first{"001_a.sql", "aaaaaaaa11", "create table a(x int); insert into a values (1)"};
const Migration second{"002_b.sql", "bbbbbbbb22", "create table b(x int)"};
const Migration third{"003_c.sql", "cccccccc33", "create table c(x int)"};

Task<> apply(Sql& sql, std::vector<Migration> migrations, int expected) {
    const auto applied = co_await postgres::migrate(sql.database, std::move(migrations));
    CHECK(applied == expected);
}

struct Fixture {
    void migrate(std::vector<Migration> migrations, int expected) {
        test::run(sql.loop, apply(sql, std::move(migrations), expected));
    }
    std::string record() {
        return sql.text("select coalesce(string_agg(file, ' ' order by number), '') from schema_migration");
    }

    test::Schema schema{"migrations"};
    Sql sql{schema.url()};
};

Task<> apply_own(Sql& sql) {
    const auto applied = co_await postgres::migrate(sql.database);
    CHECK(applied == static_cast<int>(postgres::own_migrations().size()));
}

}  // namespace

TEST_CASE_METHOD(Fixture, "migrations are applied once, in order, and later ones are added") {
    migrate({first}, 1);
    migrate({first}, 0);
    migrate({first, second, third}, 2);
    CHECK(record() == "001_a.sql 002_b.sql 003_c.sql");
    CHECK(sql.text("select count(*) from a") == "1");
}

TEST_CASE_METHOD(Fixture, "a migration that fails leaves the ones before it, and nothing of itself") {
    const Migration bad{"002_b.sql", "bb", "create table b(x int); create table b(x int)"};
    CHECK_THROWS_AS(migrate({first, bad}, 0), Permanent);
    CHECK(record() == "001_a.sql");
    CHECK(sql.text("select to_regclass('b') is null") == "t");
    migrate({first, second}, 1);
}

TEST_CASE_METHOD(Fixture, "a record that disagrees with the files is refused and nothing changes") {
    migrate({first, second}, 2);
    sql.exec("update schema_migration set applied = '2026-01-02 03:04:05+00'");
    SECTION("changed file") {
        auto changed = second;
        changed.sha256 = "dddddddd44";
        CHECK_THROWS_WITH(
            migrate({first, changed, third}, 0),
            "schema: 002_b.sql was applied on 2026-01-02 03:04:05 UTC with SHA-256 bbbbbbbb…, but this "
            "program has 002_b.sql with dddddddd…. A migration never changes once it is applied: run "
            "the version that made this database, or a later release.");
    }
    SECTION("newer schema") {
        CHECK_THROWS_WITH(
            migrate({first}, 0),
            "schema: the database is newer than this program: it has 002_b.sql, the program knows "
            "nothing after 001_a.sql. Run the version that wrote it, or a later one.");
    }
    SECTION("gap") {
        sql.exec("delete from schema_migration where number = 1");
        CHECK_THROWS_WITH(
            migrate({first, second, third}, 0),
            "schema: the database's record of migrations has 002_b.sql but none with number 1. "
            "Something else has written to schema_migration: restore the database from a backup.");
    }
    CHECK_THROWS_AS(migrate({second}, 0), Permanent);
    CHECK(sql.text("select to_regclass('c') is null") == "t");
}

TEST_CASE_METHOD(Fixture, "two programs that migrate at once apply each migration once") {
    const Migration slow{"001_a.sql", "aa", "create table a(x int); select pg_sleep(0.3)"};
    Sql other{schema.url()};
    std::vector<Task<>> both;
    int applied = 0;
    const auto one = [&](Sql& which) -> Task<> {
        applied += co_await postgres::migrate(which.database, {slow, second, third});
    };
    both.push_back(one(sql));
    both.push_back(one(other));
    test::run(sql.loop, run_all(std::move(both)));
    CHECK(applied == 3);
}

TEST_CASE_METHOD(Fixture, "the program carries the files of sql/ as they are") {
    const auto own = postgres::own_migrations();
    REQUIRE_FALSE(own.empty());
    for (const auto& migration : own) {
        const std::ifstream file{std::string{MONEYTRAIL_SOURCE "/sql/"} + migration.file};
        std::stringstream text;
        text << file.rdbuf();
        CHECK(text.str() == migration.sql);
        CHECK(migration.sha256.size() == 64);
        CHECK(sql.text("select encode(sha256(convert_to($migration$" + migration.sql +
                       "$migration$, 'UTF8')), 'hex')") == migration.sha256);
    }
    test::run(sql.loop, apply_own(sql));
}

// One reworded comment would refuse every database that has applied the file.
TEST_CASE("migrations that databases have applied keep their names and bytes") {
    const std::vector<std::pair<std::string, std::string>> applied{
        {"001_ground.sql", "8c62cbafc3059701fcf7dbb8a80fbfae02008f97d7b1445434c07b9960135799"},
        {"002_chain.sql", "a423039367276697d41191fb466b6378dec74da08bfb48d44a36ac447550de9b"},
        {"003_user_claim.sql", "f40d7cbe2e657aee348f810ae701426251f532ef0485b5ff893ac8a639fb4d78"},
        {"004_dealings.sql", "b0a72d9e6f3a87dd3c3ff961cc503f948015f168791fa70ebadc2d0ff53a7578"},
        {"005_lists.sql", "0d72b13a21ff3b7e23eacba247cacf03354afa74bfc980a06e92041982ce925a"},
        {"006_prices.sql", "c467363edb3e411883dad2ee099392a214d5d0688b56769cc29b9c0484aab472"},
        {"007_unknown_addresses.sql", "5bf1c540b957c3ed82c88e944132e3b00e55bb8bc5063e52b1e81e1e2acfa786"},
        {"008_watch_list.sql", "31ef85c40a121e14e98706b091c0c293859b95f2b43a51cb0aae88b94963affd"},
        {"009_source_position.sql", "890cb8655867d93ef39a026318ba011e74d7f6f3cfbbe359bc41a25f6cfb9d23"},
        {"010_watch_pages.sql", "9ecbbe6fc0e55b105ae68d359f45ffa8f52e82cb716e455a9d5688cb3b7ddbfa"},
        {"011_initiative.sql", "d8b4b65055a60ce07433cc00e046de7262a110ed357d071c564732f1e7e2a565"}};
    const auto own = postgres::own_migrations();
    REQUIRE(own.size() >= applied.size());
    for (std::size_t i = 0; i < applied.size(); ++i) {
        CHECK(own[i].file == applied[i].first);
        CHECK(own[i].sha256 == applied[i].second);
    }
}
