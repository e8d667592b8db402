#include "archive/reading.hpp"
#include "support/temporary_folder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

using namespace moneytrail;
using namespace moneytrail::test;
namespace fs = std::filesystem;

namespace {

constexpr auto kOpenToAll = fs::perms::owner_all | fs::perms::group_all | fs::perms::others_all;

std::string why_refused(const TemporaryFolder& folder, const fs::path& path) {
    try {
        ArchiveReader{{path}};
    } catch (const ArchiveError& error) {
        return without(folder.path(), error.what());
    }
    return "it is not";
}

// The rights of nobody while it lives, so that root meets refusals too.
class Unprivileged {
  public:
    Unprivileged() {
        if (was_root_ && ::seteuid(65534) != 0) throw std::runtime_error{"seteuid"};
    }
    ~Unprivileged() {
        if (was_root_ && ::seteuid(0) != 0) std::abort();
    }
    Unprivileged(const Unprivileged&) = delete;
    Unprivileged& operator=(const Unprivileged&) = delete;

  private:
    bool was_root_ = ::geteuid() == 0;
};

std::string block(const char* number) {
    return R"({"block":{"hash":"0x1","number":")" + std::string{number} + R"("},"receipts":[]})";
}

}  // namespace

TEST_CASE("what cannot be an archive is refused at once") {
    const TemporaryFolder folder;
    folder.write("empty/notes.txt", "{}");
    folder.write("empty/.hidden.json", "{}");
    folder.write("empty/below/1.json", "{}");
    fs::create_symlink(folder.path() / "loop.jsonl", folder.path() / "loop.jsonl");
    fs::create_symlink(folder.path() / "gone", folder.path() / "dangling.jsonl");
    fs::create_directory(folder.path() / "locked");
    fs::permissions(folder.path() / "locked", fs::perms::none);
    fs::permissions(folder.path(), kOpenToAll);
    struct Row {
        const char* path;
        const char* why;
    };
    const auto row = GENERATE(
        Row{"nowhere.jsonl", "nowhere.jsonl: no such file or folder"},
        Row{"dangling.jsonl", "dangling.jsonl: no such file or folder"},
        Row{"empty/notes.txt",
            "empty/notes.txt: is no archive: expected .jsonl, .jsonl.gz, .json or .json.gz, or a folder"},
        Row{"empty", "empty: no block files in this folder: expected .jsonl, .jsonl.gz, .json or .json.gz"},
        Row{"loop.jsonl", "loop.jsonl: cannot be read: Too many levels of symbolic links"},
        Row{"locked", "locked: cannot be read: Permission denied"});
    const Unprivileged unprivileged;
    CHECK(why_refused(folder, folder.path() / row.path) == row.why);
}

TEST_CASE("a folder's files come in block order") {
    struct Row {
        const char* name;
        std::vector<std::pair<const char*, std::string>> files;
        Texts order;
    };
    const auto row =
        GENERATE(Row{"names that are numbers, whatever is in them",
                     {{"10.json", block("0x1")}, {"9.jsonl", block("0x2")}, {"2.json", block("0x3")}},
                     {"2.json", "9.jsonl", "10.json"}},
                 Row{"the same number twice",
                     {{"7.jsonl", "{}"}, {"07.json", "{}"}, {"7.json", "{}"}},
                     {"07.json", "7.json", "7.jsonl"}},
                 Row{"one name that is none: the first blocks decide",
                     {{"2.json", block("0x64")}, {"3.json", block("0x9")}, {"last.json", block("0xff")}},
                     {"3.json", "2.json", "last.json"}},
                 Row{"a number over 64 bits is a name",
                     {{"99999999999999999999.json", block("0x1")}, {"1.json", block("0x2")}},
                     {"99999999999999999999.json", "1.json"}},
                 Row{"the same first block twice",
                     {{"b.json", block("0x1")}, {"a.json", block("0x1")}},
                     {"a.json", "b.json"}},
                 Row{"the first line has no number, the second does",
                     {{"b.jsonl", "{garbled\n" + block("0x2") + "\n"}, {"a.jsonl", block("0x3") + "\n"}},
                     {"b.jsonl", "b.jsonl", "a.jsonl"}},
                 Row{"no number at all comes first",
                     {{"a.jsonl", block("0x1")},
                      {"b.jsonl", R"({"block":{"number":7}})"},
                      {"c.jsonl", "[]"},
                      {"d.jsonl", block("0xzz")}},
                     {"b.jsonl", "c.jsonl", "d.jsonl", "a.jsonl"}},
                 Row{"others' files are left alone",
                     {{"1.json", "{}"},
                      {".2.json", "{}"},
                      {"README.md", "{}"},
                      {"1.json.bak", "{}"},
                      {"below/3.json", "{}"}},
                     {"1.json"}});
    CAPTURE(row.name);
    const TemporaryFolder folder;
    for (const auto& [name, bytes] : row.files) folder.write(name, bytes);
    ArchiveReader reader{{folder.path()}};
    Texts order;
    while (const auto line = reader.next()) order.push_back(without(folder.path(), std::string{line->file}));
    CHECK(order == row.order);
}

