#include "moneytrail.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail::test;

namespace {

const std::string& block(std::uint64_t number) {
    static std::map<std::uint64_t, std::string> blocks;
    auto& text = blocks[number];
    if (text.empty()) text = run_block(number);
    return text;
}

// 17686112 raises alerts, and so does 17686113.
const std::string& before() {
    return block(17686111);
}
const std::string& middle() {
    return block(17686112);
}
const std::string& after() {
    return block(17686113);
}

struct Archive {
    TemporaryFolder folder;
    std::filesystem::path path = folder.path() / "blocks.jsonl";

    Ran replay(std::initializer_list<std::string> lines, const Words& more = {}) const {
        folder.write("blocks.jsonl", joined(lines));
        return replay_demo({path}, more);
    }
    // An error or notice about a line of the archive.
    std::string at(int line, const std::string& text) const {
        return path.string() + ":" + std::to_string(line) + ": " + text;
    }
};

std::string without_receipt(const std::string& line, std::size_t index) {
    auto json = Json::parse(line);
    json["receipts"].erase(index);
    return json.dump();
}

}  // namespace

TEST_CASE_METHOD(Archive, "a line that is no block stops the replay, or is counted and skipped") {
    struct Row {
        const char* name;
        std::string line;
        std::string error;
    };
    const auto row = GENERATE(values<Row>({
        {"truncated", middle().substr(0, 5000), "not valid JSON: A string is opened, but never closed."},
        {"garbled", replaced(middle(), "\"receipts\":[", "\"receipts\":}"),
         "receipts: expected an array, got }"},
        {"not on the node", R"({"block":null,"receipts":null})", "block: expected an object, got null"},
        {"number out of range", replaced(middle(), "0x10dde60", "0x1ffffffffffffffff"),
         "block.number: expected a quantity of at most 64 bits: 0x and 1 to 16 hex digits, got "
         "'0x1ffffffffffffffff'"},
        {"hash of 63 digits", replaced(middle(), "\"hash\":\"0x8873", "\"hash\":\"0x873"),
         "block.hash: expected 0x and 64 hex digits, got "
         "'0x873a33f4687bce738171f486cce04ffe060cd0b71b15fe83e047e2815253f7c'"},
        {"no receipts", replaced(middle(), "\"receipts\"", "\"recipes\""), "receipts: missing"},
    }));
    CAPTURE(row.name);

    const auto stopped = replay({before(), middle(), row.line, after()});
    CHECK(stopped.exit_code == 1);
    CHECK(has_line(stopped.err, at(3, row.error)));
    CHECK(has_line(stopped.err, "blocks    2: 2 verified, 1 line unreadable"));
    CHECK((stopped.out == replay({before(), middle()}).out));
    CHECK(lines_of(stopped.out).size() == 10);

    const auto went_on = replay({before(), middle(), row.line, after()}, {"--keep-going"});
    CHECK(went_on.exit_code == 0);
    CHECK(has_line(went_on.err, at(3, row.error)));
    CHECK(has_line(went_on.err, "blocks    3: 3 verified, 1 line unreadable"));
    CHECK((went_on.out == replay({before(), middle(), after()}).out));
    CHECK(lines_of(went_on.out).size() == 15);
}

