#include "labels/names.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail::labels;

TEST_CASE("kinds and flags are read as they are written") {
    for (const auto* text :
         {"cex", "protocol", "bridge", "fund", "person", "miner", "mixer", "flagged", "other"})
        CHECK(to_string(parse_kind(text).value()) == text);
    for (const auto* text : {"none", "mixer", "scam", "hacker", "phishing", "sanctioned"})
        CHECK(to_string(parse_flag(text).value()) == text);
    CHECK_FALSE(parse_kind("CEX"));
    CHECK_FALSE(parse_kind(""));
    CHECK_FALSE(parse_flag("bad"));
    CHECK(parse_kind("protocol") == Kind::protocol);
    CHECK(parse_flag("sanctioned") == Flag::sanctioned);
}

TEST_CASE("an id for a name that no list maps") {
    struct Row {
        const char* name;
        const char* id;
    };
    const auto row = GENERATE(Row{"Uniswap", "uniswap"}, Row{" Gate.io ", "gate-io"},
                              Row{"HTX (Huobi)", "htx-huobi"}, Row{"0x", "0x"}, Row{"A & B", "a-b"},
                              Row{"abcdefghijklmnopqrstuvwxyz012345", "abcdefghijklmnopqrstuvwxyz012345"});
    CAPTURE(row.name);
    CHECK(make_id(row.name) == row.id);
}

TEST_CASE("an id has at most 32 characters of a-z 0-9 - and tells long and foreign names apart") {
    const auto* const names =
        GENERATE("", "---", "Биржа", "交易所", "a name that goes on for far more than 32 characters",
                 "a name that goes on for far more than 33 characters", "café", "cafè", "caf");
    const auto id = make_id(names);
    CAPTURE(names, id);
    CHECK(id.size() >= 1);
    CHECK(id.size() <= 32);
    CHECK(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos);
    CHECK(make_id("café") != make_id("cafè"));
    CHECK(make_id("a name that goes on for far more than 32 characters") !=
          make_id("a name that goes on for far more than 33 characters"));
}

namespace {

Names some_names() {
    Names names;
    REQUIRE(names.add({"HTX", "htx", Kind::cex}) == nullptr);
    REQUIRE(names.add({"Huobi", "htx", Kind::cex}) == nullptr);
    REQUIRE(names.add({"Uniswap", "uniswap", Kind::protocol}) == nullptr);
    REQUIRE(names.add({"Multichain Hack Alert", "multichain-victim", Kind::person}) == nullptr);
    REQUIRE(names.add({"Kucoin Hacker", "kucoin-hacker", Kind::flagged, Flag::hacker}) == nullptr);
    REQUIRE(names.add({"Tornado.Cash", "tornado-cash", Kind::mixer, Flag::mixer}) == nullptr);
    REQUIRE(names.add_category({.name = "dex", .kind = Kind::protocol}) == nullptr);
    REQUIRE(names.add_category({.name = "ransomware", .kind = Kind::flagged, .flag = Flag::hacker}) ==
            nullptr);
    return names;
}

}  // namespace

TEST_CASE("who a name in a category is") {
    struct Row {
        const char* special;
        const char* name;
        const char* category;
        const char* id;
        const char* shown;
        Kind kind;
        Flag flag;
    };
    const auto row = GENERATE(
        Row{"a former name", "Huobi", "cex", "htx", "HTX", Kind::cex, Flag::none},
        Row{"in any case", " hUOBI ", "", "htx", "HTX", Kind::cex, Flag::none},
        Row{"the name decides the kind", "Uniswap", "cex", "uniswap", "Uniswap", Kind::protocol, Flag::none},
        Row{"not mapped: the category does", "SushiSwap", "dex", "sushiswap", "SushiSwap", Kind::protocol,
            Flag::none},
        Row{"not mapped, no category", "SushiSwap", "", "sushiswap", "SushiSwap", Kind::other, Flag::none},
        Row{"spelled otherwise", "Uni-Swap", "", "uni-swap", "Uni-Swap", Kind::other, Flag::none},
        Row{"the same but for what an id cannot have", "uniswap!", "", "uniswap", "Uniswap", Kind::protocol,
            Flag::none},
        Row{"no name", "", "phishing", "phishing", "phishing", Kind::flagged, Flag::phishing},
        Row{"nothing", "", "", "unnamed", "unnamed", Kind::other, Flag::none},
        Row{"the name is the bait", "Uniswap", "phishing", "phishing", "phishing", Kind::flagged,
            Flag::phishing},
        Row{"the name is the bait of a scam", "HTX", "scam", "scam", "scam", Kind::flagged, Flag::scam},
        Row{"a hacker reported for phishing", "Kucoin Hacker", "phishing", "kucoin-hacker", "Kucoin Hacker",
            Kind::flagged, Flag::phishing},
        Row{"a sanctioned mixer stays itself", "Tornado.Cash", "sanctioned", "tornado-cash", "Tornado.Cash",
            Kind::mixer, Flag::sanctioned},
        Row{"victims are not flagged", "Multichain Hack Alert", "hacker", "multichain-victim",
            "Multichain Hack Alert", Kind::person, Flag::none},
        Row{"a kind is a category", "Somebody", "person", "somebody", "Somebody", Kind::person, Flag::none},
        Row{"a category in any case", "X", "Ransomware", "x", "X", Kind::flagged, Flag::hacker});
    CAPTURE(row.special);
    const auto who = some_names().resolve(row.name, row.category);
    CHECK(who.organisation.id == row.id);
    CHECK(who.organisation.name == row.shown);
    CHECK(who.organisation.kind == row.kind);
    CHECK(who.flag == row.flag);
}

TEST_CASE("what contradicts an earlier name is refused and named") {
    auto names = some_names();
    SECTION("the same again") {
        CHECK(names.add({"HUOBI", "htx", Kind::cex}) == nullptr);
    }
    SECTION("another organisation for the name") {
        const auto* before = names.add({"huobi", "huobi", Kind::cex});
        REQUIRE(before != nullptr);
        CHECK(before->id == "htx");
    }
    SECTION("another kind for the organisation") {
        const auto* before = names.add({"Uniswap V3", "uniswap", Kind::cex});
        REQUIRE(before != nullptr);
        CHECK(before->name == "Uniswap");
        CHECK(names.find("Uniswap V3") == nullptr);
    }
    SECTION("another flag for the name") {
        CHECK(names.add({"Huobi", "htx", Kind::cex, Flag::scam}) != nullptr);
    }
    SECTION("another kind for a category") {
        CHECK(names.add_category({.name = "DEX", .kind = Kind::protocol}) == nullptr);
        CHECK(names.add_category({.name = "dex", .kind = Kind::cex}) != nullptr);
        CHECK(names.add_category({.name = "cex", .kind = Kind::protocol}) != nullptr);
    }
}
