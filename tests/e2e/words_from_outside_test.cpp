#include "moneytrail.hpp"

#include <catch2/catch.hpp>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace moneytrail::test;
using Catch::Contains;

namespace {

// Right-to-left override, C1's escape, zero-width space, line separator, a tag, a line end.
const std::string kHidden = "a\u202eb\u009bc\u200bd\u2028e\U000E0041f\ng";
const std::string kShown = R"(a\u{202e}b\u{9b}c\u{200b}d\u{2028}e\u{e0041}f\u{a}g)";
// The same without what a YAML or CSV file cannot hold.
const std::string kHiddenText = "a\u202eb\u009bc\u200bd\u2028e\U000E0041f";
const std::string kShownText = R"(a\u{202e}b\u{9b}c\u{200b}d\u{2028}e\u{e0041}f)";

bool hides_nothing(const std::string& text) {
    for (const auto* hidden : {"\u202e", "\u009b", "\u200b", "\u2028", "\U000E0041"})
        if (text.find(hidden) != std::string::npos) return false;
    return true;
}

const std::string kChain = "chains: [{name: e, chain_id: 1, archive: {path: blocks.jsonl}}]\n";

std::string okx(const std::string& name) {
    return "entities: [{id: okx, name: \"" + name +
           "\", roots: [\"0xbf94f0ac752c739f623c463b5210a7fb2cbb420b\"]}]\n";
}

// A socket that nobody listens at, in the file system.
void make_socket(const std::filesystem::path& path) {
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    path.string().copy(address.sun_path, sizeof address.sun_path - 1);
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    REQUIRE(::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    ::close(descriptor);
}

}  // namespace

TEST_CASE("words of the command line and names of files are shown escaped") {
    const TemporaryFolder folder;
    const auto config = folder.write(kHidden + ".yaml", kChain + okx("OKX")).string();
    const auto list = folder.write(kHidden + ".csv", "0x12,okx\n").string();
    struct Row {
        const char* name;
        Words words;
        std::string shown;
    };
    const std::vector<Row> rows{
        {"no command", {kHidden}, "'" + kShown + "' is no command"},
        {"one word too many", {"check-config", "x", kHidden}, kShown},
        {"no option", {"replay", "--" + kHidden}, kShown},
        {"no value of an option", {"run", "--from", kHidden}, kShown},
        {"no such configuration", {"check-config", kHidden}, kShown + ": cannot be read: "},
        {"no such chain",
         {"addresses", "list", "--config", config, "--chain", kHidden},
         "has no chain '" + kShown},
        {"the configuration's name",
         {"addresses", "list", "--config", config, "--chain", "x"},
         kShown + ".yaml has no"},
        {"no address", {"addresses", "add", kHidden, "okx", "--config", config}, "got '" + kShown + "'"},
        {"no entity",
         {"addresses", "add", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", kHidden, "--config", config},
         "entity: '" + kShown + "' is not"},
        {"no alert", {"explain", kHidden, "--config", config}, "got '" + kShown + "'"},
        {"no time", {"alerts", "list", "--from", kHidden, "--config", config}, "got '" + kShown + "'"},
        {"no such archive", {"replay", kHidden, "--config", config}, kShown + ": no such file or folder"},
        {"no such list", {"replay", "--addresses", kHidden, "--config", config}, kShown + ": cannot be read"},
        {"a list with a mistake",
         {"replay", "--addresses", list, "--config", config},
         kShown + ".csv:1: address: "},
    };
    for (const auto& row : rows) {
        CAPTURE(row.name);
        const auto ran = run_moneytrail(row.words);
        CHECK(ran.exit_code == 2);
        CHECK(ran.out.empty());
        CHECK_THAT(ran.err, Contains(row.shown));
        CHECK(hides_nothing(ran.err));
        CHECK_THAT(ran.err, !Contains("f\ng"));
    }

    const auto fine = run_moneytrail({"check-config", config});
    CHECK(fine.exit_code == 0);
    CHECK_THAT(fine.out, Contains(kShown + ".yaml: fine\n"));
}

TEST_CASE("keys, values and cells that are refused are shown escaped") {
    struct Row {
        const char* name;
        std::string config;
        std::string shown;
    };
    const auto row = GENERATE(values<Row>({
        {"a key", kChain + '"' + kHiddenText + "\": 1\n", ":2: " + kShownText + ": unknown key"},
        {"a value", kChain + "log: {level: \"" + kHiddenText + "\"}\n", "got '" + kShownText + "'"},
        {"a path", kChain + "lists: {tokens: [\"" + kHiddenText + "\"]}\n",
         "/" + kShownText + ": cannot be read"},
        {"a signal's value", kChain + "signals: {T1: {medium: \"" + kHiddenText + "\"}}\n",
         "got '" + kShownText + "'"},
        {"a variable", kChain + "data_dir: \"${" + kHiddenText + "}\"\n", "no variable's name"},
        {"a cell", kChain + "lists: {tokens: [cell.csv]}\n",
         "cell.csv:1: protected: expected yes, no or nothing, got '" + kShownText},
        {"a header", kChain + "lists: {tokens: [header.csv]}\n", "the columns are 'address," + kShownText},
    }));
    CAPTURE(row.name);
    const TemporaryFolder folder;
    folder.write("cell.csv", "0x0000000000000000000000000000000000000001,A,18,A," + kHiddenText + "\n");
    folder.write("header.csv", "address," + kHiddenText + ",1,2,3\n");
    const auto ran = run_moneytrail({"check-config", folder.write("c.yaml", row.config).string()});
    CHECK(ran.exit_code == 2);
    CHECK_THAT(ran.err, Contains(row.shown));
    CHECK(hides_nothing(ran.err));
}

TEST_CASE("a name in an alert is shown as JSON escapes it, and is the same name") {
    const TemporaryFolder folder;
    folder.write("blocks.jsonl", run_block(17686112) + '\n');
    const auto config = folder.write("c.yaml", kChain + okx(kHiddenText)).string();
    const auto ran = run_moneytrail({"replay", "--config", config});
    CHECK(ran.exit_code == 0);
    CHECK_THAT(ran.out, Contains(R"("a\u202eb\u009bc\u200bd\u2028e\udb40\udc41f")"));
    CHECK(hides_nothing(ran.out));
    const auto alerts = alerts_of(ran.out);
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0]["entity_name"] == kHiddenText);
}

