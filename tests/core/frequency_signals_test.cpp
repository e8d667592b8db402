#include "story.hpp"

using namespace moneytrail;
using namespace moneytrail::test;
using signals::Severity;

namespace {

// What `count` payments on one day gave: the first that is far enough fires, and the day is silent behind it.
std::vector<signals::Finding> pays(Story& story, int count, const Deed& deed) {
    std::vector<signals::Finding> all;
    for (int i = 0; i < count; ++i)
        for (auto& finding : story.happens(deed)) all.push_back(std::move(finding));
    return all;
}

struct Row {
    const char* name;
    std::vector<int> days;  // payments on each, oldest first; the last is today
    bool fires;
    bool provisional;
};

}  // namespace

TEST_CASE("S6a fires when a day has far more transactions than usual") {
    const std::vector<int> two_a_day(16, 2);
    const auto after = [&](std::vector<int> days, int today) {
        days.push_back(today);
        return days;
    };
    // Sixteen days, of which the last is the guard, without scatter: n = 15 and X is negative binomial with
    // the days' mean m and variance m * (1 + 1/15). P(X >= 10 | 2) = 1.07e-4, P(X >= 11 | 2) = 2.40e-5; P(X
    // >= 24 | 10) = 2.14e-4, P(X >= 26 | 10) = 3.76e-5: summed by hand from the distribution's terms.
    const auto row = GENERATE_COPY(
        Row{"eleven instead of two", after(two_a_day, 11), true, false},
        Row{"ten instead of two", after(two_a_day, 10), false, false},
        Row{"nine instead of none: fewer than ten",
            {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9},
            false,
            false},
        Row{"ten on a day of ten", after(std::vector<int>(16, 10), 10), false, false},
        Row{"nineteen are not twice ten", after(std::vector<int>(16, 10), 19), false, false},
        Row{"24 on a day of ten", after(std::vector<int>(16, 10), 24), false, false},
        Row{"26 on a day of ten", after(std::vector<int>(16, 10), 26), true, false},
        Row{"15 days, of which one is the guard: 14 are normal", after(std::vector<int>(15, 2), 12), true,
            false},
        Row{"14 days: provisional", after(std::vector<int>(14, 2), 12), true, true},
        Row{"8 days, 7 without the guard: provisional", after(std::vector<int>(8, 2), 12), true, true},
        Row{"7 days: too few", after(std::vector<int>(7, 2), 12), false, false},
        Row{"7 days, and a burst of 49", after(std::vector<int>(7, 2), 49), false, false},
        Row{"7 days, and a burst of 50", after(std::vector<int>(7, 2), 50), true, true},
        Row{"no day before, and a burst of 50", {50}, true, true},
        Row{"zeros count as days", {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10}, true, false});
    CAPTURE(row.name);
    Story story{rules({"S6a"})};
    std::vector<signals::Finding> last;
    bool fired_before = false;
    for (const auto count : row.days) {
        fired_before = fired_before || !last.empty();
        last = pays(story, count, paid(kStranger, 101));
        if (&count != &row.days.back()) story.days_later(1);
    }
    CHECK_FALSE(fired_before);
    REQUIRE(last.size() == (row.fires ? 1 : 0));
    if (!row.fires) return;
    CHECK(last[0].verdict.provisional == row.provisional);
    CHECK(last[0].verdict.severity == (row.provisional ? Severity::low : Severity::medium));
}

TEST_CASE("S6a counts distinct transactions over the gate, of both directions") {
    Story story{rules({"S6a"})};
    for (int day = 0; day < 16; ++day) {
        pays(story, 1, paid(kStranger, 101));
        story.days_later(1);
    }
    pays(story, 5, paid(kStranger, 101));
    SECTION("the other direction counts") {
        CHECK(pays(story, 4, received(kStranger, 101)).empty());
        CHECK(story.happens(received(kStranger, 101)).size() == 1);
    }
    SECTION("exactly at the gate does not, and is not judged") {
        CHECK(pays(story, 20, paid(kStranger, 100)).empty());
        CHECK(pays(story, 5, paid(kStranger, 101)).size() == 1);
    }
    SECTION("what has no price does not today") {
        CHECK(pays(story, 20, unpriced(paid(kStranger, 0))).empty());
        CHECK(pays(story, 4, paid(kStranger, 101)).empty());
    }
    SECTION("two payments of one transaction are one") {
        for (int i = 0; i < 4; ++i)
            CHECK(story.happens({paid(kStranger, 101), paid(kStranger, 500)}).empty());
        CHECK(story.happens({paid(kStranger, 101), paid(kStranger, 500)}).size() == 1);
    }
    SECTION("the largest of a transaction decides") {
        for (int i = 0; i < 4; ++i) CHECK(story.happens({paid(kStranger, 1), paid(kStranger, 101)}).empty());
        CHECK(story.happens({paid(kStranger, 1), paid(kStranger, 101)}).size() == 1);
    }
    SECTION("another counterparty is another pair") {
        CHECK(pays(story, 9, paid(kStranger2, 101)).empty());
        CHECK(pays(story, 4, paid(kStranger, 101)).empty());
    }
    SECTION("once a day") {
        CHECK(pays(story, 5, paid(kStranger, 101)).size() == 1);
        CHECK(pays(story, 20, paid(kStranger, 101)).empty());
    }
}

