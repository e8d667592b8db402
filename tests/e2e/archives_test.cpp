#include "moneytrail.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail::test;

namespace {

// The run's small blocks that follow each other.
constexpr std::array<std::uint64_t, 3> kNumbers{17686111, 17686112, 17686113};

void write_gz(const std::filesystem::path& path, const std::string& text) {
    auto* file = gzopen(path.c_str(), "wb1");
    const bool whole = file != nullptr && gzwrite(file, text.data(), static_cast<unsigned>(text.size())) > 0;
    if (!whole || gzclose(file) != Z_OK) throw std::runtime_error{"cannot write " + path.string()};
}

std::string numbered(std::uint64_t number, const std::string& ending) {
    return std::to_string(number) + ending;
}

// The same blocks in every form that an archive may have.
struct Forms {
    Forms() {
        std::string all;
        for (const auto number : kNumbers) {
            const auto block = run_block(number);
            all += block + '\n';
            folder.write("plain/" + numbered(number, ".json"), block);
            std::filesystem::create_directory(folder.path() / "packed");
            write_gz(folder.path() / "packed" / numbered(number, ".json.gz"), block);
        }
        folder.write("blocks.jsonl", all);
        write_gz(folder.path() / "blocks.jsonl.gz", all);
        folder.write("unfinished.jsonl", all.substr(0, all.size() - 1));
        folder.write("windows.jsonl", replaced(replaced(all, "\n", "\r\n\r\n"), "\n{", "\n\n{"));
    }

    TemporaryFolder folder;
};

}  // namespace

TEST_CASE_METHOD(Forms, "an archive's form makes no difference") {
    const auto expected = replay_demo({folder.path() / "blocks.jsonl"});
    REQUIRE(expected.exit_code == 0);
    REQUIRE(lines_of(expected.out).size() > 3);

    for (const std::string form :
         {"blocks.jsonl", "blocks.jsonl.gz", "plain", "packed", "unfinished.jsonl", "windows.jsonl"}) {
        CAPTURE(form);
        const auto ran = replay_demo({folder.path() / form});
        CHECK(ran.exit_code == 0);
        CHECK((ran.out == expected.out));
        CHECK(ran.err == expected.err);
    }
    const auto several =
        replay_demo({folder.path() / "plain/17686111.json", folder.path() / "packed/17686112.json.gz",
                     folder.path() / "packed/17686113.json.gz"});
    CHECK((several.out == expected.out));
    CHECK(several.err == expected.err);
}

TEST_CASE("several archives that go on from each other are one") {
    const auto run = data_folder() / "run";
    std::vector<std::filesystem::path> archives;
    for (const auto& file : gz_files(run)) archives.push_back(file);
    const auto whole = replay_demo({run});
    REQUIRE(whole.exit_code == 0);
    CHECK((replay_demo(archives).out == whole.out));
}

TEST_CASE("an archive that is not there or is none is refused before anything is read") {
    const TemporaryFolder folder;
    const auto text = folder.write("notes.txt", "hello");
    const auto missing = folder.path() / "blocks.jsonl";
    const auto empty = folder.path() / "empty";
    std::filesystem::create_directory(empty);
    const std::string endings = "expected .jsonl, .jsonl.gz, .json or .json.gz";
    struct Row {
        std::filesystem::path path;
        std::string why;
    };
    for (const auto& row : {Row{missing, ": no such file or folder"},
                            Row{text, ": is no archive: " + endings + ", or a folder"},
                            Row{empty, ": no block files in this folder: " + endings}}) {
        CAPTURE(row.path);
        const auto ran = replay_demo({data_folder() / "run", row.path});
        CHECK(ran.exit_code == 2);
        CHECK(ran.out.empty());
        CHECK(ran.err == kDemoNotice + row.path.string() + row.why + "\n");
    }
}
