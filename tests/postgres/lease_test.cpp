#include "postgres/lease.hpp"

#include "postgres/migrate.hpp"
#include "support/schema.hpp"
#include "support/sql.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <thread>

using namespace moneytrail;
using namespace std::chrono_literals;
using postgres::ConnectionLost;
using postgres::Lease;
using postgres::LeaseLost;
using postgres::Work;
using test::Sql;

namespace {

// A daemon as far as the database is concerned.
struct Daemon {
    Daemon(const std::string& url, Duration wait, std::uint64_t chain_id)
        : lease{chain_id, wait}, sql{url, [this](Work& tx) { lease.acquire(tx); }} {}
    Daemon(const std::string& url, Duration wait) : Daemon{url, wait, 1} {}

    void work() {
        sql.transact([this](Work& tx) { lease.check(tx); });
    }

    Lease lease;
    Sql sql;
};

struct Fixture {
    Fixture() {
        Sql sql{schema.url()};
        test::run(sql.loop, apply(sql.database));
    }
    static Task<> apply(postgres::Database& database) { co_await postgres::migrate(database); }

    void end_sessions_of(const std::string& application) const {
        Sql{schema.url()}.exec(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '" +
            application + "'");
    }

    test::Schema schema{"lease"};
    std::string first_url = schema.url() + "&application_name=first";
    std::string second_url = schema.url() + "&application_name=second";
};

}  // namespace

TEST_CASE_METHOD(Fixture, "of two daemons one works and the other says who") {
    Daemon first{first_url, 0s};
    first.work();
    CHECK(first.lease.epoch() == 1);

    Daemon second{second_url, 300ms};
    const auto since =
        first.sql.text("select to_char(started, 'YYYY-MM-DD HH24:MI:SS') from lease where chain_id = 1");
    const auto holder = first.sql.text("select holder from lease");
    CHECK(holder.starts_with("pid " + std::to_string(::getpid()) + ", host "));
    CHECK_THROWS_WITH(second.work(), "database is held by another moneytrail (" + holder + ", since " +
                                         since +
                                         " UTC): end that one first, or give this one a database of its own");
    CHECK_THROWS_AS(second.work(), Permanent);
    first.work();
}

TEST_CASE_METHOD(Fixture, "the second has it as soon as the first is gone, and the first ends") {
    Daemon first{first_url, 300ms};
    first.work();
    Daemon second{second_url, 10s};
    const std::jthread killer{[&] {
        std::this_thread::sleep_for(300ms);
        end_sessions_of("first");
    }};
    const auto start = std::chrono::steady_clock::now();
    second.work();
    CHECK(std::chrono::steady_clock::now() - start < 5s);
    CHECK(second.lease.epoch() == 2);

    CHECK_THROWS_AS(first.work(), ConnectionLost);
    CHECK_THROWS_AS(first.work(), Permanent);  // held by the second
    end_sessions_of("second");
    CHECK_THROWS_AS(second.work(), ConnectionLost);
    CHECK_THROWS_AS(first.work(), LeaseLost);  // free, but not what it was
}

TEST_CASE_METHOD(Fixture, "a daemon that only lost its connection goes on with its epoch") {
    Daemon daemon{first_url, 5s};
    daemon.work();
    end_sessions_of("first");
    CHECK_THROWS_AS(daemon.work(), ConnectionLost);
    daemon.work();
    CHECK(daemon.lease.epoch() == 1);
}

TEST_CASE_METHOD(Fixture, "its own lost session is waited for, not reported as another's") {
    Lease lease{1, 0s};
    Sql old{first_url, [&](Work& tx) { lease.acquire(tx); }};
    old.exec("select 1");
    Sql again{first_url, [&](Work& tx) { lease.acquire(tx); }};
    CHECK_THROWS_AS(again.exec("select 1"), Transient);
}

TEST_CASE_METHOD(Fixture, "a write with an older epoch is refused whatever holds the lock") {
    Daemon first{first_url, 0s};
    first.work();
    Sql other{schema.url()};
    other.exec("update lease set epoch = 2, holder = 'pid 7, host far', started = '2026-01-02 03:04:05+00'");
    CHECK_THROWS_WITH(
        first.work(),
        "another moneytrail (pid 7, host far, since 2026-01-02 03:04:05 UTC) has taken over this "
        "database: this one ends");
    CHECK_THROWS_AS(first.work(), LeaseLost);
}

TEST_CASE_METHOD(Fixture, "the epoch cannot rise between the check and the commit") {
    Daemon first{first_url, 0s};
    Sql other{schema.url(), [](Work& tx) { tx.exec("set lock_timeout = '100ms'"); }};
    const auto writes = [&](Work& tx) {
        first.lease.check(tx);
        CHECK_THROWS_AS(other.exec("update lease set epoch = epoch + 1"), Transient);
    };
    first.sql.transact(writes);
    other.exec("update lease set epoch = epoch + 1");
}

TEST_CASE_METHOD(Fixture, "daemons of two chains share a database") {
    Daemon first{first_url, 0s, 1};
    Daemon second{second_url, 0s, 10};
    first.work();
    second.work();
}