TEST_CASE("what is no regular file is refused at once, wherever it stands") {
    const TemporaryFolder folder;
    REQUIRE(::mkfifo((folder.path() / "pipe.csv").c_str(), 0600) == 0);
    REQUIRE(::mkfifo((folder.path() / "pipe.csv.gz").c_str(), 0600) == 0);
    REQUIRE(::mkfifo((folder.path() / "pipe.jsonl").c_str(), 0600) == 0);
    make_socket(folder.path() / "socket.csv");
    std::filesystem::create_symlink("/dev/zero", folder.path() / "device.csv");
    std::filesystem::create_directory(folder.path() / "folder.csv");
    const auto in_folder = [&](const char* name) { return (folder.path() / name).string(); };

    const auto* name = GENERATE("pipe.csv", "socket.csv", "device.csv", "folder.csv", "pipe.csv.gz");
    CAPTURE(name);
    const std::string file = name;
    const auto error = [&] {
        return std::string{file == "folder.csv" ? "is a folder" : "is no regular file"};
    }();
    const auto refuses = [&](const Words& words, int exit_code) {
        const auto ran = run_moneytrail(words);
        CAPTURE(words);
        CHECK(ran.exit_code == exit_code);
        CHECK_THAT(ran.err, Contains(error));
    };
    if (!file.ends_with(".gz")) {
        refuses({"check-config", in_folder(name)}, 2);
        const auto config =
            folder.write("s.yaml", kChain + "http: {token: \"${file:" + in_folder(name) + "}\"}\n");
        refuses({"check-config", config.string()}, 2);
    }
    for (const std::string key : {"tokens: [", "labels: [", "feeds: [", "entities: "}) {
        const auto end = key.ends_with('[') ? "]" : "";
        const auto config = folder.write("c.yaml", kChain + "lists: {" + key + name + end + "}\n");
        refuses({"check-config", config.string()}, 2);
    }
    const auto config = folder.write("c.yaml", kChain).string();
    refuses({"replay", "--config", config, "--addresses", in_folder(name)}, 2);
    if (file == "pipe.csv") refuses({"replay", "--config", config, in_folder("pipe.jsonl")}, 1);
}

