#include "support/price_block.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using test::negative;
using test::PriceBlock;
using test::v2_pair;
using test::v3_pool;
using test::word;

namespace {

using namespace contracts;

constexpr BlockTime kTime{std::chrono::seconds{1'700'000'000}};
const Address kScammer = test::kStranger;
const Raw kEth{1'000'000'000'000'000'000U};
const Raw kRootOne = Raw{1} << 96;  // a raw unit of one token for one of the other

// Below WETH and every stable coin, so it comes first in each pool.
Address scam(std::uint8_t byte) {
    Address out = test::address(byte);
    out.bytes().fill(0);
    out.bytes().back() = byte;
    return out;
}
const Address kScam = scam(1);

struct Fixture {
    TokenList tokens = [] {
        auto out = test::known_tokens();
        for (std::uint8_t i = 1; i < 100; ++i) out[scam(i)] = {"SCAM", 18, "Scam", false};
        return out;
    }();
    PriceBook book{default_feeds(), tokens};
    BlockNumber next = 100;

    Fixture() { answer(); }
    // ETH is worth 2 000 dollars.
    void answer() {
        auto block = begin();
        block.answer(test::token("e62b71cf983019bff55bc83b48601ce8419650cc"), word(Raw{2000'00000000U}));
        block.teach(book);
    }
    // A block every twelve seconds.
    PriceBlock begin() {
        ++next;
        return PriceBlock{next, now()};
    }
    BlockTime now() const { return kTime + std::chrono::seconds{12} * (next - 100); }
    std::optional<Price> price(const Address& token) const { return book.price(token, now()); }
    std::optional<Usd> value(const Address& token, const Raw& amount) const {
        return book.value(token, amount, now());
    }
    // A genuine Uniswap V2 pair that holds this much.
    void pair(const Address& token0, const Address& token1, const Raw& reserve0, const Raw& reserve1) {
        auto block = begin();
        block.sync(v2_pair(token0, token1), token0, token1, reserve0, reserve1);
        block.teach(book);
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a scam pool does not price its own supply: a thin pair") {
    struct Row {
        const char* name;
        Raw milli_weth;
        bool is_priced;
    };
    // Depth is 0.00995 of the WETH, and 500 dollars of it are needed: 25.1256 ETH.
    const auto row = GENERATE(Row{"one wei for all of it", 0, false}, Row{"one ETH", 1'000, false},
                              Row{"just below", 25'125, false}, Row{"just above", 25'126, true});
    CAPTURE(row.name);
    pair(kScam, kWeth, kEth * 1'000'000, row.milli_weth * 1'000'000'000'000'000U + 1);
    CHECK(price(kScam).has_value() == row.is_priced);
    CHECK(value(kScam, kEth * 1'000'000).has_value() == row.is_priced);
}

TEST_CASE_METHOD(Fixture, "five million units of a junk token are not five million dollars") {
    // A hundred units and fifty ETH: a thousand dollars each, says the pair. It moves by 2 % for 995 dollars.
    pair(kScam, kWeth, kEth * 100, kEth * 50);
    CHECK(price(kScam) == Price{1000'00000000});
    CHECK(value(kScam, kEth / 2) == Usd::dollars(500));
    CHECK(value(kScam, kEth * 5'000'000) == Usd::dollars(995));
    const auto basis = book.basis(kScam, now());
    REQUIRE(basis);
    CHECK(basis->kind == PriceBasis::Kind::pools);
    CHECK(basis->depth == Usd::dollars(995));
    CHECK(basis->pools == 1);
}

TEST_CASE_METHOD(Fixture, "many thin pairs are as thin as one") {
    // Each is below 100 dollars of depth, all together are far above 500.
    for (std::uint8_t i = 2; i < 60; ++i) pair(kScam, scam(i), kEth, kEth);
    const std::array<std::uint64_t, 3> fees{500, 3000, 10000};
    auto block = begin();
    for (const auto fee : fees)
        block.v3_swap(v3_pool(kScam, kWeth, fee), kScam, kWeth, kRootOne, kEth * 4, word(Raw{0}));
    block.teach(book);
    CHECK_FALSE(price(kScam));
}

TEST_CASE_METHOD(Fixture, "a one-sided pool has no price") {
    const auto pool = v3_pool(kScam, kWeth, 3000);
    // A trillion of liquidity in scam tokens from here on upwards, none of it in WETH, as the price stands
    // where the liquidity begins.
    auto block = begin();
    block.v3_swap(pool, kScam, kWeth, kRootOne, kEth * 1'000'000, word(Raw{0}));
    block.teach(book);
    CHECK_FALSE(price(kScam));
    // WETH that is there for a moment proves nothing.
    block = begin();
    block.transfer(kWeth, kScammer, pool, kEth * 1000).transfer(kWeth, pool, kScammer, kEth * 1000);
    block.teach(book);
    CHECK_FALSE(price(kScam));
    // WETH that stays is there.
    block = begin();
    block.transfer(kWeth, kScammer, pool, kEth * 30);
    block.teach(book);
    REQUIRE(price(kScam));
    CHECK(price(kScam) == Price{2000'00000000});
    CHECK(value(kScam, kEth * 1'000'000) == Usd::dollars(60'000));
    block = begin();
    block.transfer(kWeth, pool, kScammer, kEth * 30);
    block.teach(book);
    CHECK_FALSE(price(kScam));
}

TEST_CASE_METHOD(Fixture, "liquidity that is there for one swap makes no depth") {
    const auto pool = v3_pool(kScam, kWeth, 3000);
    const auto a_lot = kEth * 1'000'000;
    const std::vector<Word> position{events::kV3Burn, word(kScammer), negative(Raw{60}), word(Raw{120})};
    // 30 of the 60 ticks between two positions' ends: 0.001491 of L in WETH, enough by far.
    auto block = begin();
    block.v3_swap(pool, kScam, kWeth, kRootOne, a_lot, word(Raw{30}));
    SECTION("it stays") {
        block.teach(book);
        CHECK(price(kScam));
    }
    SECTION("it goes again") {
        block.log(pool, position, {word(a_lot - 1000), Word{}, Word{}});
        block.teach(book);
        CHECK_FALSE(price(kScam));
    }
    SECTION("what was never in range goes") {
        block.log(pool, {events::kV3Burn, word(kScammer), word(Raw{60}), word(Raw{120})},
                  {word(a_lot - 1000), Word{}, Word{}});
        block.teach(book);
        CHECK(price(kScam));
    }
}

TEST_CASE_METHOD(Fixture, "tokens that price each other in a circle have no price") {
    pair(scam(1), scam(2), kEth * 1'000'000, kEth * 1'000'000);
    pair(scam(2), scam(3), kEth * 1'000'000, kEth * 1'000'000);
    pair(scam(1), scam(3), kEth * 1'000'000, kEth * 1'000'000);
    for (std::uint8_t i = 1; i <= 3; ++i) CHECK_FALSE(price(scam(i)));
    SECTION("and one that is worth something is all that the others can be worth") {
        // 50 ETH: 995 dollars of depth.
        pair(scam(1), kWeth, kEth * 100, kEth * 50);
        for (std::uint8_t i = 1; i <= 3; ++i) {
            CHECK(price(scam(i)) == Price{1000'00000000});
            CHECK(value(scam(i), kEth * 1'000'000) <= Usd::dollars(995));
        }
    }
    SECTION("three pools away is too far") {
        pair(scam(3), scam(4), kEth * 1'000'000, kEth * 1'000'000);
        pair(scam(1), kWeth, kEth * 100, kEth * 50);
        CHECK_FALSE(price(scam(4)));
    }
}

TEST_CASE_METHOD(Fixture, "many pools against one token have no more depth than that token") {
    pair(scam(2), kWeth, kEth * 100, kEth * 50);
    const auto across = [&](std::uint64_t fee) {
        auto block = begin();
        block.v3_swap(v3_pool(scam(1), scam(2), fee), scam(1), scam(2), kRootOne, kEth * 1'000'000,
                      word(Raw{30}));
        block.teach(book);
    };
    for (const std::uint64_t fee : {500U, 3000U, 10000U}) across(fee);
    pair(scam(1), scam(2), kEth * 1'000'000, kEth * 1'000'000);
    CHECK(price(scam(1)) == Price{1000'00000000});
    CHECK(value(scam(1), kEth * 1'000'000) <= Usd::dollars(995));
}

TEST_CASE_METHOD(Fixture, "a contract that only says that it is a pool is not one") {
    const auto impostor = test::address(0x66);
    auto block = begin();
    SECTION("a pair") {
        block.sync(impostor, kScam, kWeth, kEth * 100, kEth * 1000);
    }
    SECTION("a pool with liquidity") {
        block.v3_swap(impostor, kScam, kWeth, kRootOne, kEth * 1'000'000, word(Raw{30}));
    }
    SECTION("a pair that its own factory created") {
        block.log(impostor, {events::kPairCreated, word(kScam), word(kWeth)}, {word(impostor), Word{}});
        block.sync(impostor, kScam, kWeth, kEth * 100, kEth * 1000);
    }
    SECTION("a manager of its own") {
        block.log(impostor, {events::kV4Initialize, Word{}, word(kScam), word(kWeth)},
                  {word(Raw{3000}), word(Raw{60}), Word{}, word(kRootOne), Word{}});
    }
    SECTION("a vault of its own") {
        block.log(impostor, {events::kBalancerSwap, Word{}, word(kScam), word(kWeth)},
                  {word(kEth * 100), word(kEth * 100)});
    }
    CHECK(block.teach(book).empty());
    CHECK_FALSE(price(kScam));
    CHECK_FALSE(book.is_pool_share(impostor));
}

TEST_CASE_METHOD(Fixture, "who exchanges with himself makes no price") {
    const auto pool = test::address(0x66);
    // A contract of the scammer's that speaks as Curve's pools do: he pays in and takes out again.
    const auto exchange = [&](PriceBlock& block) {
        block.begin();
        block.transfer(kWeth, kScammer, pool, kEth * 100);
        block.transfer(kScam, pool, kScammer, kEth * 7);
        block.log(pool, {events::kCurveCrypto, word(kScammer)},
                  {word(Raw{0}), word(kEth * 100), word(Raw{1}), word(kEth * 7)});
        block.begin();
        block.transfer(kWeth, pool, kScammer, kEth * 100);
    };
    for (int i = 0; i < 5; ++i) {
        auto block = begin();
        exchange(block);
        block.teach(book);
        CHECK_FALSE(price(kScam));
    }
    // As long as the WETH stays there it can be had, and no more than that.
    auto block = begin();
    block.transfer(kWeth, kScammer, pool, kEth * 10);
    block.teach(book);
    CHECK(value(kScam, kEth * 1'000'000) == Usd::dollars(20'000));
}

TEST_CASE_METHOD(Fixture, "an exchange whose tokens are not proven teaches nothing") {
    const auto pool = test::address(0x66);
    auto block = begin();
    const auto told = [&] {
        block.log(pool, {events::kCurveCrypto, word(kScammer)},
                  {word(Raw{0}), word(kEth * 100), word(Raw{1}), word(kEth * 7)});
        return block.teach(book).size();
    };
    SECTION("nothing moved") {
        CHECK(told() == 0);
    }
    SECTION("another amount came") {
        block.transfer(kWeth, kScammer, pool, kEth * 99).transfer(kScam, pool, kScammer, kEth * 7);
        CHECK(told() == 0);
    }
    SECTION("two tokens came by that amount") {
        block.transfer(kWeth, kScammer, pool, kEth * 100).transfer(kDai, kScammer, pool, kEth * 100);
        block.transfer(kScam, pool, kScammer, kEth * 7);
        CHECK(told() == 0);
    }
    SECTION("they came in another transaction") {
        block.transfer(kWeth, kScammer, pool, kEth * 100).transfer(kScam, pool, kScammer, kEth * 7).begin();
        CHECK(told() == 0);
    }
    SECTION("both as told") {
        block.transfer(kWeth, kScammer, pool, kEth * 100).transfer(kScam, pool, kScammer, kEth * 7);
        CHECK(told() == 1);
    }
}

TEST_CASE_METHOD(Fixture, "a price that jumps is believed only where it is deep and stays") {
    const auto step = [&](std::uint64_t weth, std::uint64_t scams) {
        pair(kScam, kWeth, kEth * scams, kEth * weth);
    };
    SECTION("three times is no jump, more is") {
        step(100, 100);
        step(300, 100);
        CHECK(price(kScam) == Price{6000'00000000});
        step(301, 100);
        CHECK_FALSE(price(kScam));
        step(100, 299);
        CHECK(price(kScam));
        step(100, 301);
        CHECK_FALSE(price(kScam));
    }
    SECTION("a million dollars of depth and ten blocks") {
        // 0.00995 of 50 300 ETH is a little more than a million dollars.
        step(50'300, 50'300);
        for (int i = 0; i < 10; ++i) {
            step(50'300, 5'030);
            CHECK_FALSE(price(kScam));
        }
        step(50'300, 5'030);
        CHECK(price(kScam) == Price{20'000'00000000});
        // Back where it was, it counts at once, and the next jump waits again.
        step(50'300, 50'300);
        CHECK(price(kScam) == Price{2000'00000000});
        step(50'300, 5'030);
        CHECK_FALSE(price(kScam));
    }
    SECTION("the past is the last seven days") {
        const auto day = [&](std::uint64_t weth) {
            next += 7200;
            answer();
            step(weth, 100);
            return price(kScam).has_value();
        };
        for (int i = 0; i < 4; ++i) CHECK(day(100));
        // Another price from now on: on the fifth day four of the last seven had it.
        std::vector<bool> believed;
        for (int i = 0; i < 6; ++i) believed.push_back(day(1000));
        CHECK(believed == std::vector<bool>{false, false, false, false, true, true});
    }
}
