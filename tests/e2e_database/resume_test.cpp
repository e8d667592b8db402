// An archive that grows, is moved or rewritten between two starts of the daemon.

#include "commands.hpp"
#include "support/synthetic_block.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail::test;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;

std::string lines(int first, int last) {
    std::string out;
    for (int n = first; n <= last; ++n) out += line({'a', n, 'a', 'c', 12, n}) + '\n';
    return out;
}

// Follows the folder that CommandsFixture names.
struct Fixture : CommandsFixture {
    void check_goes_on(int behind, int to) const {
        const auto ran = run({"run", "--chain", "e"});
        INFO(ran.err);
        CHECK(ran.exit_code == 0);
        CHECK_THAT(ran.err, Contains("going on behind block " + std::to_string(behind) + "\n"));
        CHECK(sql("select tip_num from chain where tip_num is not null")[0][0].as<int>() == to);
        CHECK(sql("select count(*) from block")[0][0].as<int>() == to);
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a folder that grows, and whose files are called otherwise then") {
    folder.write("blocks/x1.jsonl", lines(1, 3));
    folder.write("blocks/x2.jsonl", lines(4, 6));
    out_of({"run", "--chain", "e"});
    CHECK(sql("select convert_from(source_file, 'UTF8'), source_line from chain where tip_num = 6")[0][0]
              .as<std::string>() == "x2.jsonl");
    folder.write("blocks/x2.jsonl", lines(4, 7));
    folder.write("blocks/x3.jsonl", lines(8, 9));
    check_goes_on(6, 9);
    check_goes_on(9, 9);
    for (const std::string number : {"1", "2", "3"})
        fs::rename(folder.path() / "blocks" / ("x" + number + ".jsonl"),
                   folder.path() / "blocks" / ("y" + number + ".jsonl"));
    check_goes_on(9, 9);
    // Rewritten, with less of the past.
    for (const auto* const name : {"y1.jsonl", "y2.jsonl"}) fs::remove(folder.path() / "blocks" / name);
    folder.write("blocks/y3.jsonl", lines(5, 12));
    check_goes_on(9, 12);
}

TEST_CASE_METHOD(Fixture, "a file name in no encoding") {
    folder.write("blocks/\xff\xfe.jsonl", lines(1, 3));
    out_of({"run", "--chain", "e"});
    check_goes_on(3, 3);
}
