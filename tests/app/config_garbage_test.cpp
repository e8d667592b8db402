// What is hardly a configuration at all: no text, bombs, garbage.

#include "app/config_fixture.hpp"

#include <catch2/catch.hpp>

#include <chrono>

using namespace moneytrail;
using namespace moneytrail::test;
using Catch::Contains;

namespace {

struct Row {
    std::string text;
    std::string said;
};

std::string deep(const std::string& open, std::size_t levels) {
    std::string text = "a: ";
    for (std::size_t i = 0; i < levels; ++i) text += open;
    return text;
}

}  // namespace

TEST_CASE("files that are no text") {
    const auto row = GENERATE(values<Row>({
        {std::string{"a: 1\nb: \0", 9}, "c.yaml:2: NUL byte, expected text\n"},
        {"a: 1\n\nb: \xff\n", "c.yaml:3: invalid UTF-8, expected text in UTF-8\n"},
        {"a: \x1b[31m\n", "c.yaml:1: control character, expected text\n"},
        {std::string(kMostConfigBytes + 1, ' '),
         "c.yaml: is larger than 4 MiB, the most that a configuration may have\n"},
    }));
    CHECK(said_of(row.text) == row.said);
}

TEST_CASE("CRLF, a BOM and comments are as good as LF") {
    CHECK(said_of("\xef\xbb\xbf# first\r\nlog:\r\n  level: loud # why\r\n") ==
          "c.yaml: chains: missing, expected at least one chain with endpoints or an archive\n"
          "c.yaml:3: log.level: expected trace or debug or info or warn or error, got 'loud'\n");
}

TEST_CASE("bombs are refused in no time") {
    const auto row = GENERATE(values<Row>({
        {deep("[", 1'000'000), "a list or map as a key"},
        {deep("[", 1'000) + std::string(1'000, ']'), "more than 64 levels"},
        {deep("[", 60) + std::string(60, ']'), "unknown key"},
        {deep("{a: ", 500'000), "more than 64 levels"},
        {deep("[a: ", 500'000), "more than 64 levels"},
        {"a:\n  " + deep("- ", 500'000).substr(3), "more than 64 levels"},
        {deep("? ", 500'000).substr(3), "a list or map as a key"},
        {"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n",
         "anchors (&name) and aliases (*name)"},
        {"b: [" + std::string(2'000'000, ',') + "]", "c.yaml:1"},
        {"entities: [" +
             [] {
                 std::string all;
                 for (int i = 0; i < 10'001; ++i) all += "{id: e" + std::to_string(i) + "},";
                 return all;
             }() +
             "]",
         "entities: expected at most 10000 elements, got 10001"},
        {"data_dir: " + std::string(100'000, 'x'), "text of more than 65536 bytes"},
    }));
    CAPTURE(row.text.substr(0, 20));
    const auto start = std::chrono::steady_clock::now();
    CHECK_THAT(said_of(row.text), Contains(row.said));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{20});
}

TEST_CASE("a file of garbage does not fill the screen") {
    std::string text;
    for (int i = 0; i < 5'000; ++i) text += "key" + std::to_string(i) + ": 1\n";
    CHECK_THAT(said_of(kChain + text), Contains("… and 4000 more\n"));
}
