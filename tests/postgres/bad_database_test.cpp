// Databases that cannot be worked with: each says what is wrong and what would be right, without a password.

#include "postgres/embedded/embedded_cluster.hpp"
#include "support/cluster.hpp"
#include "support/schema.hpp"
#include "support/sql.hpp"

#include <catch2/catch.hpp>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace moneytrail;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using postgres::ConnectionLost;
using test::Sql;

namespace {

// Where the test server's socket is, as messages name it.
std::string where() {
    const auto url = test::server_url();
    const auto from = url.find("host=") + 5;
    return url.substr(from, url.find('&', from) - from) + ":5432";
}

// A port that is nobody's: bound, so that nobody takes it, but not listened to.
struct ClosedPort {
    ClosedPort() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const any = reinterpret_cast<sockaddr*>(&address);  // the sockets API's own cast
        REQUIRE(::bind(fd, any, size) == 0);
        REQUIRE(::getsockname(fd, any, &size) == 0);
        port = std::to_string(ntohs(address.sin_port));
    }
    ~ClosedPort() { ::close(fd); }
    ClosedPort(const ClosedPort&) = delete;
    ClosedPort& operator=(const ClosedPort&) = delete;

    int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::string port;
};

constexpr const char* kStray =
    "database.url: has an '@' where none is expected; in user and password write '@' as %40, '/' as %2F, "
    "'?' as %3F";
constexpr const char* kUnreadable =
    "database.url: cannot be read as postgresql://user:password@host:port/name?option=value";
constexpr const char* kNone =
    "database.url: expected embedded or postgresql://user:password@host:port/name, got a value that is not "
    "shown";

}  // namespace

TEST_CASE("a database that is down is worth another try") {
    const ClosedPort closed;
    Sql sql{"postgresql://mt:hunter2@127.0.0.1:" + closed.port + "/money"};
    CHECK_THROWS_WITH(
        sql.exec("select 1"),
        "database \"money\" at 127.0.0.1:" + closed.port +
            " cannot be reached: connection to server at \"127.0.0.1\", port " + closed.port +
            " failed: Connection refused Is the server running on that host and accepting TCP/IP "
            "connections?");
    CHECK_THROWS_AS(sql.exec("select 1"), ConnectionLost);
    Sql nowhere{"postgresql:///money?host=/nonexistent"};
    CHECK_THROWS_WITH(nowhere.exec("select 1"),
                      StartsWith("database \"money\" at /nonexistent:5432 cannot be reached: ") &&
                          Contains("No such file or directory"));
}

TEST_CASE("a full disk is an error that says so, and what was there before is kept") {
    const char* folder = std::getenv("MONEYTRAIL_TEST_SMALL_DISK");
    REQUIRE(folder != nullptr);
    const auto outside = [&](const std::string& statement) {
        pqxx::connection connection{test::server_url()};
        pqxx::nontransaction{connection}.exec(statement);
    };
    outside("create tablespace small location '" + std::string{folder} + "'");
    {
        const test::Schema schema{"full_disk"};
        Sql sql{schema.url()};
        sql.exec("create table t(a int, filler text) tablespace small");
        sql.exec("insert into t values (1, '')");
        const std::string fill =
            "insert into t select i, repeat('x', 1000) from generate_series(1, 400000) i";
        std::string text;
        try {
            sql.exec(fill);
        } catch (const Permanent& error) {
            text = error.what();
        }
        CHECK_THAT(text, StartsWith("database \"postgres\" at " + where() +
                                    " has no space left: ERROR: could not extend file \"pg_tblspc/"));
        CHECK_THAT(
            text, Contains(": No space left on device HINT: Check free disk space. (SQLSTATE 53100). Nothing "
                           "of this transaction is kept, all before it is: free space on the server's disk "
                           "and start again."));
        CHECK(sql.text("select count(*) from t") == "1");
        sql.exec("drop table t");
        sql.exec("create table t(a int) tablespace small; insert into t values (2)");
    }
    outside("drop tablespace small");
}

