#include "by_hand.hpp"

using namespace moneytrail::test;

namespace {

const std::string kBinance14 = "0x28C6c06298d514Db089934071355E5743bf21d60";
const std::string kFund66b8 = "0x66B870dDf78c975af5Cd8EDC6De25eca81791DE1";
const std::string kGsr = "0xD8D6fFE342210057BF4DCc31DA28D006f253cEF0";
const std::string kJump = "0x9507c04B10486547584C37bCBd931B2a4FeE9A41";
const std::string kKuCoin = "0xf16E9B0D03470827A95CDfd0Cb8a8A3b46969B91";
const std::string kUncx = "0x663A5C229c09b049E36dCc11a9B0d4a8Eb9db214";

}  // namespace

// S3, low: the first movement over 50 USD of a token, after at least two other activities.
TEST_CASE("by hand: new tokens in the run") {
    const std::vector<ByHand> rows{
        // Block 17686112, transaction 54, log 131: USDT Transfer from 0x28c6… to 0xb5dd…, data 0x…713fb300 =
        // 1 900 000 000, 6 decimals. Earlier: 0.1099637 ETH out (17686110, transaction 67, value) and 1365.17
        // IMX out (17686111, transaction 69): two, neither USDT.
        {"0x2dc840cb359ed1502c854eba084a0d44d0281ec607b820385e9b05142ea1db8c",
         kBinance14,
         "low",
         "log:0",
         "out",
         "0xb5DDD1",
         "",
         "USDT",
         "1900.000000",
         "1900.00",
         "first movement of USDT over 50 USD after 2 activities, known since 2023-07-13",
         {}},
        // Block 17686115, transaction 116, log 284, the transaction's tenth: USDT Transfer from 0x22f9… to
        // 0x66b8…, data 0x…0474bbe9372c = 4 899 415 340 844. Earlier: USDC in (17686113, transaction 106) and
        // USDC out, in log 275 of the same transaction: two, neither USDT.
        {"0xbf02921496ccd7699fb8e38116fbbcda76dba7e8025d1ce8ddd646200cda5f25",
         kFund66b8,
         "critical",
         "log:9",
         "in",
         "0x22F9dC",
         "0x: Exchange Proxy Flash Wallet",
         "USDT",
         "4899415.340844",
         "4899415.34",
         "first movement of USDT over 50 USD after 2 activities, known since 2023-07-13",
         {}},
        // Block 17686114, transaction 56, log 174: ROUTE Transfer from 0xf16e… to 0x972f…, data
        // 0x…225fe7be64eb320000 = 634 100 000 000 000 000 000, 18 decimals. Log 269 of 17686110, Sync of the
        // pair 0x92cc…: 50 216.160232… ROUTE and 84.824961295… WETH, at 1968.732904 USD each (log 19 of
        // 17686110, Swap of the USDT pool 0x4e68…, sqrtPriceX96 3515385715410607751007445). That makes 3.3256
        // USD a ROUTE and 2108.75 of them all, but no more than what moves the price by 2 %, 0.00995 of the
        // WETH: 84.824961295… * 0.00995 * 1968.732904 = 1661.6270…. Earlier: seven other tokens, all
        // unpriced.
        {"0xfd3e0c712b9112d683d4a5a758a84eb1a333475d5dd95fea619cb679c9f10000",
         kKuCoin,
         "low",
         "log:0",
         "out",
         "0x972F91",
         "",
         "ROUTE",
         "634.100000000000000000",
         "1661.63",
         "first movement of ROUTE over 50 USD after 7 activities, known since 2023-07-13",
         {}},
        // Block 17686125, transaction 19, log 83: WBTC Transfer from 0x9507… to 0x4585…, data 0x…2523cc6a =
        // 623 103 082, 8 decimals. WBTC is 31 056.654 USD: log 276 of 17686121, AnswerUpdated(3 105 665 400
        // 000,
        // …) of BTC / USD, 8 decimals. 6.23103082 * 31056.654 = 193 514.9682…. The 3.57023164 WBTC of
        // 17686112,
        // transaction 37, had no price then and are no history. Medium is T1: the WETH that it got for it.
        {"0x0a7bacaa31a79ef0f3e523e8e103a006b74fba36b0535d7303a53cc126bcfb9c",
         kJump,
         "medium",
         "log:1",
         "out",
         "0x4585FE",
         "",
         "WBTC",
         "6.23103082",
         "193514.97",
         "first movement of WBTC over 50 USD after 11 activities, known since 2023-07-13",
         {}},
        // Block 17686131, transaction 20, value 0x1a04f03f6751f8000 = 29 998 200 000 000 000 000;
        // 29.9982 * 1988.08020095 = 59 638.8274…. Earlier: AGIX in (17686114, transaction 73) and MASK out
        // (17686126, transaction 110): two, neither ETH. Medium is T1.
        {"0x11d3a7307652064cf27a99ec1fb1080c52ecb2b61b5a81c4625a1f9a5c984bcc",
         kGsr,
         "medium",
         "value",
         "in",
         "0x0D0707",
         "Gate.io",
         "ETH",
         "29.998200000000000000",
         "59638.83",
         "first receipt of ETH over 50 USD after 2 activities, known since 2023-07-13",
         {}},
    };
    for (const auto& row : rows) check("S3", row);
}

// S8, low, the only one. Block 17686120, transaction 240, log 589: Transfer of 0xba3a… to 0x663a…, data
// 0x…03e0380bf357b49f = 279 284 800 875 377 823, whose decimals no list has. Log 1 of 17686113, PairCreated
// of Uniswap V2's factory, made 0xba3a… the pair of 0x6842… and WETH. 0x663a… neither sent the transaction
// nor has the share a price, so the pool must hold 10 000 USD: log 271 of 17686119, its last Sync before,
// leaves it 3.531389650… WETH, at 1995.7097513 USD (log 153 of 17686119, Swap of the USDC pool 0x88e6…,
// sqrtPriceX96 1773498780047088220233267025903482), and the other side of a pair is worth as much: 14
// 095.2575…. Log 590, a hundredth of it that goes on, is of the same token and day.
TEST_CASE("by hand: the pool share in the run") {
    check("S8",
          {"0xf16e412fc758642a6109f48dc0fefe784352b9e54064df6cada8b762e66c35b9",
           kUncx,
           "low",
           "log:0",
           "in",
           "0xCde5EB",
           "",
           "",
           "279284800875377823",
           "",
           "279284800875377823 units of 0xbA3a3E2fe94D60B656F2F5FF9e51C4B64679Dabe received, a share in a "
           "liquidity pool",
           {{"known_by", "pool"}, {"signed", "no"}, {"pool_usd", "14095.26"}}});
}
