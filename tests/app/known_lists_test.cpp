#include "lists/known_lists.hpp"

#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using Catch::Equals;

namespace {

const auto kOne = fixed_literal<Address>("0000000000000000000000000000000000000001");
const auto kTwo = fixed_literal<Address>("0000000000000000000000000000000000000002");

}  // namespace

TEST_CASE("a token of the configuration wins over an imported one, which is folded too") {
    const test::TemporaryFolder folder;
    const Lists lists{.tokens = {folder.write("t.csv", kOne.to_hex() + ",OWN,6,Own,yes,\n")}};
    const auto known =
        load_known_lists(lists, {.tokens = {{kOne, {.symbol = "THEIRS"}},
                                            {kTwo, {.symbol = "ＯＷＮ", .listing = Listing::known}}}})
            .value();
    CHECK(known.tokens.size() == 2);
    CHECK(known.tokens.at(kOne).symbol == "OWN");
    CHECK(is_counterfeit(known.tokens.at(kTwo), ProtectedNames{known.tokens}));
}

TEST_CASE("the problems of all lists are told at once") {
    const test::TemporaryFolder folder;
    const auto tokens = folder.write("t.csv", "x,,,,\n");
    const auto labels = folder.write("l.csv", "y,,,,\n");
    const auto packed = folder.write("l.csv.gz", "no gzip");
    const auto known = load_known_lists({.labels = {labels, packed}, .tokens = {tokens}}, {});
    REQUIRE_FALSE(known);
    CHECK_THAT(to_string(known.error()),
               Equals(labels.string() + ":1: address: expected 0x and 40 hex digits, got 'y'\n" +
                      packed.string() + ": is not gzip, although its name says so\n" + tokens.string() +
                      ":1: address: expected 0x and 40 hex digits, got 'x'\n"));
}

TEST_CASE("a wrong list of names is told before the labels that need it") {
    const test::TemporaryFolder folder;
    const auto names = folder.write("e.csv", "Binance,binance\n");
    const auto known = load_known_lists({.entities = names}, {});
    REQUIRE_FALSE(known);
    CHECK_THAT(to_string(known.error()),
               Equals(names.string() + ":1: expected the fields name,id,kind,flag, got 2 of them\n"));
}
