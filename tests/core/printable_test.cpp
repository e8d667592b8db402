#include "base/printable.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;

TEST_CASE("text from outside moves neither a cursor nor the words around it") {
    struct Row {
        const char* name;
        std::string text;
        std::string shown;
    };
    const auto row = GENERATE(values<Row>({
        {"plain", "USDC", "USDC"},
        {"empty", "", ""},
        {"letters of two to four bytes", "é€😀", "é€😀"},
        {"escape", "\x1b[31mred", R"(\u{1b}[31mred)"},
        {"line end and tab", "a\r\n\tb", R"(a\u{d}\u{a}\u{9}b)"},
        {"NUL", std::string{"a\0b", 3}, R"(a\u{0}b)"},
        {"delete", "a\x7f", R"(a\u{7f})"},
        {"C1: the one-byte escape, in UTF-8",
         "a\xc2\x9b"
         "31m",
         R"(a\u{9b}31m)"},
        {"behind C1", "\xc2\xa0", "\xc2\xa0"},
        {"a byte of its own", "a\x9b\xff", R"(a\x9b\xff)"},
        {"right-to-left override and isolate", "a\u202ecod.exe\u2066b", R"(a\u{202e}cod.exe\u{2066}b)"},
        {"marks of direction", "\u200e\u200f\u061c", R"(\u{200e}\u{200f}\u{61c})"},
        {"separators of lines and paragraphs", "a\u2028b\u2029", R"(a\u{2028}b\u{2029})"},
        {"of no width", "\u200bU\u200cS\u200dD\u2060C\ufeff",
         R"(\u{200b}U\u{200c}S\u{200d}D\u{2060}C\u{feff})"},
        {"soft hyphen", "US\u00adDC", R"(US\u{ad}DC)"},
        {"tags", "a\U000E0001\U000E0041", R"(a\u{e0001}\u{e0041})"},
        {"selectors of variants", "a\ufe0f\U000E0100\u180b", R"(a\u{fe0f}\u{e0100}\u{180b})"},
        {"Hangul fillers, the joiner of graphemes, braille of no dots", "\u3164\u115f\uffa0\u034f\u2800",
         R"(\u{3164}\u{115f}\u{ffa0}\u{34f}\u{2800})"},
        {"of private use", "\ue000\U0010FFFD", R"(\u{e000}\u{10fffd})"},
        {"no characters", "\ufdd0\uffff\U000E0FFF", R"(\u{fdd0}\u{ffff}\u{e0fff})"},
        {"right-to-left letters, and a joined emoji", "שלום 👩\u200d💻", R"(שלום 👩\u{200d}💻)"},
        {"accents", "e\u0301", "e\u0301"},
        {"escaped already", R"(a\u{202e}\x9b)", R"(a\u{202e}\x9b)"},
        {"cut", "\xe2\x82", R"(\xe2\x82)"},
        {"longer than need be", "\xc0\x8a", R"(\xc0\x8a)"},
        {"surrogate", "\xed\xa0\x80", R"(\xed\xa0\x80)"},
        {"above the last", "\xf4\x90\x80\x80", R"(\xf4\x90\x80\x80)"},
    }));
    CAPTURE(row.name);
    CHECK(printable(row.text) == row.shown);
}

TEST_CASE("text of several lines keeps their ends, and nothing else") {
    CHECK(printable_lines("a\u202e\nb\r\n") == "a\\u{202e}\nb\\u{d}\n");
}

TEST_CASE("JSON is shown without what moves, and keeps its value") {
    CHECK(printable_json("{\"a\":\"x\u202e\x7f\U000E0041é\"}") ==
          R"({"a":"x\u202e\u007f\udb40\udc41é"})");  // U+E0041: d800 + (d0041 >> 10), dc00 + 41
    CHECK(printable_json(R"({"a":1})") == R"({"a":1})");
}

TEST_CASE("text is cut between characters") {
    CHECK(clipped("", 3).empty());
    CHECK(clipped("abc", 3) == "abc");
    CHECK(clipped("abcd", 3) == "ab…");
    CHECK(clipped("é€😀", 3) == "é€😀");
    CHECK(clipped("é€😀x", 3) == "é€…");
    CHECK(clipped("abcd", 1) == "…");
}

TEST_CASE("length in units of UTF-16") {
    CHECK(utf16_units("") == 0);
    CHECK(utf16_units("aé€") == 3);
    CHECK(utf16_units("😀") == 2);  // a surrogate pair
}