TEST_CASE("S6a: what had no price counts once its day is past") {
    // Ten a day, none of them priced but the first day's: ten more are nothing new.
    Story story{rules({"S6a"})};
    story.happens(paid(kStranger, 101));
    for (int day = 0; day < 16; ++day) {
        pays(story, 10, unpriced(paid(kStranger, 0)));
        story.days_later(1);
    }
    CHECK(pays(story, 10, paid(kStranger, 101)).empty());
}

TEST_CASE("S6a by deviations sees a rise, and a drop on the day behind it") {
    const auto deviations = [] {
        signals::Rules out;
        out.push_back(rule("S6a", {{"baseline", "sigma"}}));
        return out;
    };
    // Days of 4, 6, 4, 6, …: mean 5 and a standard deviation of about 1.
    Story story{deviations()};
    for (int day = 0; day < 20; ++day) {
        CHECK(pays(story, day % 2 == 0 ? 4 : 6, paid(kStranger, 101)).empty());
        story.days_later(1);
    }
    SECTION("nine are more than three above, but not ten") {
        CHECK(pays(story, 9, paid(kStranger, 101)).empty());
        CHECK(pays(story, 1, paid(kStranger, 101)).size() == 1);
    }
    SECTION("one is more than three below, once its day is over") {
        CHECK(pays(story, 1, paid(kStranger, 101)).empty());
        story.days_later(1);
        const auto findings = story.happens(paid(kStranger, 101));
        REQUIRE(findings.size() == 1);
        CHECK_THAT(findings[0].verdict.text,
                   Catch::StartsWith("only 1 transaction over 100 USD with " + to_checksum_hex(kStranger) +
                                     " yesterday, against a mean of "));
    }
}

TEST_CASE("S6b fires when a week has far more transactions than usual") {
    struct WeekRow {
        const char* name;
        int weeks;
        int each;
        int now;
        bool fires;
        bool provisional;
    };
    const auto row = GENERATE(WeekRow{"9 weeks, 8 without the guard: normal", 9, 3, 14, true, false},
                              WeekRow{"8 weeks: provisional", 8, 3, 14, true, true},
                              WeekRow{"5 weeks: provisional", 5, 3, 14, true, true},
                              WeekRow{"4 weeks: too few", 4, 3, 14, false, false},
                              WeekRow{"4 weeks, and a burst, which only days have", 4, 3, 60, false, false},
                              WeekRow{"nine are too few", 9, 1, 9, false, false},
                              WeekRow{"ten instead of one", 9, 1, 10, true, false},
                              WeekRow{"ten instead of three: 2.36e-3", 9, 3, 10, false, false},
                              WeekRow{"eleven instead of three: 7.90e-4", 9, 3, 11, true, false},
                              WeekRow{"twelve instead of twelve", 9, 12, 12, false, false},
                              WeekRow{"24 instead of twelve: 2.78e-3", 9, 12, 24, false, false},
                              WeekRow{"26 instead of twelve: 7.24e-4", 9, 12, 26, true, false},
                              WeekRow{"a week of nothing else", 0, 0, 100, false, false});
    CAPTURE(row.name);
    Story story{rules({"S6b"})};
    story.days_later(5);  // a Monday
    for (int week = 0; week < row.weeks; ++week) {
        CHECK(pays(story, row.each, paid(kStranger, 101)).empty());
        story.days_later(7);
    }
    // Monday and Tuesday of one week.
    auto last = pays(story, row.now / 2, paid(kStranger, 101));
    story.days_later(1);
    for (auto& finding : pays(story, row.now - row.now / 2, paid(kStranger, 101))) last.push_back(finding);
    REQUIRE(last.size() == (row.fires ? 1 : 0));
    if (!row.fires) return;
    CHECK(last[0].verdict.provisional == row.provisional);
    CHECK(last[0].verdict.severity == Severity::low);
}

TEST_CASE("a Monday begins another week") {
    Story story{rules({"S6b"})};
    for (int week = 0; week < 9; ++week) {
        pays(story, 1, paid(kStranger, 101));
        story.days_later(7);
    }
    CHECK(pays(story, 9, paid(kStranger, 101)).empty());
    story.days_later(5);  // from Wednesday
    CHECK(pays(story, 1, paid(kStranger, 101)).empty());
}
