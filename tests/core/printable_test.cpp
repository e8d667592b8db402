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
        {"right-to-left override and isolate", "a\u202ecod.exe\u2066b", "a?cod.exe?b"},
        {"marks of direction", "\u200e\u200f\u061c", "???"},
        {"separators of lines and paragraphs", "a\u2028b\u2029", "a?b?"},
        {"right-to-left letters, and a joined emoji", "שלום 👩\u200d💻", "שלום 👩\u200d💻"},
        {"cut", "\xe2\x82", "??"},
        {"longer than need be", "\xc0\x8a", "??"},
        {"surrogate", "\xed\xa0\x80", "???"},
        {"above the last", "\xf4\x90\x80\x80", "????"},
    }));
    CAPTURE(row.name);
    CHECK(printable(row.text) == row.shown);
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
