#include "base/time.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;

TEST_CASE("a day or a time of it") {
    struct Row {
        const char* text;
        std::int64_t seconds;  // date -u -d … +%s
    };
    const auto row = GENERATE(values<Row>({
        {"1970-01-01", 0},
        {"2023-07-13", 1'689'206'400},
        {"2023-07-13T17:38:11Z", 1'689'269'891},
        {"2024-02-29T23:59:59Z", 1'709'251'199},
    }));
    CAPTURE(row.text);
    REQUIRE(parse_time(row.text).has_value());
    CHECK(parse_time(row.text)->time_since_epoch().count() == row.seconds);
}

TEST_CASE("what is no time") {
    const auto* text = GENERATE("", "2023", "2023-02-29", "2023-7-13", "13.07.2023", "2023-07-13T",
                                "yesterday", "2023-07-13T17:38:11", "2023-07-13T24:00:00Z",
                                "2023-07-13T17:60:00Z", "2023-07-13T17:38:60Z", "2023-07-13 17:38:11Z",
                                "2023-07-13T17:38:11+02:00", "2023-07-13T-1:38:11Z");
    CAPTURE(text);
    CHECK_FALSE(parse_time(text).has_value());
}
