#include "postgres/alert_queries.hpp"

#include "postgres/migrate.hpp"
#include "support/schema.hpp"
#include "support/sql.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using namespace std::chrono_literals;
using Catch::Contains;
using postgres::AlertIdPrefix;
using postgres::AlertOrder;
using postgres::AlertQuery;
using postgres::Work;
using test::Sql;

namespace {

struct Fixture {
    Fixture() { test::run(sql.loop, apply(sql.database)); }
    static Task<> apply(postgres::Database& database) { co_await postgres::migrate(database); }

    // `id`: 32 hex digits. Block n is at n seconds.
    void raise(const std::string& id, int block, int ordinal, const std::string& entity) {
        sql.exec("insert into alert values ('\\x" + id + "', 1, " + std::to_string(block) + ", '\\x00', " +
                 std::to_string(block) + ", " + std::to_string(ordinal) + ", '" + entity +
                 "', '\\x00', 1, '{S3}', 'content of " + id.substr(0, 2) + "', 'raised', null, false, 1)");
    }
    // The first two digits of each id.
    std::string ids(const AlertQuery& filter, AlertOrder order) {
        std::string out;
        sql.transact([&](Work& tx) {
            postgres::for_each_alert(tx, filter, order, [&](const postgres::AlertRow& alert) {
                out += (out.empty() ? "" : " ") + to_digits(alert.id).substr(0, 2);
            });
        });
        return out;
    }
    postgres::AlertRow find(std::string_view prefix) {
        postgres::AlertRow out;
        sql.transact([&](Work& tx) { out = postgres::find_alert(tx, AlertIdPrefix::parse(prefix).value()); });
        return out;
    }

    test::Schema schema{"alert_queries"};
    Sql sql{schema.url()};
};

constexpr auto kA = "aa000000000000000000000000000001";
constexpr auto kB = "bb000000000000000000000000000001";
constexpr auto kC = "cc000000000000000000000000000001";

BlockTime at(int seconds) {
    return BlockTime{std::chrono::seconds{seconds}};
}

}  // namespace

TEST_CASE_METHOD(Fixture, "alerts in both orders and through every filter") {
    raise(kC, 10, 0, "x");
    raise(kA, 10, 1, "y");
    raise(kB, 20, 0, "x");
    struct Row {
        const char* name;
        AlertQuery filter;
        AlertOrder order;
        const char* ids;
    };
    const auto row = GENERATE(values<Row>({
        {"as replayed", {.chain_id = 1}, AlertOrder::chain, "cc aa bb"},
        {"newest first", {.chain_id = 1}, AlertOrder::newest_first, "bb aa cc"},
        {"another chain", {.chain_id = 2}, AlertOrder::chain, ""},
        {"entity", {.chain_id = 1, .entity = "x"}, AlertOrder::chain, "cc bb"},
        {"nobody's", {.chain_id = 1, .entity = "it's"}, AlertOrder::chain, ""},
        {"from, included", {.chain_id = 1, .from = at(20)}, AlertOrder::chain, "bb"},
        {"to, excluded", {.chain_id = 1, .to = at(20)}, AlertOrder::chain, "cc aa"},
        {"all at once",
         {.chain_id = 1, .entity = "x", .from = at(10), .to = at(11)},
         AlertOrder::newest_first,
         "cc"},
    }));
    CAPTURE(row.name);
    CHECK(ids(row.filter, row.order) == row.ids);
}

TEST_CASE_METHOD(Fixture, "more alerts than are read at a time") {
    sql.exec(
        "insert into alert select decode(lpad(to_hex(n), 32, '0'), 'hex'), 1, n, '\\x00', n, 0, 'x', "
        "'\\x00', "
        "1, '{S3}', 'c', 'raised', null, false, 1 from generate_series(1, 2000) n");
    BlockTime last{};
    int count = 0;
    sql.transact([&](Work& tx) {
        postgres::for_each_alert(
            tx, {.chain_id = 1}, AlertOrder::chain, [&](const postgres::AlertRow& alert) {
                ++count;
                last = BlockTime{std::chrono::seconds{alert.id.bytes()[14] * 256 + alert.id.bytes()[15]}};
            });
    });
    CHECK(count == 2000);
    CHECK(last == at(2000));
}

TEST_CASE_METHOD(Fixture, "an alert as it now is") {
    raise(kA, 10, 0, "x");
    sql.exec("update alert set status = 'retracted', retracted_at_block = 12, revision = 2");
    const auto alert = find("aa000000");
    CHECK(to_digits(alert.id) == kA);
    CHECK(alert.status == AlertStatus::retracted);
    CHECK(alert.content == "content of aa");
    CHECK(alert.revision == 2);
    CHECK(alert.retracted_at_block == 12);
}

TEST_CASE_METHOD(Fixture, "an alert is found by the beginning of its id") {
    raise("abcdef01234567890000000000000000", 1, 0, "x");
    raise("abcdef01234567ff0000000000000000", 2, 0, "x");
    raise("abcdef02ffffffffffffffffffffffff", 3, 0, "x");
    CHECK(to_digits(find("ABCDEF02").id) == "abcdef02ffffffffffffffffffffffff");
    CHECK(to_digits(find("abcdef012345678").id) == "abcdef01234567890000000000000000");  // an odd number
    CHECK(to_digits(find("abcdef02ffffffffffffffffffffffff").id) == "abcdef02ffffffffffffffffffffffff");
    CHECK_THROWS_WITH(find("abcdef03"), "no alert has an id that begins with abcdef03");
    CHECK_THROWS_WITH(find("abcdef01"),
                      "several alerts have ids that begin with abcdef01: abcdef01234567890000000000000000, "
                      "abcdef01234567ff0000000000000000. Give more digits");
    for (int i = 0; i < 6; ++i) raise("dddddddd0000000000000000000000" + std::to_string(10 + i), 4, i, "x");
    CHECK_THROWS_WITH(find("dddddddd"), Contains("000014, …. Give more digits") && !Contains("000015"));
}

TEST_CASE("what is no beginning of an id") {
    const auto* text =
        GENERATE("", "abcdef0", "abcdef0g", "0xabcdef01", "abcdef0 ", "abcdef01abcdef01abcdef01abcdef012");
    CHECK_FALSE(AlertIdPrefix::parse(text).has_value());
}

TEST_CASE_METHOD(Fixture, "deliveries of an alert") {
    raise(kA, 10, 0, "x");
    raise(kB, 10, 1, "x");
    sql.exec(std::string{"insert into delivery values ('\\x"} + kA +
             "', 'telegram', '42', 2, false, 1, 'unsure'), ('\\x" + kA +
             "', 'console', 'stdout', 1, true, 1, 'idle')");
    std::vector<postgres::DeliveryRow> rows;
    sql.transact([&](Work& tx) {
        rows = postgres::deliveries_of(tx, AlertIdPrefix::parse(kA).value().first());
        CHECK(postgres::deliveries_of(tx, AlertIdPrefix::parse(kB).value().first()).empty());
    });
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].channel == "console");
    CHECK(rows[0].wanted_shown);
    CHECK(rows[1].target == "42");
    CHECK(rows[1].wanted_revision == 2);
    CHECK_FALSE(rows[1].wanted_shown);
    CHECK(rows[1].sent_revision == 1);
    CHECK(rows[1].state == "unsure");
}
