#include "base/tokens.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;

TEST_CASE("a counterfeit is called like a protected token and nobody vouches for it") {
    constexpr auto kUsdc = fixed_literal<Address>("a0b86991c6218b36c1d19d4a2e9eb0ce3606eb48");
    constexpr auto kUnnamed = fixed_literal<Address>("00000000000000000000000000000000000000b0");
    const TokenList tokens{
        {kUsdc, {.symbol = "USDC", .is_protected = true, .folded_symbol = "usdc", .folded_name = "usd coin"}},
        {kUnnamed, {.is_protected = true}}};
    const ProtectedNames names{tokens};

    struct Row {
        const char* special;
        TokenInfo token;
        bool is_counterfeit;
    };
    const auto row = GENERATE(
        Row{"the symbol", {.listing = Listing::known, .folded_symbol = "usdc", .folded_name = "x"}, true},
        Row{"the name", {.listing = Listing::known, .folded_symbol = "x", .folded_name = "usd coin"}, true},
        Row{"another symbol",
            {.listing = Listing::known, .folded_symbol = "usdcx", .folded_name = "x"},
            false},
        Row{"the symbol as its name",
            {.listing = Listing::known, .folded_symbol = "x", .folded_name = "usdc"},
            false},
        Row{"no name at all, as a protected one", {.listing = Listing::known}, false},
        Row{"listed", {.listing = Listing::listed, .folded_symbol = "usdc"}, false},
        Row{"protected itself",
            {.is_protected = true, .listing = Listing::known, .folded_symbol = "usdc"},
            false});
    CAPTURE(row.special);
    CHECK(is_counterfeit(row.token, names) == row.is_counterfeit);
}

TEST_CASE("it is said which protected token another is called like") {
    constexpr auto kLower = fixed_literal<Address>("00000000000000000000000000000000000000a1");
    constexpr auto kHigher = fixed_literal<Address>("00000000000000000000000000000000000000b0");
    const TokenInfo token{.is_protected = true, .folded_symbol = "usdc"};
    const ProtectedNames names{TokenList{{kHigher, token}, {kLower, token}}};
    REQUIRE(names.find({.folded_symbol = "usdc"}) != nullptr);
    CHECK(*names.find({.folded_symbol = "usdc"}) == kLower);
    CHECK(names.find({.folded_symbol = "dai"}) == nullptr);
}
