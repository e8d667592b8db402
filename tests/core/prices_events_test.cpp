#include "support/feed_list.hpp"
#include "support/price_block.hpp"

#include <catch2/catch.hpp>

#include <functional>

using namespace moneytrail;
using test::negative;
using test::PriceBlock;
using test::token;
using test::word;

namespace {

using namespace contracts;

constexpr BlockTime kTime{std::chrono::seconds{1'689'269'891}};
const Address kAnybody = test::kStranger;

// A token that only pools price, with its decimals.
const Address kSusd = token("57ab1ec28d129707052df4df418d58a2d46d5f51");
const Address kCvx = token("4e3fbd56cd56c3e72c1403e103b45db9da5b9d2b");
const Address kUni = token("1f9840a85d5af5bf1d1762f925bdaddc4201f984");
const Address kLusd = token("5f98805a4e8be255a32880fdec7f6728c6568ba0");
const Address kMaker = token("9f8f72aa9304c8b593d555f12ef6589cc3a579a2");

Raw number(const char* digits) {
    return Raw{digits};
}

constexpr double kTwo96 = 79228162514264337593543950336.0;

double squared(double root) {
    return root * root;
}

// The numbers of a real log, told by the real contract, and the price that a pocket calculator makes of them.
struct Row {
    const char* name;
    std::function<void(PriceBlock&)> tell;
    std::optional<Address> priced;  // none: ETH
    double dollars;
};

const Row kRows[] = {
    {"AnswerUpdated of ETH / USD, block 17686120",
     [](PriceBlock& b) {
         b.answer(token("e62b71cf983019bff55bc83b48601ce8419650cc"), word(number("198808020095")));
     },
     std::nullopt, 1988.08020095},
    {"NewTransmission of OCR, MKR / USD, block 17686118",
     [](PriceBlock& b) {
         b.log(token("71febc2f741f113af322e1b576ef005a4424574f"), {events::kNewTransmission, word(Raw{1})},
               {word(number("93681000000"))});
     },
     kMaker, 936.81},
    // No OCR2 aggregator of the list transmits in the real blocks: the form of block 25229957's.
    {"NewTransmission of OCR2",
     [](PriceBlock& b) {
         b.log(token("71febc2f741f113af322e1b576ef005a4424574f"),
               {events::kNewTransmission2, word(Raw{0x15a1})}, {word(number("93681000000"))});
     },
     kMaker, 936.81},
    // 75298.051985240 USDC (millions) to 51725.400973029440970037 ETH (thousands).
    {"Sync of Uniswap V2's USDC / WETH, block 11935012",
     [](PriceBlock& b) {
         b.sync(token("b4e16d0168e52d35cacd2c6185b44281ec28c9dc"), kUsdc, kWeth, number("75298051985240"),
                number("51725400973029440970037"));
     },
     std::nullopt, 75298051.985240 / 51725.400973029440},
    // (1.655755439905460800e33 / 2^96)^2 = 4.367476e8 raw WETH (18 decimals) for a raw USDC (6), so 1e12 over
    // that.
    {"Swap of Uniswap V3's USDC / WETH 0.05 %, block 12914944",
     [](PriceBlock& b) {
         b.v3_swap(token("88e6a0c2ddd26feeb64f039a2c41296fcb3f5640"), kUsdc, kWeth,
                   number("1655755439905460799775539904261045"), number("13831313927990028837"),
                   word(Raw{198958}));
     },
     std::nullopt, 1e12 / squared(1.655755439905460800e33 / kTwo96)},
    {"Swap of PancakeSwap V3's WETH / USDT, block 17686112",
     [](PriceBlock& b) {
         const auto pool = token("6ca298d2983ab03aa1da7679389d955a4efee15c");
         b.transfer(kWeth, pool, kAnybody, number("36151487184008955882"));
         b.transfer(kUsdt, kAnybody, pool, number("71418703066"));
         b.log(pool, {events::kPancakeV3Swap, word(kAnybody), word(kAnybody)},
               {negative(number("36151487184008955882")), word(number("71418703066")),
                word(number("3524941169429373728771111")), word(number("647386571671840431")),
                negative(Raw{200415}), Word{}, word(Raw{12141179})});
     },
     // (3.524941169429373728e24 / 7.922816251426434e28)^2 * 1e12
     std::nullopt,
     3.524941169429373728e24 / 7.9228162514264337593e28 * 3.524941169429373728e24 / 7.9228162514264337593e28 *
         1e12},
    {"Swap of Uniswap V4's ETH / USDC 0.05 %, block 21872325",
     [](PriceBlock& b) {
         b.transfer(kUsdc, kAnybody, kUniswapV4, number("194939524"));
         b.log(kUniswapV4,
               {events::kV4Swap,
                Word::from_hex("0x21c67e77068de97969ba93d4aab21826d33ca12bb9f565d8496e8fda8a82ca27").value(),
                word(kAnybody)},
               {word(number("72664273609816481")), negative(number("194939524")),
                word(number("4102643941975071799222966")), word(number("243015852561063689")),
                negative(Raw{197379}), word(Raw{500})});
     },
     // (4.102643941975071799e24 / 7.922816251426434e28)^2 * 1e12
     std::nullopt,
     4.102643941975071799e24 / 7.9228162514264337593e28 * 4.102643941975071799e24 / 7.9228162514264337593e28 *
         1e12},
};

}  // namespace

TEST_CASE("what a real log of each source says") {
    for (const auto& row : kRows) {
        CAPTURE(row.name);
        PriceBook book{test::shipped_feeds(), test::shipped_tokens()};
        PriceBlock block{100, kTime};
        row.tell(block);
        CHECK_FALSE(book.price(row.priced, kTime));
        CHECK(block.teach(book).size() == 1);
        const auto price = book.price(row.priced, kTime);
        REQUIRE(price);
        CHECK(static_cast<double>(price->e8) / 1e8 == Approx(row.dollars).epsilon(1e-9));
    }
}

namespace {

// A pool that exchanges says how much and not which token: those are the ones that moved by just that much.
// What it holds is what came since it is known, so each of these is told twice, and something comes in
// between.
struct Exchange {
    const char* name;
    Word topic;
    Address pool;
    Address sold;
    const char* sold_amount;
    Address bought;
    const char* bought_amount;
    Address priced;
    double dollars;
};

const Exchange kExchanges[] = {
    // 693222.840033179936345505 sUSD for 700928.547669 USDC.
    {"TokenExchange of Curve's sUSD pool, block 11931270", events::kCurveStable,
     token("a5407eae9ba41422680e2e00537571bcc53efbfd"), kSusd, "693222840033179936345505", kUsdc,
     "700928547669", kSusd, 700928.547669 / 693222.840033179936},
    // 1392227.505365 USDC for 1392819.023405602357833963 LUSD.
    {"TokenExchangeUnderlying of Curve's LUSD pool, block 17686120", events::kCurveUnderlying,
     token("ed279fdd11ca84beef15af5d39bb4d4bee23f0ca"), kUsdc, "1392227505365", kLusd,
     "1392819023405602357833963", kLusd, 1392227.505365 / 1392819.023405602358},
    // 2475.041869250704582452 CVX for 9.513448780085482978 WETH, at 1988.08020095 dollars.
    {"TokenExchange of Curve's CVX pool, block 15000000", events::kCurveCrypto,
     token("b576491f1e6e5e62f1d8f26062ee822b40b0e0d4"), kCvx, "2475041869250704582452", kWeth,
     "9513448780085482978", kCvx, 9.513448780085482978 / 2475.041869250704582 * 1988.08020095},
    // The form of block 17686119's, with the amounts of the one above.
    {"TokenExchange of Curve's newer pools", events::kCurveCryptoNg,
     token("7f86bf177dd4f3494b841a37e810a34dd56c829b"), kCvx, "2475041869250704582452", kWeth,
     "9513448780085482978", kCvx, 9.513448780085482978 / 2475.041869250704582 * 1988.08020095},
};

void tell(PriceBlock& block, const Exchange& exchange) {
    block.begin();
    block.transfer(exchange.sold, kAnybody, exchange.pool, number(exchange.sold_amount));
    block.transfer(exchange.bought, exchange.pool, kAnybody, number(exchange.bought_amount));
    block.log(exchange.pool, {exchange.topic, word(kAnybody)},
              {word(Raw{0}), word(number(exchange.sold_amount)), word(Raw{1}),
               word(number(exchange.bought_amount)), Word{}, Word{}});
}

constexpr auto kEthUsd = "e62b71cf983019bff55bc83b48601ce8419650cc";

}  // namespace

TEST_CASE("what an exchange says of the token that has no price") {
    for (const auto& row : kExchanges) {
        CAPTURE(row.name);
        PriceBook book{test::shipped_feeds(), test::shipped_tokens()};
        PriceBlock{100, kTime}.answer(token(kEthUsd), word(number("198808020095"))).teach(book);
        PriceBlock first{101, kTime + std::chrono::seconds{12}};
        tell(first, row);
        CHECK(first.teach(book).size() == 1);
        // Nothing is proven to be in it yet.
        CHECK_FALSE(book.price(row.priced, kTime));
        const auto known = row.priced == row.sold ? row.bought : row.sold;
        const auto known_amount = number(row.priced == row.sold ? row.bought_amount : row.sold_amount);
        PriceBlock{102, kTime + std::chrono::seconds{24}}
            .transfer(known, kAnybody, row.pool, known_amount)
            .teach(book);
        const auto price = book.price(row.priced, kTime);
        REQUIRE(price);
        CHECK(static_cast<double>(price->e8) / 1e8 == Approx(row.dollars).epsilon(1e-6));
        CHECK(book.is_pool_share(row.pool));
    }
}

// Block 13002906: 549.030159157604719022 ALUSD-like tokens for 544.104948507123578099 DAI; here a
// hundredfold, as exchanges below 1000 dollars do not count.
TEST_CASE("what a swap in Balancer's vault says") {
    PriceBook book{test::shipped_feeds(), test::shipped_tokens()};
    const auto pool_id =
        Word::from_hex("0x71628c66c502f988fbb9e17081f2bd14e361faf4000200000000000000000078").value();
    const auto swap = [&](BlockNumber number_of_block, const Address& in, const Raw& sold, const Address& out,
                          const Raw& bought) {
        PriceBlock block{number_of_block, kTime};
        block.log(kBalancerVault, {events::kBalancerSwap, pool_id, word(in), word(out)},
                  {word(sold), word(bought)});
        return block.teach(book).size();
    };
    const auto coins = number("54903015915760471902200");
    const auto dai = number("54410494850712357809900");
    CHECK(swap(100, kSusd, 549, kDai, 544) == 0);
    CHECK(swap(101, kDai, dai, kSusd, coins) == 1);
    CHECK_FALSE(book.price(kSusd, kTime));
    CHECK(swap(102, kDai, dai, kSusd, coins) == 1);
    REQUIRE(book.price(kSusd, kTime));
    CHECK(static_cast<double>(book.price(kSusd, kTime)->e8) / 1e8 ==
          Approx(544.104948507123578 / 549.030159157604719).epsilon(1e-7));
    CHECK(book.is_pool_share(token("71628c66c502f988fbb9e17081f2bd14e361faf4")));
    // Somebody leaves the pool: what it holds is not known any more.
    PriceBlock{103, kTime}
        .log(kBalancerVault, {events::kBalancerChanged, pool_id, word(kAnybody)})
        .teach(book);
    CHECK_FALSE(book.price(kSusd, kTime));
}

TEST_CASE("a stable pool that is more than 5 % off says nothing") {
    struct Row {
        const char* sold;
        bool counts;
    };
    const auto row = GENERATE(Row{"1052000000000000000000000", true},   // 4.94 % off
                              Row{"1052700000000000000000000", false},  // 5.006 % off
                              Row{"950000000000000000000000", false},   // 5.26 % off
                              Row{"953000000000000000000000", true});
    CAPTURE(row.sold);
    PriceBook book{test::shipped_feeds(), test::shipped_tokens()};
    PriceBlock block{100, kTime};
    tell(block, {"", events::kCurveStable, token("a5407eae9ba41422680e2e00537571bcc53efbfd"), kSusd, row.sold,
                 kUsdc, "1000000000000", kSusd, 0});
    CHECK(block.teach(book).size() == (row.counts ? 1 : 0));
}

TEST_CASE("a log that is not what its topic says teaches nothing") {
    const auto pair = token("b4e16d0168e52d35cacd2c6185b44281ec28c9dc");
    PriceBook book{test::shipped_feeds(), test::shipped_tokens()};
    PriceBlock block{100, kTime};
    block.transfer(kUsdc, kAnybody, pair, 1).transfer(kWeth, pair, kAnybody, 1);
    SECTION("data cut short") {
        block.log(pair, {events::kSync}, {word(Raw{1'000'000})});
    }
    SECTION("reserves of more than 112 bits") {
        block.log(pair, {events::kSync}, {word(Raw{1} << 112), word(Raw{1'000'000})});
    }
    SECTION("a topic too many") {
        block.log(pair, {events::kSync, Word{}}, {word(Raw{1'000'000}), word(Raw{1'000'000})});
    }
    SECTION("an answer of an aggregator that nobody knows") {
        block.answer(kAnybody, word(Raw{1}));
    }
    SECTION("an answer without its round") {
        block.log(token(kEthUsd), {events::kAnswerUpdated, word(Raw{1})}, {Word{}});
    }
    SECTION("a root of more than 160 bits") {
        block.v3_swap(token("88e6a0c2ddd26feeb64f039a2c41296fcb3f5640"), kUsdc, kWeth, Raw{1} << 160, 1000,
                      Word{});
    }
    for (const auto& update : block.teach(book)) CHECK(update.first == 0);
    CHECK_FALSE(book.price(std::nullopt, kTime));
    CHECK_FALSE(book.price(kUni, kTime));
}
