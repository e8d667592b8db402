#include "wiring/following_from.hpp"

#include "config_fixture.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;

namespace {

const std::string kRoot = "0x" + std::string(40, 'a');
const std::string kRootOfDesk = "0x" + std::string(40, 'd');
const std::string kListed = "0x" + std::string(40, '1');

// The fund has one root, the desk another.
Config two_entities() {
    return test::parse(test::kChain + "entities:\n  - {id: fund, name: The Fund, roots: [\"" + kRoot +
                       "\"]}\n  - {id: desk, roots: [\"" + kRootOfDesk + "\"]}\n")
        .value();
}

// "fund (The Fund): label", or "nobody".
std::string owner(const Following& following, const std::string& address) {
    const auto* tracked = following.find(Address::from_hex(address).value());
    if (!tracked) return "nobody";
    const auto& entity = following.entities[tracked->entity];
    return entity.id + " (" + entity.name + "): " + tracked->label;
}

}  // namespace

TEST_CASE("the roots of the configuration are followed") {
    const auto followed = following_from(two_entities(), std::nullopt).value();
    CHECK(followed.notes.empty());
    CHECK(followed.following.tracked.size() == 2);
    CHECK(owner(followed.following, kRoot) == "fund (The Fund): ");
    CHECK(owner(followed.following, kRootOfDesk) == "desk (desk): ");
    CHECK(owner(followed.following, kListed) == "nobody");
}

TEST_CASE("an address file joins the configuration's entities") {
    struct Row {
        const char* name;
        std::string line;
        std::string address;
        std::string owner;
        std::string note;  // behind the file's name
    };
    const auto row = GENERATE(values<Row>({
        {"one more address", kListed + ",fund,Hot", kListed, "fund (The Fund): Hot", ""},
        {"one more entity", kListed + ",new-one,Hot", kListed, "new-one (new-one): Hot", ""},
        {"a root gets its label", kRoot + ",fund,Main", kRoot, "fund (The Fund): Main", ""},
        {"a root wins over another configured entity", kRoot + ",desk,Mine", kRoot, "fund (The Fund): ",
         ": 0xaAaAaAaaAaAaAaaAaAAAAAAAAaaaAaAaAaaAaaAa is a root of fund, which wins over desk"},
        {"a root wins over a new entity", kRoot + ",new-one,Mine", kRoot, "fund (The Fund): ",
         ": 0xaAaAaAaaAaAaAaaAaAAAAAAAAaaaAaAaAaaAaaAa is a root of fund, which wins over new-one"},
    }));
    CAPTURE(row.name);
    const test::TemporaryFolder folder;
    const auto file = folder.write("a.csv", row.line + '\n');
    const auto followed = following_from(two_entities(), file).value();
    CHECK(owner(followed.following, row.address) == row.owner);
    CHECK(owner(followed.following, kRootOfDesk) == "desk (desk): ");
    CHECK(followed.notes ==
          (row.note.empty() ? std::vector<std::string>{} : std::vector{file.string() + row.note}));
}

TEST_CASE("an address in mixed case is the same address") {
    const test::TemporaryFolder folder;
    const auto file = folder.write("a.csv",
                                   "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed,fund,checksum\n"
                                   "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed,fund,checksum\n"
                                   "0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED,fund,checksum\n");
    const auto followed = following_from(Config{}, file);
    REQUIRE(followed.has_value());
    CHECK(followed->following.tracked.size() == 1);
    CHECK(Address::from_hex("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed") ==
          Address::from_hex("0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED"));
}

TEST_CASE("an address file that is wrong or missing is a problem") {
    const test::TemporaryFolder folder;
    const auto wrong = folder.write("a.csv", "0x12,fund\n");
    const auto refused = following_from(two_entities(), wrong);
    REQUIRE_FALSE(refused);
    CHECK(to_string(refused.error()) ==
          wrong.string() + ":1: address: expected 0x and 40 hex digits, got '0x12'\n");
    const auto missing = folder.path() / "none.csv";
    const auto unread = following_from(two_entities(), missing);
    REQUIRE_FALSE(unread);
    CHECK(to_string(unread.error()) == missing.string() + ": cannot be read: No such file or directory\n");
}
