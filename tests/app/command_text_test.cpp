#include "terminal_text.hpp"
#include "time_text.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;

TEST_CASE("text from outside cannot act on a terminal") {
    struct Row {
        const char* name;
        std::string text;
        std::string shown;
    };
    const auto row = GENERATE(values<Row>({
        {"plain", "USDC", "USDC"},
        {"empty", "", ""},
        {"letters of two to four bytes", "é€😀", "é€😀"},
        {"escape", "\x1b[31mred", "?[31mred"},
        {"line end and tab", "a\r\n\tb", "a???b"},
        {"NUL", std::string{"a\0b", 3}, "a?b"},
        {"delete", "a\x7f", "a?"},
        {"C1: the one-byte escape, in UTF-8",
         "a\xc2\x9b"
         "31m",
         "a?31m"},
        {"behind C1", "\xc2\xa0", "\xc2\xa0"},
        {"a byte of its own", "a\x9b\xff", "a??"},
        {"cut", "\xe2\x82", "??"},
        {"longer than need be", "\xc0\x8a", "??"},
        {"surrogate", "\xed\xa0\x80", "???"},
        {"above the last", "\xf4\x90\x80\x80", "????"},
    }));
    CAPTURE(row.name);
    CHECK(printable(row.text) == row.shown);
}

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
