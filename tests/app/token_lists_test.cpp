#include "lists/token_lists.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using Catch::Equals;

namespace {

const std::string kHeader = "address,symbol,decimals,name,protected,listed\n";
const std::string kUsdc = "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48";
const std::string kOther = "0x0000000000000000000000000000000000000002";

Checked<LoadedTokens> parse(const std::string& text) {
    const std::vector<NamedText> files{{"t.csv", text}};
    return parse_tokens(files);
}

std::string notes_of(const std::string& text) {
    Problems notes{50};
    for (const auto& note : parse(text).value().notes) notes.add(note);
    return to_string(notes);
}

}  // namespace

TEST_CASE("tokens of a list are listed unless it says no") {
    const auto row = GENERATE(values<std::pair<std::string, Listing>>({
        {kHeader + kOther + ",X,6,X,\n", Listing::listed},
        {kHeader + kOther + ",X,6,X,,\n", Listing::listed},
        {kHeader + kOther + ",X,6,X,,yes\n", Listing::listed},
        {kHeader + kOther + ",X,6,X,,no\n", Listing::known},
        {"address,symbol,decimals,name,protected\n" + kOther + ",X,6,X,no\n", Listing::listed},
    }));
    CAPTURE(row.first);
    CHECK(parse(row.first).value().list.begin()->second.listing == row.second);
}

TEST_CASE("decimals of tokens are 0 to 77 or unknown") {
    const auto row = GENERATE(values<std::pair<std::string, std::optional<std::uint8_t>>>(
        {{"0", std::uint8_t{0}}, {"77", std::uint8_t{77}}, {"", std::nullopt}}));
    CAPTURE(row.first);
    CHECK(parse(kOther + ",X," + row.first + ",,\n").value().list.begin()->second.decimals == row.second);
}

TEST_CASE("symbols may be empty or run from right to left, and are kept as they are written") {
    const auto* const symbol = GENERATE("", "דאי", "\u202eCDSU", "ＵＳＤＣ");
    const auto tokens = parse(kOther + "," + symbol + ",6,,\n").value();
    CHECK(tokens.list.begin()->second.symbol == symbol);
}

TEST_CASE("what is wrong with a token is told with file and line") {
    const auto row = GENERATE(values<std::pair<std::string, std::string>>({
        {kHeader + kOther + ",X,6,X,yes,no\n",
         "t.csv:2: listed: a protected token is listed, expected yes or nothing, got 'no'\n"},
        {kOther + ",X,6,X,,maybe\n", "t.csv:1: listed: expected yes, no or nothing, got 'maybe'\n"},
        {kOther + ",X,78,X,,\n",
         "t.csv:1: decimals: expected a whole number from 0 to 77, or nothing when unknown, got '78'\n"},
        {kOther + "," + std::string(64UL * 1024, 'A') + ",6,,\n",
         "t.csv:1: a field of more than 4096 bytes\n"},
        {"address,symbol,name,decimals,protected\n" + kOther + ",X,X,6,\n",
         "t.csv:1: the columns are 'address,symbol,name,decimals,protected', expected "
         "address,symbol,decimals,name,protected,listed: a list of another version?\n"},
        {"address,symbol\n" + kOther + ",X\n" + kOther + ",X\n",
         "t.csv:1: the columns are 'address,symbol', expected address,symbol,decimals,name,protected,listed: "
         "a "
         "list of another version?\n"},
        {kOther + ",X,6,X,,no\n" + kOther + ",X,6,X,,yes\n",
         "t.csv:2: address: t.csv:1 says something else of this token, expected one line for it\n"},
    }));
    const auto tokens = parse(row.first);
    REQUIRE_FALSE(tokens);
    CHECK_THAT(to_string(tokens.error()), Equals(row.second));
}

TEST_CASE("a token that is listed without a word and called like a protected one is noted") {
    const auto usdc = kUsdc + ",USDC,6,USD Coin,yes,\n";
    struct Row {
        const char* special;
        std::string line;
        bool is_noted;
    };
    const auto row = GENERATE_COPY(values<Row>({
        {"the symbol in another case", ",uSDc,6,x,,\n", true},
        {"the symbol in full-width letters", ",ＵＳＤＣ,6,x,,\n", true},
        {"the symbol with a zero-width space", ",US\u200bDC,6,x,,\n", true},
        {"the name", ",X,6,usd coin,,\n", true},
        {"somebody vouches for it", ",USDC,6,USD Coin,,yes\n", false},
        {"not listed", ",USDC,6,USD Coin,,no\n", false},
        {"protected as well", ",USDC,6,USD Coin,yes,\n", false},
        {"another symbol", ",USDC.e,6,Bridged USD Coin,,\n", false},
        {"none at all", ",,6,,,\n", false},
    }));
    CAPTURE(row.special);
    const auto said = notes_of(usdc + kOther + row.line);
    CHECK(said.starts_with(row.is_noted ? "t.csv:2: " : ""));
    CHECK(said.empty() == !row.is_noted);
}

TEST_CASE("a counterfeit is known by its folded name") {
    const auto tokens = parse(kUsdc + ",USDC,6,USD Coin,yes,\n" + kOther + ",\u202eＵsdc,6,x,,no\n").value();
    const ProtectedNames names{tokens.list};
    CHECK(is_counterfeit(find_token(tokens.list, Address::from_hex(kOther).value()), names));
    CHECK_FALSE(is_counterfeit(find_token(tokens.list, Address::from_hex(kUsdc).value()), names));
    CHECK(is_counterfeit(with_folded_names({.symbol = "usdc ", .listing = Listing::known}), names));
}

TEST_CASE("who vouches for a token of the shipped list that is called like a protected one says so") {
    const std::vector<std::filesystem::path> files{MONEYTRAIL_SOURCE "/configs/tokens.csv"};
    Problems notes{50};
    for (const auto& note : load_tokens(files).value().notes) notes.add(note);
    CHECK_THAT(to_string(notes), Equals(""));
}
