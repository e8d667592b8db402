#include "postgres/imported_lists.hpp"

#include "postgres/migrate.hpp"
#include "support/schema.hpp"
#include "support/sql.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using labels::LabelLine;
using postgres::ImportedList;
using postgres::ListContent;
using postgres::Work;
using test::Sql;

namespace {

Address address(std::uint8_t last) {
    Address out;
    out.bytes().back() = last;
    return out;
}

struct Fixture {
    Fixture() { test::run(sql.loop, apply(sql.database)); }
    static Task<> apply(postgres::Database& database) { co_await postgres::migrate(database); }

    std::optional<ImportedList> labels(const ImportedList& list, const std::vector<LabelLine>& lines) {
        std::optional<ImportedList> out;
        sql.transact([&](Work& tx) { out = postgres::import_labels(tx, list, lines); });
        return out;
    }
    std::optional<ImportedList> tokens(const ImportedList& list,
                                       const std::vector<postgres::ImportedToken>& lines) {
        std::optional<ImportedList> out;
        sql.transact([&](Work& tx) { out = postgres::import_tokens(tx, list, lines); });
        return out;
    }
    std::vector<LabelLine> all_labels() {
        std::vector<LabelLine> out;
        sql.transact([&](Work& tx) {
            for (auto& [list, lines, is_new] : postgres::imported_labels(tx))
                std::ranges::move(lines, std::back_inserter(out));
        });
        return out;
    }
    TokenList all_tokens() {
        TokenList out;
        sql.transact([&](Work& tx) { out = postgres::imported_tokens(tx); });
        return out;
    }
    std::vector<ImportedList> lists() {
        std::vector<ImportedList> out;
        sql.transact([&](Work& tx) { out = postgres::imported_lists(tx); });
        return out;
    }

    test::Schema schema{"imported_lists"};
    Sql sql{schema.url()};
};

const LabelLine kBinance{address(1), "Binance", "cex", "Binance \"14\", hot", "user"};
const LabelLine kNobody{address(2), "", "phishing", "", "a\\b{c}"};
const ImportedList kLabels{"l.csv", ListContent::labels, "v1", 2};
const ImportedList kTokens{"t.csv", ListContent::tokens, "v1", 2};

}  // namespace

TEST_CASE("imported labels come back as they were") {
    Fixture fixture;
    CHECK(fixture.all_labels().empty());
    CHECK_FALSE(fixture.labels(kLabels, {kBinance, kNobody}));
    CHECK(fixture.all_labels() == std::vector{kBinance, kNobody});
    CHECK(fixture.lists() == std::vector{kLabels});
}

TEST_CASE("a list of another version takes the place of the former, others stay") {
    Fixture fixture;
    auto other = kLabels;
    other.name = "other.csv";
    fixture.labels(kLabels, {kBinance, kNobody});
    fixture.labels(other, {kNobody});
    const ImportedList newer{"l.csv", ListContent::labels, "v2", 1};
    CHECK(fixture.labels(newer, {kNobody}) == kLabels);
    CHECK(fixture.all_labels() == std::vector{kNobody, kNobody});
    CHECK(fixture.lists() == std::vector{newer, other});
    const ImportedList none{"l.csv", ListContent::labels, "v3", 0};
    CHECK(fixture.labels(none, {}) == newer);
    CHECK(fixture.all_labels() == std::vector{kNobody});
}

TEST_CASE("the same version is not written again") {
    Fixture fixture;
    fixture.labels(kLabels, {kBinance, kNobody});
    const auto when = fixture.sql.text("select imported from imported_list");
    CHECK(fixture.labels(kLabels, {kBinance, kNobody}) == kLabels);
    CHECK(fixture.sql.text("select imported from imported_list") == when);
    CHECK(fixture.all_labels().size() == 2);
}

TEST_CASE("a name belongs to one kind of list") {
    Fixture fixture;
    fixture.labels(kLabels, {kBinance});
    const ImportedList wrong{"l.csv", ListContent::tokens, "v1", 0};
    CHECK_THROWS_WITH(
        fixture.tokens(wrong, {}),
        Catch::Contains("l.csv was imported as a list of labels: give the list of tokens a name of its own"));
    CHECK(fixture.all_labels().size() == 1);
}

TEST_CASE("imported tokens come back as they were, of two lists the first by name") {
    Fixture fixture;
    const TokenInfo coin{.symbol = "US'D", .decimals = 77, .name = "דאי", .is_protected = true};
    const TokenInfo bare{.listing = Listing::known};
    fixture.tokens(kTokens, {{address(1), coin}, {address(2), bare}});
    fixture.tokens({"u.csv", ListContent::tokens, "v1", 1}, {{address(1), bare}});
    const auto tokens = fixture.all_tokens();
    REQUIRE(tokens.size() == 2);
    const auto& first = tokens.at(address(1));
    CHECK(first.symbol == coin.symbol);
    CHECK(first.decimals == 77);
    CHECK(first.name == coin.name);
    CHECK(first.is_protected);
    CHECK(first.listing == Listing::listed);
    const auto& second = tokens.at(address(2));
    CHECK_FALSE(second.decimals);
    CHECK(second.listing == Listing::known);
}

TEST_CASE("more labels than one statement takes") {
    Fixture fixture;
    std::vector<LabelLine> lines;
    for (int i = 0; i < 20'001; ++i) lines.push_back({address(3), "n", "", std::to_string(i), "s"});
    fixture.labels({"long.csv", ListContent::labels, "v1", lines.size()}, lines);
    CHECK(fixture.sql.text("select count(distinct label) from imported_label") == "20001");
}
