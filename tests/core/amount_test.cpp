#include "base/amount.hpp"

#include "base/time.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;

namespace {

constexpr Price kEth{198'808'020'095};  // the answer of ETH / USD in block 17686120: 1988.08020095

}  // namespace

TEST_CASE("amounts have exactly their token's decimals") {
    struct Row {
        const char* raw;
        std::optional<std::uint8_t> decimals;
        const char* text;
    };
    const auto row = GENERATE(
        Row{"81000000000000", 6, "81000000.000000"},  //
        Row{"1", 18, "0.000000000000000001"},         //
        Row{"0", 6, "0.000000"},                      //
        Row{"5", 0, "5"},                             //
        Row{"5", {}, "5"},                            //
        Row{"100", 2, "1.00"},
        Row{"1", 77, "0.00000000000000000000000000000000000000000000000000000000000000000000000000001"});
    CHECK(to_string(Raw{row.raw}, row.decimals) == row.text);
}

TEST_CASE("words and numbers turn into each other") {
    const auto text = GENERATE("0x0000000000000000000000000000000000000000000000000000000000000000",
                               "0x0000000000000000000000000000000000000000000000000de0b6b3a7640000",
                               "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
    const auto word = Word::from_hex(text).value();
    CHECK(to_word(to_raw(word)) == word);
}

TEST_CASE("a value is whole cents, half away from zero") {
    struct Row {
        const char* name;
        const char* raw;
        int decimals;
        Price price;
        std::optional<std::int64_t> cents;
    };
    const auto row =
        GENERATE(Row{"one ETH: 1988.08020095", "1000000000000000000", 18, kEth, 198'808},
                 Row{"10 ETH: 19880.8020095", "10000000000000000000", 18, kEth, 1'988'080},
                 Row{"half a cent rounds up", "5000", 6, {100'000'000}, 1},
                 Row{"just below half a cent", "4999", 6, {100'000'000}, 0}, Row{"nothing", "0", 18, kEth, 0},
                 Row{"no decimals", "3", 0, {150'000'000}, 450},
                 Row{"77 decimals",
                     "100000000000000000000000000000000000000000000000000000000000000000000000000000",
                     77,
                     {100'000'000},
                     100},
                 Row{"exactly 1e15 dollars", "1000000000000000", 0, {100'000'000}, 100'000'000'000'000'000},
                 Row{"a dollar more is a mistake", "1000000000000001", 0, {100'000'000}, std::nullopt},
                 Row{"the largest amount at the largest price does not overflow",
                     "115792089237316195423570985008687907853269984665640564039457584007913129639935",
                     0,
                     {UINT64_MAX},
                     std::nullopt},
                 Row{"decimals that cannot be", "1", 78, kEth, std::nullopt});
    CAPTURE(row.name);
    const auto worth = value(Raw{row.raw}, static_cast<std::uint8_t>(row.decimals), row.price);
    CHECK(worth.has_value() == row.cents.has_value());
    if (worth && row.cents) CHECK(worth->in_cents() == *row.cents);
}

TEST_CASE("times are written in UTC") {
    CHECK(to_iso(BlockTime{std::chrono::seconds{0}}) == "1970-01-01T00:00:00Z");
    // date -u -d @1689269891
    CHECK(to_iso(BlockTime{std::chrono::seconds{1'689'269'891}}) == "2023-07-13T17:38:11Z");
    CHECK(to_iso(BlockTime{std::chrono::seconds{253'402'300'799}}) == "9999-12-31T23:59:59Z");
}
