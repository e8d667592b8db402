#include "postgres/watch_list.hpp"

#include "postgres/migrate.hpp"
#include "support/schema.hpp"
#include "support/sql.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using postgres::Removed;
using postgres::WatchMethod;
using postgres::Work;
using test::Sql;

namespace {

constexpr std::uint64_t kChain = 1;

Address address(std::uint8_t last) {
    Address out;
    out.bytes().back() = last;
    return out;
}

WatchedAddress watched(std::uint8_t last, const char* entity, const char* label) {
    return {address(last), entity, label};
}

WatchedAddress watched(std::uint8_t last, const char* entity) {
    return watched(last, entity, "");
}

struct Fixture {
    Fixture() { test::run(sql.loop, apply(sql.database)); }
    static Task<> apply(postgres::Database& database) { co_await postgres::migrate(database); }

    postgres::RootsSynced sync(const std::vector<WatchedAddress>& roots) {
        postgres::RootsSynced out;
        sql.transact([&](Work& tx) { out = postgres::sync_roots(tx, kChain, roots); });
        return out;
    }
    postgres::Added add(const std::vector<WatchedAddress>& addresses) {
        postgres::Added out;
        sql.transact([&](Work& tx) { out = postgres::add_addresses(tx, kChain, addresses); });
        return out;
    }
    Removed remove(std::uint8_t last) {
        auto out = Removed::unknown;
        sql.transact([&](Work& tx) { out = postgres::remove_address(tx, kChain, address(last)); });
        return out;
    }
    std::vector<postgres::WatchListRow> list(const std::optional<std::string>& entity) {
        std::vector<postgres::WatchListRow> out;
        sql.transact([&](Work& tx) { out = postgres::list_addresses(tx, kChain, entity); });
        return out;
    }
    // "1 a root 0|2 b user 7 label"
    std::string listed() {
        std::string out;
        for (const auto& [each, method, from, known] : list({})) {
            out += (out.empty() ? "" : "|") + std::to_string(each.address.bytes().back()) + ' ' +
                   each.entity + (method == WatchMethod::root ? " root " : " user ") + std::to_string(from);
            if (known) out += " since " + to_iso(*known);
            if (!each.label.empty()) out += ' ' + each.label;
        }
        return out;
    }
    std::string version() { return sql.text("select watch_version from chain where chain_id = 1"); }
    void set_tip(int number) {
        sql.exec("update chain set tip_num = " + std::to_string(number) + ", tip_hash = '\\x00'");
    }
    void add_block(int number, int time) {
        sql.exec("insert into block (chain_id, block_num, hash, block_time, verified) values (1, " +
                 std::to_string(number) + ", '\\x00', " + std::to_string(time) + ", true)");
        set_tip(number);
    }

    test::Schema schema{"watch_list"};
    Sql sql{schema.url()};
};

}  // namespace

TEST_CASE_METHOD(Fixture, "roots follow the configuration") {
    const auto first = sync({watched(1, "a"), watched(2, "b")});
    CHECK(first.added == 2);
    CHECK(first.notes.empty());
    CHECK(listed() == "1 a root 0|2 b root 0");
    CHECK(version() == "1");

    const auto again = sync({watched(2, "b"), watched(1, "a")});
    CHECK(again.added + again.removed == 0);
    CHECK(version() == "1");

    set_tip(99);
    const auto other = sync({watched(2, "a"), watched(3, "c")});
    CHECK(other.added == 2);
    CHECK(other.removed == 1);
    CHECK(other.notes.empty());  // one configured root after another: nobody's word is overruled
    CHECK(listed() == "2 a root 0|3 c root 100");
    CHECK(version() == "2");

    sync({});
    CHECK(listed().empty());
    CHECK(version() == "3");
}

