// Wraps and swaps: several legs of one transaction. Every row was read by hand in the raw JSON; the comments
// quote what was read. In a pool's events negative amounts are what it paid out.

#include "core/decode_golden.hpp"

using moneytrail::test::check;

TEST_CASE("transcribed by hand: wrapping and unwrapping") {
    check({
        // deposit() (0xd0e30db0) with value 0x11c37937e08000; log 0 is Deposit of the sender.
        {"wrap by a user",
         17686110,
         170,
         "0x7ffb71366f6174fcbb10bafb684c706d20a53a3cf842cdd18a55ebcbc84157a3",
         {"native value 0xff3b3fbc04cfe60b9979e432c9ad3e261301843b -> "
          "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2 "
          "5000000000000000",
          "wrap log:0 0xff3b3fbc04cfe60b9979e432c9ad3e261301843b -> "
          "0xff3b3fbc04cfe60b9979e432c9ad3e261301843b "
          "5000000000000000 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"}},
        // withdraw(uint256); [0] is WETH paying 0xc52cf4b908c000 back.
        {"unwrap by a user",
         17686112,
         122,
         "0x886439bbd556a9cb8b0ff345a3c2889774aa479bc1aaaaa0b3ff8ca42c00ecbf",
         {"internal internal:0 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2 -> "
          "0x5fe63c7f538c32d2b2229458c8c4e06c5227c434 55500000000000000",
          "unwrap log:0 0x5fe63c7f538c32d2b2229458c8c4e06c5227c434 -> "
          "0x5fe63c7f538c32d2b2229458c8c4e06c5227c434 "
          "55500000000000000 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"}},
        // Log 0 brings the user's 20 WETH to the executor, log 1 is its Withdrawal. The ether goes WETH ->
        // executor
        // [1,0,0] -> router [1,1] -> user [2].
        {"unwrap through an aggregator",
         17686126,
         119,
         "0x7bfa1e57d6aea92e042c8879eeb3b88f58c63a0b79e876c2c7a4dc56655b8272",
         {"internal internal:0 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2 -> "
          "0x92f3f71cef740ed5784874b8c70ff87ecdf33588 20000000000000000000",
          "internal internal:1 0x92f3f71cef740ed5784874b8c70ff87ecdf33588 -> "
          "0x1111111254eeb25477b68fb85ed929f73a960582 20000000000000000000",
          "internal internal:2 0x1111111254eeb25477b68fb85ed929f73a960582 -> "
          "0x7fb3e8d33767eb326984ac90b775785729c8c665 20000000000000000000",
          "erc20 log:0 0x7fb3e8d33767eb326984ac90b775785729c8c665 -> "
          "0x92f3f71cef740ed5784874b8c70ff87ecdf33588 "
          "20000000000000000000 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
          "unwrap log:1 0x92f3f71cef740ed5784874b8c70ff87ecdf33588 -> "
          "0x92f3f71cef740ed5784874b8c70ff87ecdf33588 "
          "20000000000000000000 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"}},
    });
}

