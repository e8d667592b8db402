#include "archive/reading.hpp"
#include "support/blocks.hpp"
#include "support/temporary_folder.hpp"

#include <array>

using namespace moneytrail;
using namespace moneytrail::test;
using namespace std::string_literals;
namespace fs = std::filesystem;

TEST_CASE("three real blocks are the same lines from every kind of archive") {
    const TemporaryFolder folder;
    const std::array<std::uint64_t, 3> numbers{17686110, 17686111, 17686112};
    const std::array first_letters{"c", "a", "b"};  // so that the order of names is not that of blocks
    Texts blocks;
    std::string lines;
    std::string members;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto name = std::to_string(numbers[i]);
        const auto& text = blocks.emplace_back(read_gz(block_file(numbers[i])));
        lines += text + "\n";
        members += gzip(text + "\n");
        folder.write("plain/" + name + ".json", text);
        folder.write("packed/" + name + ".json.gz", gzip(text));
        folder.write("mixed/" + name + (i == 1 ? ".json" : ".jsonl.gz"), i == 1 ? text : gzip(text));
        folder.write("named/"s + first_letters[i] + ".json.gz", gzip(text));
    }
    folder.write("run.jsonl", lines);
    folder.write("run.jsonl.gz", gzip(lines));
    folder.write("members.jsonl.gz", members);

    const auto path =
        GENERATE("run.jsonl", "run.jsonl.gz", "members.jsonl.gz", "plain", "packed", "mixed", "named");
    CAPTURE(path);
    ArchiveReader reader{{folder.path() / path}};
    for (const auto& text : blocks) CHECK(reader.next().value().json == text);
    CHECK_FALSE(reader.next());
    CHECK_FALSE(reader.next());
}

TEST_CASE("lines end as files of all systems end them") {
    struct Row {
        const char* name;
        std::string bytes;
        Texts lines;
    };
    const auto row = GENERATE(
        Row{"plain", "{1}\n{2}\n", {":1 {1}", ":2 {2}"}},  //
        Row{"no last newline", "{1}\n{2}", {":1 {1}", ":2 {2}"}},
        Row{"CRLF", "{1}\r\n\r\n{2}\r\n", {":1 {1}", ":3 {2}"}},
        Row{"CR at the end", "{1}\n{2}\r", {":1 {1}", ":2 {2}"}},
        Row{"empty and blank lines count", "\n\n{3}\n \t\n{5}\n\n", {":3 {3}", ":5 {5}"}},
        Row{"byte order mark", "\xEF\xBB\xBF{1}\n\xEF\xBB\xBF{2}\n", {":1 {1}", ":2 \xEF\xBB\xBF{2}"}},
        Row{"only a byte order mark", "\xEF\xBB\xBF", {}},                                                 //
        Row{"NUL is for the JSON check", "{\0}\n\0"s, {":1 {\0}"s, ":2 \0"s}}, Row{"empty file", "", {}},  //
        Row{"only line ends", "\n\r\n\n", {}});
    CAPTURE(row.name);
    const TemporaryFolder folder;
    const auto read = [&](const char* name, std::string_view bytes) {
        auto seen = read_all(folder.path(), {folder.write(name, bytes)});
        for (auto& line : seen) line = line.substr(std::string{name}.size());
        return seen;
    };
    CHECK(read("a.jsonl", row.bytes) == row.lines);
    CHECK(read("a.jsonl.gz", gzip(row.bytes)) == row.lines);
    for (std::size_t cut = 0; cut <= row.bytes.size(); ++cut) {
        CAPTURE(cut);
        const std::string_view bytes = row.bytes;
        CHECK(read("a.jsonl.gz", gzip(bytes.substr(0, cut)) + gzip("") + gzip(bytes.substr(cut))) ==
              row.lines);
    }
}

TEST_CASE("a document may have many lines and is one") {
    const TemporaryFolder folder;
    const auto text = "\xEF\xBB\xBF{\n  \"block\": {}\n}\n"s;
    const auto plain = folder.write("a.json", text);
    const auto packed = folder.write("a.json.gz", gzip(text));
    CHECK(read_all(folder.path(), {plain, packed}) ==
          Texts{"a.json:1 {\n  \"block\": {}\n}\n", "a.json.gz:1 {\n  \"block\": {}\n}\n"});
}

