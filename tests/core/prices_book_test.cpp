#include "support/feed_list.hpp"
#include "support/price_block.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using test::negative;
using test::PriceBlock;
using test::token;
using test::v2_pair;
using test::word;

namespace {

using namespace contracts;
using std::chrono::hours;
using std::chrono::seconds;

constexpr BlockTime kTime{seconds{1'700'000'000}};
const Address kEthUsd = token("e62b71cf983019bff55bc83b48601ce8419650cc");
const Address kUsdcUsd = token("789190466e21a8b78b8027866cbbdc151542a26c");
const Address kUsdtEth = token("7de0d6fce0c128395c488cb4df667cdbfb35d7de");
const Address kDpiEth = token("36e4f71440edf512eb410231e75b9281d4fcfc4c");
const Address kDpi = token("1494ca1f11d487c2bbe4543e90080aeba4ba3c2b");
const Address kUni = token("1f9840a85d5af5bf1d1762f925bdaddc4201f984");
const Raw kEth{1'000'000'000'000'000'000U};

struct Fixture {
    PriceBook book{test::shipped_feeds(), test::shipped_tokens()};

    void answer(const Address& aggregator, const Word& answer, BlockNumber number, BlockTime time) {
        PriceBlock{number, time}.answer(aggregator, answer).teach(book);
    }
    void pair(const Address& token0, const Address& token1, const Raw& reserve0, const Raw& reserve1,
              BlockNumber number, BlockTime time) {
        PriceBlock{number, time}
            .sync(v2_pair(token0, token1), token0, token1, reserve0, reserve1)
            .teach(book);
    }
    std::optional<Price> eth(BlockTime at) const { return book.price(std::nullopt, at); }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "feeds that stop: an answer counts for 24 hours of block time") {
    answer(kEthUsd, word(Raw{2000'00000000U}), 100, kTime);
    CHECK(eth(kTime + hours{24}) == Price{2000'00000000});
    CHECK(book.price(kWeth, kTime + hours{24}) == Price{2000'00000000});
    CHECK_FALSE(eth(kTime + hours{24} + seconds{1}));
    CHECK(book.basis(kWeth, kTime)->kind == PriceBasis::Kind::feed);
}

TEST_CASE_METHOD(Fixture, "prices of zero, negative answers: no price from them") {
    answer(kEthUsd, word(Raw{2000'00000000U}), 100, kTime);
    SECTION("zero") {
        answer(kEthUsd, Word{}, 101, kTime);
    }
    SECTION("less") {
        answer(kEthUsd, negative(Raw{1}), 101, kTime);
    }
    SECTION("absurd") {
        answer(kEthUsd, word(Raw{1} << 120), 101, kTime);
    }
    CHECK_FALSE(eth(kTime));
    // Pools go on: 5 000 ETH for 9 000 000 dollars.
    pair(kUsdc, kWeth, Raw{9'000'000'000'000U}, kEth * 5000, 102, kTime);
    CHECK(eth(kTime) == Price{1800'00000000});
    CHECK(book.basis(std::nullopt, kTime)->kind == PriceBasis::Kind::pools);
    // So does the feed, when it answers again.
    answer(kEthUsd, word(Raw{2100'00000000U}), 103, kTime);
    CHECK(eth(kTime) == Price{2100'00000000});
}

TEST_CASE_METHOD(Fixture, "a stable coin is a dollar where no feed says otherwise, and close to it") {
    CHECK(book.price(kUsdc, kTime) == Price{1'00000000});
    CHECK(book.basis(kUsdc, kTime)->kind == PriceBasis::Kind::assumed);
    struct Row {
        std::uint64_t answer;
        std::uint64_t price;
    };
    const auto row =
        GENERATE(Row{1'00000000, 1'00000000}, Row{99'500'000, 1'00000000}, Row{99'499'999, 99'499'999},
                 Row{1'00500000, 1'00000000}, Row{1'00500001, 1'00500001}, Row{88'000'000, 88'000'000});
    CAPTURE(row.answer);
    answer(kUsdcUsd, word(Raw{row.answer}), 100, kTime);
    CHECK(book.price(kUsdc, kTime) == Price{row.price});
    CHECK(book.basis(kUsdc, kTime)->kind == PriceBasis::Kind::feed);
    CHECK(book.price(kDai, kTime) == Price{1'00000000});
}

TEST_CASE_METHOD(Fixture, "a feed in ETH needs ETH's own feed") {
    // 0.05 ETH.
    answer(kDpiEth, word(Raw{50'000'000'000'000'000U}), 100, kTime);
    CHECK_FALSE(book.price(kDpi, kTime));
    answer(kEthUsd, word(Raw{2000'00000000U}), 101, kTime);
    CHECK(book.price(kDpi, kTime) == Price{100'00000000});
    // 0.00044 ETH are 0.88 dollars: no longer close to one.
    answer(kUsdtEth, word(Raw{440'000'000'000'000U}), 102, kTime);
    CHECK(book.price(kUsdt, kTime) == Price{88'000'000});
    // Where only pools price ETH, and they by USDT, the feed would be asked in a circle.
    pair(kWeth, kUsdt, kEth * 5000, Raw{9'000'000'000'000U}, 103, kTime + hours{23});
    CHECK(book.price(kUsdt, kTime + hours{25}) == Price{1'00000000});
    CHECK(eth(kTime + hours{25}) == Price{1800'00000000});
}

TEST_CASE_METHOD(Fixture, "prices are rolled back with their blocks") {
    answer(kEthUsd, word(Raw{2000'00000000U}), 100, kTime);
    pair(kUni, kWeth, kEth * 1000, kEth * 1000, 101, kTime);
    const auto before = book.newest();
    answer(kEthUsd, word(Raw{2100'00000000U}), 102, kTime);
    pair(kUni, kWeth, kEth * 1000, kEth * 2000, 103, kTime);
    pair(kDpi, kWeth, kEth * 1000, kEth * 2000, 104, kTime);
    CHECK(book.price(kUni, kTime) == Price{4200'00000000});
    CHECK(book.price(kDpi, kTime));
    book.rollback_above(101);
    CHECK(book.newest() == before);
    CHECK(book.price(kUni, kTime) == Price{2000'00000000});
    CHECK_FALSE(book.price(kDpi, kTime));
    book.rollback_above(99);
    CHECK(book.newest().empty());
    CHECK_FALSE(book.price(kUni, kTime));
}

TEST_CASE_METHOD(Fixture, "behind a gap pools start anew and feeds stay") {
    answer(kEthUsd, word(Raw{2000'00000000U}), 100, kTime);
    pair(kUni, kWeth, kEth * 1000, kEth * 1000, 101, kTime);
    book.forget_pools();
    CHECK_FALSE(book.price(kUni, kTime));
    CHECK(eth(kTime) == Price{2000'00000000});
    CHECK(book.newest().size() == 1);
    pair(kUni, kWeth, kEth * 1000, kEth * 1000, 201, kTime);
    CHECK(book.price(kUni, kTime) == Price{2000'00000000});
    book.rollback_above(200);
    CHECK_FALSE(book.price(kUni, kTime));
}

TEST_CASE("decimals: 0 and 77 are right or refused, unknown ones are unpriced") {
    const auto thing = test::address(0x11);
    struct Row {
        std::optional<std::uint8_t> decimals;
        std::optional<Usd> worth;  // of so many raw units that the pair holds of it
    };
    // A hundred ETH at 2 000 dollars for 1 000 raw units: 200 dollars each, and at most 1 990 for all.
    const auto row = GENERATE(Row{0, Usd::dollars(1990)}, Row{18, Usd::dollars(1990)},
                              Row{77, Usd::dollars(1990)}, Row{std::nullopt, std::nullopt});
    auto tokens = test::known_tokens();
    tokens[thing] = {"THING", row.decimals, "Thing", false};
    PriceBook book{default_feeds(), tokens};
    PriceBlock{100, kTime}.answer(kEthUsd, word(Raw{2000'00000000U})).teach(book);
    PriceBlock{101, kTime}.sync(v2_pair(thing, kWeth), thing, kWeth, 1000, kEth * 100).teach(book);
    CHECK(book.value(thing, 1000, kTime) == row.worth);
    CHECK(book.value(thing, 3, kTime) == (row.worth ? std::optional{Usd::dollars(600)} : std::nullopt));
    // A whole token of 77 decimals would be worth more than any price says.
    if (row.decimals == 0) CHECK(book.price(thing, kTime) == Price{200'00000000});
    if (row.decimals == 77) CHECK_FALSE(book.price(thing, kTime));
    CHECK_FALSE(book.value(thing, Raw{1} << 255, kTime) > row.worth);
}

TEST_CASE("a feed's token with 77 decimals is refused") {
    Feeds feeds;
    const auto thing = test::address(0x11);
    feeds.add(
        {.aggregator = test::address(0x12), .quote = Feed::Quote::usd, .decimals = 8, .tokens = {thing}});
    auto tokens = test::known_tokens();
    tokens[thing] = {"THING", 77, "Thing", false};
    PriceBook book{feeds, tokens};
    PriceBlock{100, kTime}.answer(test::address(0x12), word(Raw{1'00000000U})).teach(book);
    CHECK_FALSE(book.price(thing, kTime));
    CHECK_FALSE(book.value(thing, ~Raw{0}, kTime));
}

TEST_CASE_METHOD(Fixture, "the median is weighted by depth") {
    answer(kEthUsd, word(Raw{2000'00000000U}), 100, kTime);
    // 2 000 dollars by 1 000 ETH, 2 020 by 800, 1 000 by 700: whoever has less than half does not decide.
    pair(kUni, kWeth, kEth * 1000, kEth * 1000, 101, kTime);
    const auto pool = [&](std::uint64_t fee, const Raw& root, const Raw& weth) {
        const auto at = test::v3_pool(kUni, kWeth, fee);
        PriceBlock{102, kTime}.v3_swap(at, kUni, kWeth, root, weth, Word{}).teach(book);
        PriceBlock{103, kTime}.transfer(kWeth, test::kStranger, at, weth).teach(book);
    };
    pool(500, (Raw{1} << 96) * 1005 / 1000, kEth * 800);
    pool(3000, (Raw{1} << 96) * 707 / 1000, kEth * 700);
    CHECK(book.price(kUni, kTime) == Price{2000'00000000});
    CHECK(book.basis(kUni, kTime)->pools == 3);
}

TEST_CASE_METHOD(Fixture, "what a pair holds") {
    answer(kEthUsd, word(Raw{2000'00000000U}), 100, kTime);
    const auto both = v2_pair(kUsdc, kWeth);
    const auto one = v2_pair(kUni, kWeth);
    CHECK_FALSE(book.is_pool_share(both));
    pair(kUsdc, kWeth, Raw{10'000'000'000U}, kEth * 5, 101, kTime);
    pair(kUni, kWeth, kEth * 1000, kEth * 3, 102, kTime);
    CHECK(book.is_pool_share(both));
    CHECK(book.pool_holdings(both, kTime) == Usd::dollars(20'000));
    // Too thin for a price of UNI, but its WETH is there, and as much of the other.
    CHECK_FALSE(book.price(kUni, kTime));
    CHECK(book.pool_holdings(one, kTime) == Usd::dollars(12'000));
    CHECK_FALSE(book.pool_holdings(kUni, kTime));
    CHECK_FALSE(book.is_pool_share(kEthUsd));
}

TEST_CASE_METHOD(Fixture, "a pair is known when it is created") {
    const auto pair_address = v2_pair(kUni, kWeth);
    PriceBlock{100, kTime}
        .log(token("5c69bee701ef814a2b6a3edd4b1652cb9cc5aa6f"),
             {events::kPairCreated, word(kUni), word(kWeth)}, {word(pair_address), word(Raw{1})})
        .teach(book);
    CHECK(book.is_pool_share(pair_address));
    CHECK_FALSE(book.price(kUni, kTime));
}

TEST_CASE_METHOD(Fixture, "a block does not price itself") {
    // Learning is applying, after the block was judged; two blocks of the same second are still two.
    answer(kEthUsd, word(Raw{2000'00000000U}), 100, kTime);
    CHECK(eth(kTime) == Price{2000'00000000});
    PriceBlock block{101, kTime};
    block.answer(kEthUsd, word(Raw{1}));
    CHECK(eth(kTime) == Price{2000'00000000});
    block.teach(book);
    CHECK(eth(kTime) == Price{1});
}
