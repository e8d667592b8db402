#include "outcome.hpp"
#include "support/socket_proxy.hpp"

#include <csignal>
#include <random>

using namespace moneytrail::test;
using namespace std::chrono_literals;

namespace {

Tables undisturbed() {
    Place place;
    const auto ran = run(place.daemon("0"));
    INFO(ran.err);
    REQUIRE(ran.exit_code == 0);
    // d, e and c: see kChain.
    REQUIRE(place.sql("select 1 from alert where withdrawn").size() == 2);
    REQUIRE(place.sql("select 1 from alert where block_num = 3 and status = 'raised'").size() == 1);
    return place.tables();
}

// What a daemon said that its `message`th message ended, if it needed as many.
Ran run_until(const Place& place, int message, const std::string& pace) {
    const SocketProxy proxy{place.server().socket(), message};
    auto ran = run(place.daemon(pace, proxy.folder().string()));
    INFO(ran.err);
    REQUIRE((ran.exit_code == -SIGKILL || ran.exit_code == 0));
    return ran;
}

}  // namespace

TEST_CASE("killed at every message to the database, the daemon goes on as if nothing had been") {
    const auto expected = undisturbed();
    int killed = 0;
    int went_on = 0;
    int repeated = 0;
    for (bool is_done = false; !is_done;) {
        Place place;
        const auto first = run_until(place, killed + 1, "0");
        const auto second = run(place.daemon("0"));
        CAPTURE(killed, first.err, second.err);
        REQUIRE(second.exit_code == 0);
        check_tables(place, expected);
        check_console(place, first.out + second.out);
        is_done = first.exit_code == 0;
        if (is_done) continue;
        ++killed;
        if (second.err.contains("going on behind block")) ++went_on;
        if (second.out.contains(kMark)) ++repeated;
    }
    // Else it was not the daemon's work that was interrupted.
    CHECK(killed > 100);
    CHECK(went_on > 50);
    CHECK(repeated > 1);
}

TEST_CASE("killed on a chain that goes to a fork and back, the daemon goes on where it was") {
    const std::vector<Synthetic> there{{'a', 2, 'a', 'c', 12}, {'a', 3, 'a', 'd', 13}};
    const std::vector<Synthetic> away{{'b', 2, 'a'}, {'b', 3, 'b'}, {'b', 4, 'b', 'e', 14}};
    std::vector<Synthetic> there_and_back{{'a', 1, 'a'}};
    for (const auto& part : {there, away, there, away, there})
        there_and_back.insert(there_and_back.end(), part.begin(), part.end());
    there_and_back.push_back({'a', 4, 'a'});
    const auto expected = undisturbed(there_and_back);
    int killed = 0;
    bool is_done = false;
    // Not each message: the test above has that.
    for (int message = 1; !is_done; message += 7) {
        Place place{"there_and_back", there_and_back};
        const auto first = run_until(place, message, "0");
        const auto second = run(place.daemon("0"));
        CAPTURE(message, first.err, second.err);
        REQUIRE(second.exit_code == 0);
        check_tables(place, expected);
        check_console(place, first.out + second.out);
        is_done = first.exit_code == 0;
        if (!is_done) ++killed;
    }
    CHECK(killed > 10);
}

TEST_CASE("killed again and again, with one block a commit, the daemon still comes to the same end") {
    const auto expected = undisturbed();
    Place place;
    std::string out;
    std::minstd_rand random{7};
    // More than a start needs, less than all blocks need.
    std::uniform_int_distribution<int> message{20, 90};
    for (int i = 0; i < 25; ++i) out += run_until(place, message(random), "1ms").out;
    const auto last = run(place.daemon("1ms"));
    INFO(last.err);
    REQUIRE(last.exit_code == 0);
    check_tables(place, expected);
    check_console(place, out + last.out);
}

TEST_CASE("the daemon outlives its connections") {
    const auto expected = undisturbed();
    Place place;
    Child daemon{place.daemon("50ms")};
    int ended = 0;
    for (const int block : {1, 2, 4}) {
        CHECK(place.wait_for_tip(block));
        ended += static_cast<int>(place
                                      .sql("select pg_terminate_backend(pid) from pg_stat_activity "
                                           "where application_name = 'kill'")
                                      .size());
    }
    const auto ran = daemon.wait(20s);
    INFO(ran.err);
    CHECK(ended >= 3);
    CHECK(ran.exit_code == 0);
    check_tables(place, expected);
    check_console(place, ran.out);
}

TEST_CASE("SIGTERM ends the daemon between two blocks, and the next one goes on") {
    const auto expected = undisturbed();
    Place place;
    Child first{place.daemon("500ms")};
    CHECK(place.wait_for_tip(2));
    first.signal(SIGTERM);
    const auto ended = first.wait(5s);
    INFO(ended.err);
    CHECK(ended.exit_code == 0);
    CHECK(place.tip() < 5);
    const auto second = run(place.daemon("0"));
    CHECK(second.exit_code == 0);
    check_tables(place, expected);
    check_console(place, ended.out + second.out);
}

TEST_CASE("of two daemons on a database one works, and the other says so or follows") {
    const auto expected = undisturbed();
    Place place;
    Child first{place.daemon("1h")};
    CHECK(place.wait_for_tip(1));
    const auto holder = place.sql("select holder from lease")[0][0].as<std::string>();
    const auto refused = run(place.daemon("0"));
    CHECK(refused.exit_code == 1);
    CHECK_THAT(refused.err, Catch::Contains("database is held by another moneytrail (" + holder));
    CHECK(place.tip() == 1);

    Child heir{place.daemon("0")};
    first.signal(SIGKILL);
    const auto inherited = heir.wait(15s);
    INFO(inherited.err);
    CHECK(inherited.exit_code == 0);
    check_tables(place, expected);
    check_console(place, first.wait(5s).out + inherited.out);
}