TEST_CASE("a read-only database is an error that says so") {
    const test::Schema schema{"read_only"};
    Sql{schema.url()}.exec("create table t(a int)");
    Sql sql{schema.url() + "%20-cdefault_transaction_read_only%3Don"};
    CHECK_THROWS_WITH(
        sql.exec("insert into t values (1)"),
        "database \"postgres\" at " + where() +
            " is read-only: ERROR: cannot execute INSERT in a read-only transaction (SQLSTATE 25006). "
            "Moneytrail has to write: let database.url name the primary server, with "
            "default_transaction_read_only off.");
    CHECK_THROWS_AS(sql.exec("insert into t values (1)"), Permanent);
    CHECK(sql.text("select count(*) from t") == "0");
}

TEST_CASE("a database that does not exist is an error that says so") {
    auto url = test::server_url();
    url.replace(url.find("/postgres?"), 10, "/nosuch?");
    Sql sql{url};
    CHECK_THROWS_WITH(sql.exec("select 1"),
                      StartsWith("database \"nosuch\" at " + where() + " does not exist: ") &&
                          Contains("FATAL: database \"nosuch\" does not exist (SQLSTATE "
                                   "3D000). Create it (createdb), or correct database.url."));
    CHECK_THROWS_AS(sql.exec("select 1"), Permanent);
}

TEST_CASE("a wrong password is an error that does not show it") {
    auto& place = test::cluster_place();
    const auto hba = place.write_public("hba.conf", "local all reader scram-sha-256\nlocal all all trust\n");
    auto options = place.options();
    options.settings.push_back("hba_file=" + hba.string());
    const postgres::EmbeddedCluster cluster{options};
    Sql{cluster.url()}.exec("drop role if exists reader; create role reader login password 'right'");
    const auto as_reader = [&](const std::string& password) {
        auto url = cluster.url();
        return url.replace(url.find("moneytrail@"), 11, "reader:" + password + "@");
    };
    CHECK(Sql{as_reader("right")}.text("select current_user") == "reader");
    Sql sql{as_reader("hunter2")};
    const auto folder = (place.folder() / "postgres/socket").string();
    CHECK_THROWS_WITH(
        sql.exec("select 1"),
        "database \"postgres\" at " + folder + ":5432 refuses the login: connection to server on socket \"" +
            folder +
            "/.s.PGSQL.5432\" failed: FATAL: password authentication failed for user \"reader\" (SQLSTATE "
            "28P01). Correct user and password in database.url, or the server's pg_hba.conf.");
    CHECK_THROWS_AS(sql.exec("select 1"), Permanent);
}

TEST_CASE("too many connections and a stopping server may pass") {
    auto& place = test::cluster_place();
    auto options = place.options();
    options.settings.emplace_back("max_connections=4");
    options.settings.emplace_back("superuser_reserved_connections=0");
    const postgres::EmbeddedCluster cluster{options};
    std::vector<std::unique_ptr<pqxx::connection>> others;
    others.reserve(4);
    for (int i = 0; i < 4; ++i) others.push_back(std::make_unique<pqxx::connection>(cluster.url()));
    asio::io_context loop{1};
    postgres::Database database{[&cluster] { return cluster.url(); }, {}, std::chrono::milliseconds{100}};
    const auto ask = [&] {
        test::run(loop, database.transact([](postgres::Work& tx) { tx.exec("select 1"); }));
    };
    CHECK_THROWS_WITH(ask(), Contains("sorry, too many clients already (SQLSTATE 53300)."));
    CHECK_THROWS_AS(ask(), Transient);
    others.clear();
}

TEST_CASE("a URL that is none is refused without a word of it") {
    struct Row {
        const char* url;
        const char* why;
    };
    const auto row = GENERATE(
        Row{"", kNone}, Row{"mysql://mt:hunter2@db/money", kNone}, Row{"host=db password=hunter2", kNone},
        Row{"postgresql://mt:hunter@2@db/money", kStray}, Row{"postgresql://mt:hunt/er2@db/money", kStray},
        Row{"postgresql://mt:hunt?er2@db/money", kStray},
        Row{"postgresql://mt:hunter%2@db/money", kUnreadable},
        Row{"postgresql://db/money?pasword=hunter2", kUnreadable});
    CAPTURE(row.url);
    CHECK_THROWS_WITH(postgres::Database{row.url}, row.why);
    CHECK_THROWS_AS(postgres::Database{row.url}, Permanent);
}
