#include "lists/feed_list.hpp"

#include "chain/contracts.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using Catch::Equals;

namespace {

const std::string kOne = "0x71febc2f741f113af322e1b576ef005a4424574f";
const std::string kTwo = "0x9f8f72aa9304c8b593d555f12ef6589cc3a579a2";
const std::string kEthUsd = "0xe62b71cf983019bff55bc83b48601ce8419650cc";
const std::string kWeth = "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2";

struct Row {
    std::string text;
    std::string said;
};

std::string problems(const std::string& text) {
    const std::vector<NamedText> files{{"f.csv", text}};
    const auto feeds = parse_feeds(files);
    return feeds ? std::string{} : to_string(feeds.error());
}

Address address(const std::string& text) {
    return Address::from_hex(text).value();
}

}  // namespace

TEST_CASE("a list of feeds is read") {
    const std::vector<NamedText> files{
        {"a.csv",
         "feed,decimals,proxy,aggregator,tokens\nMKR / USD,8,," + kOne + "," + kTwo + " " + kWeth + "\n"},
        {"b.csv", "GUSD / ETH,18,," + kTwo + "," + kOne + "\nno aggregator / USD,,," + "," + kOne +
                      "\nno tokens,x,," + kTwo + ",\n"}};
    const auto feeds = parse_feeds(files).value().feeds;
    const auto* maker = feeds.find(address(kOne));
    REQUIRE(maker);
    CHECK(maker->quote == Feed::Quote::usd);
    CHECK(maker->decimals == 8);
    CHECK(maker->tokens == std::vector{address(kTwo), address(kWeth)});
    REQUIRE(feeds.find(address(kTwo)));
    CHECK(feeds.find(address(kTwo))->quote == Feed::Quote::eth);
    CHECK(feeds.of(address(kTwo)).size() == 1);
    CHECK(feeds.of(address(kOne)).size() == 1);
    // Beside the one that is built in.
    CHECK(feeds.of(contracts::kWeth).size() == 2);
}

TEST_CASE("the shipped list of feeds is right") {
    const std::vector<std::filesystem::path> files{MONEYTRAIL_SOURCE "/configs/chainlink-feeds.csv"};
    const auto feeds = load_feeds(files).value().feeds;
    // BTC / USD prices three tokens; MKR / USD is block 17686118's.
    const auto wbtc = feeds.of(contracts::kWbtc);
    REQUIRE(wbtc.size() == 1);
    CHECK(wbtc.front()->tokens.size() == 3);
    CHECK(feeds.of(address(kTwo)).front()->aggregator == address(kOne));
}

TEST_CASE("mistakes in a list of feeds are told with file and line") {
    const auto row = GENERATE(values<Row>({
        {"", ""},
        {"A / USD,8,," + kOne + "\n",
         "f.csv:1: expected the fields feed,decimals,proxy,aggregator,tokens, got 4 of them\n"},
        {"A / EUR,8,," + kOne + "," + kTwo + "\n",
         "f.csv:1: feed: expected a name that ends in / USD or / ETH, as it prices tokens, got 'A / EUR'\n"},
        {"A / USD,,," + kOne + "," + kTwo + "\n",
         "f.csv:1: decimals: expected a whole number from 0 to 36, got ''\n"},
        {"A / USD,37,," + kOne + "," + kTwo + "\n",
         "f.csv:1: decimals: expected a whole number from 0 to 36, got '37'\n"},
        {"A / USD,8,,0x1," + kTwo + "\n", "f.csv:1: aggregator: expected 0x and 40 hex digits, got '0x1'\n"},
        {"A / USD,8,," + kOne + ",MKR\n", "f.csv:1: tokens: expected 0x and 40 hex digits, got 'MKR'\n"},
        {"A / USD,8,," + kOne + "," + kTwo + "  " + kWeth + "\n",
         "f.csv:1: tokens: expected 0x and 40 hex digits, got ''\n"},
        {"A / USD,8,," + kOne + "," + kTwo + " " + kTwo + "\n",
         "f.csv:1: tokens: '" + kTwo + "' is there twice\n"},
        {"A / USD,8,," + kOne + "," + kTwo + "\nA / USD,18,," + kOne + "," + kTwo + "\n",
         "f.csv:2: aggregator: '" + kOne +
             "' is known already for something else, expected one feed for it\n"},
        {"A / USD,8,," + kOne + "," + kTwo + "\nA / USD,8,," + kOne + "," + kTwo + "\n", ""},
        {"ETH / USD,8,," + kEthUsd + "," + kWeth + "\n", ""},
        {"ETH / USD,18,," + kEthUsd + "," + kWeth + "\n",
         "f.csv:1: aggregator: '" + kEthUsd +
             "' is known already for something else, expected one feed for it\n"},
    }));
    CAPTURE(row.text);
    CHECK_THAT(problems(row.text), Equals(row.said));
}

TEST_CASE("a list of feeds that is not there") {
    const std::vector<std::filesystem::path> files{"/nowhere/a.csv"};
    CHECK(to_string(load_feeds(files).error()) ==
          "/nowhere/a.csv: cannot be read: No such file or directory\n");
}