TEST_CASE("transcribed by hand: swaps") {
    check({
        // Router with ether in: [1] wraps 0x631352594775bd for the router (log 0), log 1 pays it to the pair,
        // log 2 is
        // the token to the user, [4] refunds the rest of the value. Logs 3 and 4 are Sync and Swap; Swap says
        // 9992223803765808 went out, the token's Transfer says 7694012328899673 arrived: it keeps a fee.
        {"Uniswap V2, router wraps and refunds",
         17686111,
         45,
         "0xf994c522235ccf3fd43b3138903d36ecc9ec722d20a62449cbd090486c38fa95",
         {"native value 0xe6ce99693897bee4a22d9192fe3b0ab34ae7ae31 -> "
          "0x7a250d5630b4cf539739df2c5dacb4c659f2488d "
          "55774534200912762",
          "internal internal:0 0x7a250d5630b4cf539739df2c5dacb4c659f2488d -> "
          "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2 27887267100456381",
          "internal internal:1 0x7a250d5630b4cf539739df2c5dacb4c659f2488d -> "
          "0xe6ce99693897bee4a22d9192fe3b0ab34ae7ae31 27887267100456381",
          "wrap log:0 0x7a250d5630b4cf539739df2c5dacb4c659f2488d -> "
          "0x7a250d5630b4cf539739df2c5dacb4c659f2488d "
          "27887267100456381 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
          "erc20 log:1 0x7a250d5630b4cf539739df2c5dacb4c659f2488d -> "
          "0xdafc8f0a3986e5a054e9eca8ee7c901a19a2403e "
          "27887267100456381 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
          "erc20 log:2 0xdafc8f0a3986e5a054e9eca8ee7c901a19a2403e -> "
          "0xe6ce99693897bee4a22d9192fe3b0ab34ae7ae31 "
          "7694012328899673 of 0xf54cf54e1e2352df7997d669a1059062de4ec3a2"}},
        // value 0xf710ad3 is 259066579 wei: a bot's way to pass a number. Both legs agree with Swap: WETH in
        // 0xf710ad300000000, token out 0xb69759700000000000000.
        {"Uniswap V2, both legs by a bot",
         17686110,
         11,
         "0x08b6188eb62fafbbe6e5db9ac348d959407e4c5874f04a1407fb9cdcbf764230",
         {"native value 0xae2fc483527b8ef99eb5d9b44875f005ba1fae13 -> "
          "0x6b75d8af000000e20b7a7ddf000ba900b4009a80 "
          "259066579",
          "erc20 log:0 0x6b75d8af000000e20b7a7ddf000ba900b4009a80 -> "
          "0x2d806e54ec893cd455f926385af75a5b8276e699 "
          "1112682484291600384 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
          "erc20 log:1 0x2d806e54ec893cd455f926385af75a5b8276e699 -> "
          "0x6b75d8af000000e20b7a7ddf000ba900b4009a80 "
          "13796201646215557413863424 of 0x4ce5df9033ead87976255a8695592bca3e8cb5cb"}},
        // V3 pays first: WBTC 0x1547bdbc out (Swap: 2^256 - it), then WETH in. The value is the block's
        // number.
        {"Uniswap V3",
         17686112,
         37,
         "0xf954a3fb9683ee39944ff1fec9d3303f18d9d564dc80fd65f5c046958043b29c",
         {"native value 0x5b929c504e88ef422aa4aea93791c5c17c9f15fc -> "
          "0x9507c04b10486547584c37bcbd931b2a4fee9a41 "
          "17686112",
          "erc20 log:0 0x4585fe77225b41b697c938b018e2ac67ac5a20c0 -> "
          "0x9507c04b10486547584c37bcbd931b2a4fee9a41 "
          "357023164 of 0x2260fac5e5542a773aa44fbcfedf7c193bc2c599",
          "erc20 log:1 0x9507c04b10486547584c37bcbd931b2a4fee9a41 -> "
          "0x4585fe77225b41b697c938b018e2ac67ac5a20c0 "
          "56018639630634363703 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"}},
        // USDT to the first pair, WETH from it straight to the second (logs 2 and 3 are Sync and Swap), PEPE
        // from
        // that one to the user (log 4; Sync and Swap again).
        {"two hops over V2 pairs",
         17686113,
         175,
         "0x89a345f6b593de91ff1e59acf8490fb108db596abbe2c3121564567bb5b8a24a",
         {"erc20 log:0 0xb03bb8adfb1d04accb8086c7d539bc685b8248dd -> "
          "0x0d4a11d5eeaac28ec3f61d100daf4d40471f1852 "
          "1500000000 of 0xdac17f958d2ee523a2206206994597c13d831ec7",
          "erc20 log:1 0x0d4a11d5eeaac28ec3f61d100daf4d40471f1852 -> "
          "0xa43fe16908251ee70ef74718545e4fe6c5ccec9f "
          "760356864166427232 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
          "erc20 log:4 0xa43fe16908251ee70ef74718545e4fe6c5ccec9f -> "
          "0xb03bb8adfb1d04accb8086c7d539bc685b8248dd "
          "907967735420733264152009803 of 0x6982508145454ce325ddbe47a25d4ec3d2311933"}},
        // 0x: [0] is a delegatecall that shows the value again, [0,0] wraps it for the proxy. Log 1 token out
        // of the
        // pool, log 2 WETH into it.
        {"aggregator over a V3 pool",
         17686112,
         60,
         "0xaa75c2ccca34e520d39e303df3fdad4c0dd1ec4b6235c7897bcaa482fb023e89",
         {"native value 0x5fc0cd381f06140ca33d4bcd8c4c2329653d4e5e -> "
          "0xdef1c0ded9bec7f1a1670819833240f027b25eff "
          "20485996229424920",
          "internal internal:0 0xdef1c0ded9bec7f1a1670819833240f027b25eff -> "
          "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2 20485996229424920",
          "wrap log:0 0xdef1c0ded9bec7f1a1670819833240f027b25eff -> "
          "0xdef1c0ded9bec7f1a1670819833240f027b25eff "
          "20485996229424920 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
          "erc20 log:1 0x840deeef2f115cf50da625f7368c24af6fe74410 -> "
          "0x5fc0cd381f06140ca33d4bcd8c4c2329653d4e5e "
          "19626219466503737 of 0xbe9895146f7af43049ca1c1ae358b0541ea49704",
          "erc20 log:2 0xdef1c0ded9bec7f1a1670819833240f027b25eff -> "
          "0x840deeef2f115cf50da625f7368c24af6fe74410 "
          "20485996229424920 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"}},
        // Logs: 0 WETH from the V3 pool to the V2 pair, 1 USDC 0x8f0d180 into the pool, 2 its Swap, 3 the
        // router sends
        // 0x0 WETH to the pair, 4 the token out of it, 5 Sync, 6 Swap, 7 the fee, 8 the rest to the user.
        {"V3, then V2, with a transfer of zero",
         22869878,
         14,
         "0x3159c33d2f6d8cb35b00b2ef3266cd0a2a0366624c2e9f0253f1ad4a4c78440b",
         {"erc20 log:0 0xe0554a476a092703abdb3ef35c80e0d76d32939f -> "
          "0x1c4424195a984440461adc86307786c8075fe332 "
          "59163060832250611 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
          "erc20 log:1 0x0d714111b61e5196258891d9fe03bc5b40e387f5 -> "
          "0xe0554a476a092703abdb3ef35c80e0d76d32939f "
          "150000000 of 0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
          "erc20 log:3 0x66a9893cc07d91d95644aedd05d03f95e1dba8af -> "
          "0x1c4424195a984440461adc86307786c8075fe332 "
          "0 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
          "erc20 log:4 0x1c4424195a984440461adc86307786c8075fe332 -> "
          "0x66a9893cc07d91d95644aedd05d03f95e1dba8af "
          "5870370939478183988637 of 0x4a35feae3378298d65f123576c61acd62b52a920",
          "erc20 log:7 0x66a9893cc07d91d95644aedd05d03f95e1dba8af -> "
          "0x000000fee13a103a10d593b9ae06b3e05f2e7e1c "
          "14675927348695459971 of 0x4a35feae3378298d65f123576c61acd62b52a920",
          "erc20 log:8 0x66a9893cc07d91d95644aedd05d03f95e1dba8af -> "
          "0x0d714111b61e5196258891d9fe03bc5b40e387f5 "
          "5855695012129488528666 of 0x4a35feae3378298d65f123576c61acd62b52a920"}},
        // Log 2 is anonymous, and the logs behind it keep their numbers. Calls with value in order: [0,2,0,0]
        // WETH
        // pays the bot, [0,2,1] the bot Ekubo's router, [0,2,1,0,0,2] that the pool, [0,2,2,0] the rest back,
        // [1] the
        // builder, [2] the owner.
        {"arbitrage with an unwrap, an anonymous log and a tip",
         24628608,
         59,
         "0x25dc495349ba0ae9e731eabf0be108eeba2864c040a6e4cd48052bb233ef763a",
         {"internal internal:0 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2 -> "
          "0xaf682de1f2e6f710731121a05a44cb3c1b511f7d 822521353370907573",
          "internal internal:1 0xaf682de1f2e6f710731121a05a44cb3c1b511f7d -> "
          "0xd26f20001a72a18c002b00e6710000d68700ce00 822521353370907573",
          "internal internal:2 0xd26f20001a72a18c002b00e6710000d68700ce00 -> "
          "0x00000000000014aa86c5d3c41765bb24e11bd701 820699947038895317",
          "internal internal:3 0xd26f20001a72a18c002b00e6710000d68700ce00 -> "
          "0xaf682de1f2e6f710731121a05a44cb3c1b511f7d 1821406332012256",
          "internal internal:4 0xaf682de1f2e6f710731121a05a44cb3c1b511f7d -> "
          "0x4838b106fce9647bdf1e7877bf73ce8b0bad5f97 1558577398302887",
          "internal internal:5 0xaf682de1f2e6f710731121a05a44cb3c1b511f7d -> "
          "0x3af24b14590917bf0d07b03bf1114cec3b69ae94 262828933709369",
          "erc20 log:0 0xe0554a476a092703abdb3ef35c80e0d76d32939f -> "
          "0xaf682de1f2e6f710731121a05a44cb3c1b511f7d "
          "822521353370907573 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
          "unwrap log:1 0xaf682de1f2e6f710731121a05a44cb3c1b511f7d -> "
          "0xaf682de1f2e6f710731121a05a44cb3c1b511f7d "
          "822521353370907573 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
          "erc20 log:3 0x00000000000014aa86c5d3c41765bb24e11bd701 -> "
          "0xe0554a476a092703abdb3ef35c80e0d76d32939f "
          "1694452845 of 0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"}},
    });
}