TEST_CASE_METHOD(Archive, "a block that contradicts itself raises nothing, and the others go on") {
    struct Row {
        const char* name;
        std::string line;
        std::string why;
    };
    // The root was computed elsewhere; the rest of the sentence names what was compared.
    const auto row = GENERATE(values<Row>({
        // The WETH amount of the transaction's first log, 0x01f5b3e20e18f0c7ea, becomes 0x02f5….
        {"one digit of a log's data", replaced(middle(), "01f5b3e20e18f0c7ea", "02f5b3e20e18f0c7ea"),
         "block.receiptsRoot: the receipts give 0x"},
        {"a receipt removed", without_receipt(middle(), 5), "receipts: 132 for 133 transactions"},
        {"another sender",
         replaced(middle(), "\"from\":\"0xae2fc483527b8ef99eb5d9b44875f005ba1fae13\"",
                  "\"from\":\"0xae2fc483527b8ef99eb5d9b44875f005ba1fae14\""),
         "transactions[17].from: 0xae2fc483527b8ef99eb5d9b44875f005ba1fae14 did not sign, "
         "0xae2fc483527b8ef99eb5d9b44875f005ba1fae13 did"},
    }));
    CAPTURE(row.name);
    const auto ran = replay({before(), row.line, after()});
    CHECK(ran.exit_code == 0);
    REQUIRE(lines_of(ran.err).size() > 2);
    CHECK_THAT(lines_of(ran.err)[1], Catch::StartsWith(at(2, "block 17686112 wrong: " + row.why)));
    CHECK(has_line(ran.err, "blocks    3: 2 verified, 1 wrong, 1 gap"));
    const auto alerts = alerts_of(ran.out);
    CHECK(alerts.size() == 2);
    for (const auto& alert : alerts) CHECK(alert["block_number"] == 17686113);
}

TEST_CASE_METHOD(Archive, "a block that comes twice is judged once") {
    const auto ran = replay({before(), middle(), middle(), after(), middle()});
    CHECK(ran.exit_code == 0);
    CHECK(has_line(ran.err, "blocks    5: 3 verified, 2 duplicate"));
    CHECK((ran.out == replay({before(), middle(), after()}).out));
}

TEST_CASE_METHOD(Archive, "a gap is reported and history goes on across it") {
    const auto ran = replay({before(), after()});
    CHECK(ran.exit_code == 0);
    CHECK(has_line(ran.err, at(2, "block 17686113 judged: gap: block 17686112 is missing")));
    CHECK(has_line(ran.err, "blocks    2: 2 verified, 1 gap"));
    const auto alerts = alerts_of(ran.out);
    REQUIRE_FALSE(alerts.empty());
    // 17686111 is of 17:38:23: what came before the gap is still known.
    for (const auto& alert : alerts)
        CHECK(alert["reasons"][0]["evidence"]["known_since"] == "2023-07-13T17:38:23Z");
}

TEST_CASE_METHOD(Archive, "a folder's broken file is named, and the others are there with --keep-going") {
    folder.write("run/17686111.json", before());
    const auto broken = folder.write("run/17686112.json", "");
    folder.write("run/17686113.json.gz", "no gzip at all");
    const auto run = folder.path() / "run";
    const auto stopped = replay_demo({run});
    CHECK(stopped.exit_code == 1);
    CHECK_THAT(stopped.err, Catch::StartsWith(kDemoNotice + broken.string() +
                                              ":1: is empty; one block as JSON was expected\n"));
    const auto went_on = replay_demo({run}, {"--keep-going"});
    CHECK(went_on.exit_code == 0);
    CHECK(has_line(went_on.err, "blocks    1: 1 verified, 2 lines unreadable"));
}

TEST_CASE_METHOD(Archive, "a block's number that nothing can be computed with is a line that is no block") {
    struct Row {
        const char* file;
        const char* number;
    };
    // 2^63 - 1 and 2^64 - 1, with hashes that are right.
    const auto row = GENERATE(Row{"k1-2-63-less-1.jsonl.gz", "9223372036854775807"},
                              Row{"k2-2-64-less-1.jsonl.gz", "18446744073709551615"});
    const auto far = lines_of(read_gz(data_folder() / "numbers" / row.file)).front();
    const auto stopped = replay({before(), far, middle()});
    CHECK(stopped.exit_code == 1);
    CHECK(has_line(stopped.err,
                   at(2, std::string{"block.number: expected a number of at most 2^53, got "} + row.number)));
    const auto went_on = replay({before(), far, middle()}, {"--keep-going"});
    CHECK(went_on.exit_code == 0);
    CHECK(has_line(went_on.err, "blocks    2: 2 verified, 1 line unreadable"));
    const bool is_same = went_on.out == replay({before(), middle()}).out;
    CHECK(is_same);
}