TEST_CASE("a wrong checksum in configuration and lists is told with its line") {
    // Source: EIP-55's first example. One letter is of the other case.
    const std::string right = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    const std::string wrong = "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    const auto said =
        "the checksum (EIP-55) of '" + wrong + "' is wrong, expected " + right + " if it is this address\n";
    const TemporaryFolder folder;
    folder.write("blocks.jsonl", run_block(17686112) + '\n');
    const auto list =
        folder.write("l.csv", "address,entity,category,label\n" + wrong + ",,other,x\n").string();
    const auto tokens = folder.write("t.csv", wrong + ",A,18,A,\n").string();
    const auto feeds = folder.write("f.csv", "A / USD,8,," + wrong + "," + right + "\n").string();
    const auto more = folder.write("a.csv", wrong + ",a\n").string();
    const auto config =
        folder
            .write("c.yaml", kChain + "entities: [{id: a, roots: [\"" + wrong +
                                 "\"]}]\nlists: {labels: [l.csv], tokens: [t.csv], feeds: [f.csv]}\n")
            .string();
    const Words lines{config + ":2: entities[0].roots[0]: " + said, list + ":2: address: " + said,
                      tokens + ":1: address: " + said, feeds + ":1: aggregator: " + said};
    const auto checked = run_moneytrail({"check-config", config});
    CHECK(checked.exit_code == 0);
    const auto replayed = run_moneytrail({"replay", "--config", config, "--addresses", more});
    CHECK(replayed.exit_code == 0);
    for (const auto& line : lines) {
        CHECK_THAT(checked.err, Contains(line));
        CHECK_THAT(replayed.err, Contains(line));
    }
    CHECK_THAT(replayed.err, Contains(more + ":1: address: " + said));
}

TEST_CASE("the text of a secret's file is told nowhere") {
    const TemporaryFolder folder;
    const auto secret = folder.write("secret", "hunter2\n").string();
    const auto* line = GENERATE("data_dir: \"F\"", "lists: {tokens: [\"F\"]}", "lists: {entities: \"x/F\"}",
                                "log: {level: \"F\"}", "entities: [{id: \"F\"}]",
                                "signals: {S3: {scope: \"F\"}}", "database: {url: \"F\"}",
                                "database: {url: \"mysql://F\"}", "channels: {telegram: {chats: [\"F\"]}}");
    const auto text = replaced(line, "F", "${file:" + secret + "}");
    const auto config = folder.write("c.yaml", kChain + text + "\n").string();
    for (const auto* command : {"check-config", "replay", "run", "migrate"}) {
        const auto ran = run_moneytrail({command, "--config", config});
        CHECK(ran.exit_code == 2);
        CHECK_THAT(ran.err, Catch::StartsWith(config + ":2: ") && !Contains("hunter2"));
        CHECK_THAT(ran.out, !Contains("hunter2"));
    }
}

TEST_CASE("check-config refuses the database's URL that run refuses") {
    const auto* url = GENERATE("postgresql://u:hunter2@h:99999/d", "postgresql://u:hunter@2@h/d",
                               "mysql://u:hunter2@h/d", "postgresql://u:hunter2@h/d?sslmode=yes");
    const TemporaryFolder folder;
    const auto config = folder.write("c.yaml", kChain + "database: {url: \"" + url + "\"}\n").string();
    const auto checked = run_moneytrail({"check-config", config});
    const auto ran = run_moneytrail({"run", "--config", config});
    CHECK(checked.exit_code == 2);
    CHECK(ran.exit_code == 2);
    CHECK(checked.err == ran.err);
    CHECK_THAT(ran.err, Catch::StartsWith(config + ":2: database.url: ") && !Contains("hunter"));
}