TEST_CASE_METHOD(Fixture, "a root wins over a user's word, and says so") {
    add({watched(1, "a", "mine"), watched(2, "a"), watched(3, "a", "stays")});
    add_block(50, 1'700'000'000);
    CHECK(remove(2) == Removed::now);
    set_tip(99);
    const auto synced = sync({watched(1, "b"), watched(2, "b"), watched(3, "a")});
    CHECK(synced.added == 3);
    REQUIRE(synced.notes.size() == 2);
    CHECK(synced.notes[0] == to_checksum_hex(address(1)) + " is a configured root of b, which wins over a");
    CHECK(synced.notes[1] ==
          to_checksum_hex(address(2)) + " was removed, and is watched again: it is a configured root of b");
    // Who was watched all the time keeps what is known; who was not begins anew.
    CHECK(listed() ==
          "3 a root 0 since 2023-11-14T22:13:20Z stays|1 b root 0 since 2023-11-14T22:13:20Z mine|"
          "2 b root 100");
}

TEST_CASE_METHOD(Fixture, "what a user had added is the user's again when the root goes") {
    add({watched(1, "a", "mine"), watched(2, "a"), watched(3, "a")});
    CHECK(remove(3) == Removed::now);
    sync({watched(1, "b"), watched(2, "a"), watched(3, "b")});
    set_tip(99);
    const auto synced = sync({watched(2, "b")});
    CHECK(synced.returned == 1);
    CHECK(synced.removed == 1);
    CHECK(listed() == "1 a user 0 mine|2 b root 0");
    sync({});
    CHECK(listed() == "1 a user 0 mine|2 a user 0");
}

TEST_CASE_METHOD(Fixture, "a removed address stays removed") {
    add({watched(1, "a"), watched(2, "a")});
    CHECK(remove(1) == Removed::now);
    sync({watched(3, "a")});
    sync({});
    CHECK(listed() == "2 a user 0");
    CHECK(remove(1) == Removed::before);
    CHECK(add({watched(1, "a")}).restored == 1);  // only a user's own word lifts it
}

TEST_CASE_METHOD(Fixture, "a user adds, changes and removes") {
    CHECK(add({watched(1, "a", "One"), watched(2, "a")}).added == 2);
    CHECK(version() == "1");
    CHECK(list("a").size() == 2);
    CHECK(list("b").empty());

    const auto same = add({watched(1, "a", "One"), watched(2, "a")});
    CHECK(same.added + same.restored + same.changed == 0);
    CHECK(add({watched(1, "a")}).changed == 0);  // no label leaves the one there is
    CHECK(version() == "1");

    set_tip(9);
    const auto changed = add({watched(1, "b"), watched(2, "a", "Two"), watched(3, "a")});
    CHECK(changed.added == 1);
    CHECK(changed.changed == 2);
    CHECK(listed() == "2 a user 0 Two|3 a user 10|1 b user 0 One");
    CHECK(version() == "2");

    CHECK(remove(1) == Removed::now);
    CHECK(listed() == "2 a user 0 Two|3 a user 10");
    CHECK(version() == "3");
    CHECK(remove(1) == Removed::before);
    CHECK(remove(4) == Removed::unknown);
    CHECK(version() == "3");
    CHECK(sql.text("select count(*) from watched_address where removed") == "1");
}

TEST_CASE_METHOD(Fixture, "an address that was removed begins anew when it is added again") {
    add({watched(1, "a", "One")});
    add_block(50, 1'700'000'000);
    CHECK(listed() == "1 a user 0 since 2023-11-14T22:13:20Z One");
    remove(1);
    set_tip(99);
    const auto added = add({watched(1, "a")});
    CHECK(added.restored == 1);
    CHECK(added.added + added.changed == 0);
    CHECK(listed() == "1 a user 100 One");
    CHECK(version() == "3");
}

TEST_CASE_METHOD(Fixture, "an address is known since the first block that was judged with it") {
    add({watched(1, "a")});
    add_block(50, 1'700'000'000);
    add({watched(2, "a")});
    add_block(60, 1'700'000'120);  // a gap lies before it
    add_block(61, 1'700'000'132);
    add({watched(3, "a")});
    CHECK(listed() ==
          "1 a user 0 since 2023-11-14T22:13:20Z|2 a user 51 since 2023-11-14T22:15:20Z|3 a user 62");
}

TEST_CASE_METHOD(Fixture, "what changed since a version is told by the rows") {
    const auto changed_since = [&](int version) {
        return sql.text(
            "select coalesce(string_agg(get_byte(address, 19)::text, ' ' order by address), '') "
            "from watched_address where chain_id = 1 and changed_version > " +
            std::to_string(version));
    };
    sync({watched(1, "a")});
    add({watched(2, "a"), watched(3, "a")});
    add({watched(2, "a"), watched(3, "b")});
    remove(2);
    add({watched(2, "a")});
    sync({watched(1, "a"), watched(3, "c")});
    sync({watched(1, "a")});
    CHECK(version() == "7");
    CHECK(changed_since(0) == "1 2 3");
    CHECK(changed_since(1) == "2 3");
    CHECK(changed_since(4) == "2 3");
    CHECK(changed_since(5) == "3");
    CHECK(changed_since(6) == "3");
    CHECK(changed_since(7).empty());
}

TEST_CASE_METHOD(Fixture, "a user's word does not move or remove a root, but may label it") {
    sync({watched(1, "a"), watched(2, "a")});
    const auto added = add({watched(1, "b"), watched(2, "a", "label"), watched(3, "b")});
    REQUIRE(added.conflicts.size() == 1);
    CHECK(added.conflicts[0].address == address(1));
    CHECK(added.conflicts[0].entity == "b");
    CHECK(added.conflicts[0].root_of == "a");
    CHECK(added.added == 1);
    CHECK(added.changed == 1);
    CHECK(listed() == "1 a root 0|2 a root 0 label|3 b user 0");
    CHECK(remove(1) == Removed::is_root);
    CHECK(version() == "2");
    // The label stays a user's own.
    CHECK(sync({watched(1, "a"), watched(2, "a")}).added == 0);
    CHECK(listed() == "1 a root 0|2 a root 0 label|3 b user 0");
}

TEST_CASE_METHOD(Fixture, "chains do not see each other") {
    add({watched(1, "a")});
    sql.transact([&](Work& tx) {
        CHECK(postgres::list_addresses(tx, 2, {}).empty());
        CHECK(postgres::remove_address(tx, 2, address(1)) == Removed::unknown);
    });
    CHECK(listed() == "1 a user 0");
}

TEST_CASE_METHOD(Fixture, "many addresses at once, and both ways in one transaction") {
    std::vector<WatchedAddress> many;
    for (std::uint32_t i = 0; i < 50'000; ++i) {
        Address each;
        each.bytes()[0] = static_cast<std::uint8_t>(i >> 8U);
        each.bytes()[1] = static_cast<std::uint8_t>(i);
        each.bytes()[2] = static_cast<std::uint8_t>(i >> 16U);
        each.bytes()[3] = 1;
        many.push_back({each, "a", R"(quo"ted, \back)"});
    }
    sql.transact([&](Work& tx) {
        postgres::sync_roots(tx, kChain, std::vector<WatchedAddress>{watched(1, "a")});
        CHECK(postgres::add_addresses(tx, kChain, many).added == 50'000);
    });
    const auto rows = list("a");
    CHECK(rows.size() == 50'001);
    CHECK(rows.back().watched.label == R"(quo"ted, \back)");
    CHECK(version() == "2");
}

TEST_CASE_METHOD(Fixture, "what fails behind a change leaves nothing of it") {
    CHECK_THROWS(sql.transact([&](Work& tx) {
        postgres::add_addresses(tx, kChain, std::vector<WatchedAddress>{watched(1, "a")});
        throw std::runtime_error{"stop"};
    }));
    CHECK(listed().empty());
    CHECK(sql.text("select count(*) from chain") == "0");
}