TEST_CASE("lines longer than any buffer come out whole") {
    // 256 KiB are read at a time: lengths about its multiples, long after short and short after long.
    const TemporaryFolder folder;
    std::string text;
    Texts expected;
    char letter = 'a';
    for (const std::size_t length :
         {1U, 262'143U, 262'144U, 262'145U, 3U, 1'000'000U, 2U, 3'000'000U, 524'288U, 1U}) {
        text += std::string(length, letter) + "\n";
        expected.emplace_back(length, letter++);
    }
    const auto* name = GENERATE("a.jsonl", "a.jsonl.gz");
    const auto path = folder.write(name, fs::path{name}.extension() == ".gz" ? gzip(text) : text);
    ArchiveReader reader{{path}};
    for (const auto& line : expected) CHECK((reader.next().value().json == line));
    CHECK_FALSE(reader.next());
}

TEST_CASE("what is wrong with a file is said with its place, and reading goes on behind it") {
    struct Row {
        const char* name;
        const char* file;
        std::string bytes;
        Texts seen;
    };
    const auto whole = gzip("{1}\n{2}\n");
    const auto cut_at = [](const std::string& text, std::size_t left) {
        return text.substr(0, text.size() - left);
    };
    const auto flipped = [](std::string text, std::size_t from_end) {
        text[text.size() - from_end] ^= 1;
        return text;
    };
    const std::string kilobyte(1024, 'x');
    const auto row = GENERATE_COPY(
        Row{"a gzip stream without its trailer",
            "a.jsonl.gz",
            cut_at(whole, 8),
            {"a.jsonl.gz:1 {1}", "a.jsonl.gz:2 {2}", "! a.jsonl.gz:3: the gzip stream ends early"}},
        Row{"a gzip stream without its last byte",
            "a.jsonl.gz",
            cut_at(whole, 1),
            {"a.jsonl.gz:1 {1}", "a.jsonl.gz:2 {2}", "! a.jsonl.gz:3: the gzip stream ends early"}},
        Row{"a second member cut short inside a line",
            "a.jsonl.gz",
            whole + cut_at(gzip("{3"), 1),
            {"a.jsonl.gz:1 {1}", "a.jsonl.gz:2 {2}", "! a.jsonl.gz:3: the gzip stream ends early"}},
        Row{"nothing where gzip should be", "a.jsonl.gz", "", {"! a.jsonl.gz:1: the gzip stream ends early"}},
        Row{"a wrong checksum",  // the trailer: CRC32, then the length, 4 bytes each (RFC 1952, 2.3.1)
            "a.jsonl.gz",
            flipped(whole, 8),
            {"a.jsonl.gz:1 {1}", "a.jsonl.gz:2 {2}",
             "! a.jsonl.gz:3: the gzip stream is damaged (incorrect data check)"}},
        Row{"a wrong length",
            "a.jsonl.gz",
            flipped(whole, 1),
            {"a.jsonl.gz:1 {1}", "a.jsonl.gz:2 {2}",
             "! a.jsonl.gz:3: the gzip stream is damaged (incorrect length check)"}},
        Row{"a compression method that there is not",
            "a.jsonl.gz",
            "\x1f\x8b\x07"s + std::string(20, '\0'),
            {"! a.jsonl.gz:1: the gzip stream is damaged (unknown compression method)"}},
        Row{"plain text under a name of gzip",
            "a.jsonl.gz",
            "{1}\n{2}\n",
            {"! a.jsonl.gz:1: is not gzip, although its name says so"}},
        Row{"only the first of gzip's two marks",
            "a.jsonl.gz",
            "\x1f{1}\n",
            {"! a.jsonl.gz:1: is not gzip, although its name says so"}},
        Row{"one stray byte behind the stream",
            "a.jsonl.gz",
            whole + "\n",
            {"a.jsonl.gz:1 {1}", "a.jsonl.gz:2 {2}",
             "! a.jsonl.gz:3: something that is not gzip follows the gzip stream"}},
        Row{"zeros behind the stream",
            "a.jsonl.gz",
            whole + std::string(512, '\0'),
            {"a.jsonl.gz:1 {1}", "a.jsonl.gz:2 {2}",
             "! a.jsonl.gz:3: something that is not gzip follows the gzip stream"}},
        Row{"gzip's first mark and then something else behind the stream",
            "a.jsonl.gz",
            whole + "\x1f\x1f",
            {"a.jsonl.gz:1 {1}", "a.jsonl.gz:2 {2}",
             "! a.jsonl.gz:3: something that is not gzip follows the gzip stream"}},
        Row{"a line as long as allowed", "a.jsonl", kilobyte + "\n", {"a.jsonl:1 " + kilobyte}},
        Row{"one byte more, in the middle",
            "a.jsonl",
            "{1}\nx" + kilobyte + "\n{3}\n",
            {"a.jsonl:1 {1}", "! a.jsonl:2: longer than 1024 bytes; an archive has one block a line",
             "a.jsonl:3 {3}"}},
        Row{"far too long, over several reads",
            "a.jsonl",
            "{1}\n" + std::string(1'000'000, 'x') + "\n{3}\n",
            {"a.jsonl:1 {1}", "! a.jsonl:2: longer than 1024 bytes; an archive has one block a line",
             "a.jsonl:3 {3}"}},
        Row{"far too long, the last line, packed",
            "a.jsonl.gz",
            gzip("{1}\n" + std::string(1'000'000, 'x')),
            {"a.jsonl.gz:1 {1}", "! a.jsonl.gz:2: longer than 1024 bytes; an archive has one block a line"}},
        Row{"far too long, and the stream breaks in it",
            "a.jsonl.gz",
            cut_at(gzip("{1}\n" + std::string(1'000'000, 'x')), 9),
            {"a.jsonl.gz:1 {1}", "! a.jsonl.gz:2: longer than 1024 bytes; an archive has one block a line",
             "! a.jsonl.gz:2: the gzip stream ends early"}},
        Row{"a document that is too long",
            "a.json",
            kilobyte + "\n",
            {"! a.json:1: longer than 1024 bytes; a file of this kind is one block"}},
        Row{"a document with nothing in it",
            "a.json",
            " \n",
            {"! a.json:1: is empty; one block as JSON was expected"}},
        Row{"a packed document that breaks",
            "a.json.gz",
            cut_at(gzip("{1}"), 1),
            {"! a.json.gz:1: the gzip stream ends early"}},
        Row{"a packed document that is none",
            "a.json.gz",
            "{1}",
            {"! a.json.gz:1: is not gzip, although its name says so"}});
    CAPTURE(row.name);
    const TemporaryFolder folder;
    const auto path = folder.write(row.file, row.bytes);
    const auto following = folder.write("next.jsonl", "{next}\n");
    auto expected = row.seen;
    expected.emplace_back("next.jsonl:1 {next}");
    CHECK(read_all(folder.path(), {path, following}, 1024) == expected);
}

TEST_CASE("wherever a packed file is cut, its whole lines come out and then the error") {
    const TemporaryFolder folder;
    std::string text;
    for (int i = 1; i <= 40; ++i) text += "{" + std::to_string(i * 7919 % 1000) + "}\n";
    const auto whole = gzip(text);
    const auto all = read_all(folder.path(), {folder.write("a.jsonl.gz", whole)});
    REQUIRE(all.size() == 40);
    for (std::size_t kept = 0; kept < whole.size(); ++kept) {
        CAPTURE(kept);
        auto seen = read_all(folder.path(), {folder.write("a.jsonl.gz", whole.substr(0, kept))});
        const auto lines = seen.size() - 1;
        CHECK(seen.back() == "! a.jsonl.gz:" + std::to_string(lines + 1) + ": the gzip stream ends early");
        seen.pop_back();
        CHECK(seen == Texts(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(lines)));
        if (kept + 8 >= whole.size()) CHECK(lines == all.size());  // only the trailer is missing
    }
}