TEST_CASE("what is no readable file is an error at its turn, in a folder and by name") {
    const TemporaryFolder folder;
    fs::permissions(folder.path(), kOpenToAll);
    fs::create_directory(folder.path() / "1.jsonl");
    REQUIRE(::mkfifo((folder.path() / "2.jsonl.gz").c_str(), 0666) == 0);
    fs::permissions(folder.write("3.json", "{}"), fs::perms::none);
    fs::create_symlink("4.json", folder.path() / "4.json");
    folder.write("5.json", "{5}");
    const Texts expected{"! 1.jsonl: is a folder; a file was expected",
                         "! 2.jsonl.gz: is no regular file; pipes and devices are not read",
                         "! 3.json: cannot be opened: Permission denied",
                         "! 4.json: cannot be opened: Too many levels of symbolic links", "5.json:1 {5}"};
    {
        const Unprivileged unprivileged;
        CHECK(read_all(folder.path(), {folder.path()}) == expected);
        CHECK(read_all(folder.path(), {folder.path() / "2.jsonl.gz", folder.path() / "3.json"}) ==
              Texts{expected[1], expected[2]});
    }
    folder.write("a.json", block("0x1"));  // now their first blocks are looked for
    const Unprivileged unprivileged;
    auto with_names = expected;
    with_names.push_back("a.json:1 " + block("0x1"));
    CHECK(read_all(folder.path(), {folder.path()}) == with_names);
}

TEST_CASE("several paths are taken in the order given") {
    const TemporaryFolder folder;
    folder.write("x/2.json", "{2}");
    folder.write("x/1.json", "{1}");
    const auto file = folder.write("a.jsonl", "{a}");
    CHECK(read_all(folder.path(), {folder.path() / "x", file, folder.path() / "x/2.json"}) ==
          Texts{"x/1.json:1 {1}", "x/2.json:1 {2}", "a.jsonl:1 {a}", "x/2.json:1 {2}"});
}

TEST_CASE("a line is found again by its file's name and its number") {
    const TemporaryFolder folder;
    folder.write("many/1.jsonl", "a\n\nb\n" + std::string(40, 'x') + "\nc");
    folder.write("many/2.jsonl.gz", gzip("d\ne\n"));
    folder.write("many/10.json", "f");
    ArchiveReader reader{{folder.path() / "many"}, 30};
    const auto at = [&](std::string_view name, std::uint64_t number) {
        const auto line = reader.line_at(name, number);
        return line ? std::string{line->json} : "none";
    };
    const auto next = [&] { return std::string{reader.next()->json}; };
    CHECK(at("2.jsonl.gz", 1) == "d");
    CHECK(next() == "e");
    CHECK(next() == "f");
    CHECK_FALSE(reader.next());
    CHECK(at("1.jsonl", 3) == "b");
    CHECK_THROWS_AS(reader.next(), ArchiveError);
    CHECK(at("1.jsonl", 5) == "c");  // behind what is too long
    CHECK(next() == "d");
    CHECK(at("10.json", 1) == "f");
    for (const auto number : std::initializer_list<std::uint64_t>{0, 2, 4, 6})
        CHECK(at("1.jsonl", number) == "none");
    CHECK(at("3.jsonl", 1) == "none");
    // A single file may be called otherwise now.
    reader = ArchiveReader{{folder.path() / "many/2.jsonl.gz"}};
    CHECK(at("blocks.jsonl", 2) == "e");
}
