#include "async/retry.hpp"

#include "support/run_task.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using namespace std::chrono_literals;

namespace {

constexpr Backoff kQuick{.first = 1ms, .longest = 2ms, .tries = 3};

Task<int> succeeds_on(int wanted, int& tries) {
    if (++tries < wanted) throw Transient{"503"};
    co_return tries;
}

Task<> retried(int wanted, int& tries) {
    const auto attempt = [&] { return succeeds_on(wanted, tries); };
    const auto result = co_await retry(kQuick, attempt);
    CHECK(result == wanted);
}

// Fails for ever, but every second try gets a step further first.
Task<> stumbles(int& tries, int& steps) {
    if (++tries % 2 == 0 && steps < 4) ++steps;
    throw Transient{"503"};
    co_return;
}

Task<> retried_with_progress(int& tries, int& steps) {
    const auto attempt = [&] { return stumbles(tries, steps); };
    co_await retry(kQuick, attempt, [&] { return steps; });
}

Task<> broken(int& tries) {
    ++tries;
    throw std::logic_error{"a bug"};
    co_return;
}

Task<> refused(int& tries) {
    ++tries;
    throw Permanent{"401"};
    co_return;
}

Task<> retried_refusal(int& tries) {
    const auto attempt = [&] { return refused(tries); };
    co_await retry(kQuick, attempt);
}

Task<> retried_bug(int& tries) {
    const auto attempt = [&] { return broken(tries); };
    co_await retry(kQuick, attempt);
}

}  // namespace

TEST_CASE("retry repeats what is transient, up to its limit") {
    int tries = 0;
    SECTION("succeeds in time") {
        test::run(retried(3, tries));
        CHECK(tries == 3);
    }
    SECTION("gives up with the last error") {
        CHECK_THROWS_WITH(test::run(retried(9, tries)), "503");
        CHECK(tries == 3);
    }
    SECTION("counts anew after progress") {
        int steps = 0;
        CHECK_THROWS_WITH(test::run(retried_with_progress(tries, steps)), "503");
        CHECK(steps == 4);
        // Tries 2, 4, 6 and 8 get further and count as first failures; 9 and 10 are the second and third.
        CHECK(tries == 10);
    }
    SECTION("what somebody must put right is not retried") {
        CHECK_THROWS_AS(test::run(retried_refusal(tries)), Permanent);
        CHECK(tries == 1);
    }
    SECTION("a bug is not retried") {
        CHECK_THROWS_WITH(test::run(retried_bug(tries)), "a bug");
        CHECK(tries == 1);
    }
}

TEST_CASE("the delay doubles, is spread, and obeys the server") {
    struct Row {
        const char* name;
        int failures;
        std::optional<Duration> retry_after;
        double jitter;
        Duration expected;
    };
    const auto row = GENERATE(Row{"first", 1, {}, 0.0, 50ms},        //
                              Row{"third", 3, {}, 0.0, 200ms},       //
                              Row{"spread", 3, {}, 0.5, 300ms},      //
                              Row{"longest", 99, {}, 0.0, 500ms},    //
                              Row{"server's wish", 1, 7s, 0.5, 7s},  //
                              Row{"shorter wish", 3, 1ms, 0.0, 200ms});
    CAPTURE(row.name);
    CHECK(delay_after(row.failures, {100ms, 1s, 5}, row.retry_after, row.jitter) == row.expected);
}
