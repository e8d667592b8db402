// Tokens: transfers, swaps, wraps, and logs that only look like them. Every row was read by hand in the raw
// JSON; the comments quote what was read.

#include "core/decode_golden.hpp"

using namespace moneytrail;
using moneytrail::test::check;
using moneytrail::test::decode_file;

TEST_CASE("transcribed by hand: fungible tokens") {
    check({
        // Log 0: topic 1 = from, topic 2 = to, data 0x6c253719686a050000. Trace [0] is the proxy's
        // delegatecall.
        {"transfer of a token behind a proxy",
         17686110,
         0,
         "0x12c79f1b435637f48e9dab6d1658d9a0db11180aea5fca342e4b79db6e97e164",
         {"erc20 log:0 0x75e89d5979e4f6fba9f97c104c2f0afb3f1dcb88 -> "
          "0x243873cd7608470242d283050857fec93bf67b44 "
          "1994930000000000000000 of 0x6de037ef9ad2725eb40118bb1702ebb27e4aeb24"}},
        // Input 0x23b872dd = transferFrom: the sender of the transaction is the receiver. Data 0x3fc6e780.
        {"transferFrom, USDT",
         17686114,
         157,
         "0xf8bf39e9daa85fc5aca2f8aba55b30d6f882795848358f0a62d9883b125208b4",
         {"erc20 log:0 0x80f02e9c06b7cf8f5d353c8fc92361a56965bef5 -> "
          "0x7170dcfdcda106d517d43bbc0f6bd7f11793a3e2 "
          "1070000000 of 0xdac17f958d2ee523a2206206994597c13d831ec7"}},
        // Data 0x1312d00 = 20 USDT of 6 decimals.
        {"transfer, USDT, type 0",
         17686110,
         16,
         "0xa297bb7a7241b10e5e51186de4a62fa11ee93762816196653a7d1d5701fd59b2",
         {"erc20 log:0 0x9e3ef83728a399d6f5f757e3fa04f4850bbfb5f0 -> "
          "0xb5e4e6b1d20f8a70e497c73832390884fc5595ef "
          "20000000 of 0xdac17f958d2ee523a2206206994597c13d831ec7"}},
        // Topics 1 and 2 are the same account.
        {"transfer to oneself",
         19433902,
         48,
         "0x2bfb85bc5c5cc12ce8a010af10eab9810c706140668b9a708eed2f6b48038156",
         {"erc20 log:0 0xa8f1462656d58478ef9700fbe750b5b293695aee -> "
          "0xa8f1462656d58478ef9700fbe750b5b293695aee "
          "100000000 of 0xdac17f958d2ee523a2206206994597c13d831ec7"}},
        // Two Transfers from the same sender: data 0x41882aeab24bf00 to the receiver, 0x35b1c9230900 (0.02 %
        // of both) to
        // the fee's account. Log 2 is the token's own event about the fee.
        {"fee on transfer",
         17686128,
         60,
         "0x023a9545440bd5bc86dd248fdfc348ac0064247a0eb3d21ac5975cccc21951e8",
         {"erc20 log:0 0x21a31ee1afc51d94c2efccaa2092ad1028285549 -> "
          "0x538df212def9d27b646b733cb267a69cbe1b77ad "
          "295129462300000000 of 0x45804880de22913dafe09f4980848ece6ecbaf78",
          "erc20 log:1 0x21a31ee1afc51d94c2efccaa2092ad1028285549 -> "
          "0x38699d04656ff537ef8671b6b595402ebdbdf6f4 "
          "59037700000000 of 0x45804880de22913dafe09f4980848ece6ecbaf78"}},
        // Log 0 moves 0x0 to the token itself, log 1 the amount: a transfer of nothing is still one.
        {"zero-value transfer",
         17686110,
         1,
         "0x95a17b062eb32b6a5774fc2946c8fe3e7badd0c35120bbc866d26d47fdf11825",
         {"erc20 log:0 0x75e89d5979e4f6fba9f97c104c2f0afb3f1dcb88 -> "
          "0xfb66321d7c674995dfcc2cb67a30bc978dc862ad "
          "0 of 0xfb66321d7c674995dfcc2cb67a30bc978dc862ad",
          "erc20 log:1 0x75e89d5979e4f6fba9f97c104c2f0afb3f1dcb88 -> "
          "0xf45088a3a30a7fd2b798c2d25a2ec5285464202b "
          "1172110561000000000000000000 of 0xfb66321d7c674995dfcc2cb67a30bc978dc862ad"}},
    });
}

TEST_CASE("transcribed by hand: collectibles") {
    check({
        // Four topics, data 0x: from zero, id 0x14.
        {"ERC-721 mint",
         12914944,
         174,
         "0xe7a2f46959803ccb8e3a4d3fe46565d906dffc4ef52a2010544d7620dd8f93b2",
         {"erc721 log:0 0x0000000000000000000000000000000000000000 -> "
          "0x0b39a46d9fe2f26ffe03c5f32fdf19541e1e92c8 "
          "1 of 0x021ca7d72f8afeadf7b47300a1aecac5f44c1af1 #20"}},
        // Id 0x22a7c.
        {"ERC-721 transfer",
         17686129,
         74,
         "0xe79148379ccedbc70a28181a979d2f294bc5345a2d7676f2ad7ec9070374a377",
         {"erc721 log:0 0x8a01fa5a77311bbcf29e293d8ecb48707cfdb700 -> "
          "0x8d0b1be7f4c967a8c08398e820d3a26c903d02c0 "
          "1 of 0x929832b1f1515cf02c9548a0ff454f1b0e216b18 #141948"}},
        // Two contracts, the same id 0x8b8: one burns, the other mints.
        {"ERC-721 exchanged for another",
         17686124,
         130,
         "0xd91e74a51546ae5f1adc640e8751d783d479afaed855e253bba9184ece9c07dc",
         {"erc721 log:0 0x486b4d5a04b6566b2ce441a362fdf7257b6f950d -> "
          "0x0000000000000000000000000000000000000000 "
          "1 of 0x6c952af158ec8d0fd94908e389c084394d9aebbb #2232",
          "erc721 log:1 0x0000000000000000000000000000000000000000 -> "
          "0x486b4d5a04b6566b2ce441a362fdf7257b6f950d "
          "1 of 0x81d6a3c844a9fb452ed069e9fc16cf37f137a58e #2232"}},
        // TransferSingle: topics operator, from, to; data id 0xa, amount 0x32.
        {"ERC-1155 transfer",
         17686127,
         161,
         "0x63807257a36edad895cfbd2e9048955c87e3a8bc0a0315f91d1c3a511e7e9865",
         {"erc1155 log:0 0x25658ce7e443f2607bbf70a0c19c5d9988542cc6 -> "
          "0x000000000000000000000000000000000000dead "
          "50 of 0xad3dec7a8470d537d30d5a91579f10aaacf68c28 #10"}},
        // To zero, id 0, amount 1.
        {"ERC-1155 burn of id 0",
         17686115,
         141,
         "0x8fb1159569a2bd2f67eaffcf547025a212f96e2abb096595a921c4e565683c30",
         {"erc1155 log:0 0xddbd48d5c3f2779f973480ed860af76595cfe606 -> "
          "0x0000000000000000000000000000000000000000 "
          "1 of 0xbf42c1972877f39e102807e5e80ed2ff5d16aa5f #0"}},
        // The operator (topic 1) is the shop and no side of it. 130 of id 2 burnt, 130 of id 10 minted; [0]
        // is a
        // delegatecall that shows the value again.
        {"ERC-1155 exchanged by an operator",
         17686115,
         123,
         "0xd2954d40b3d1ad8a4d678cd835dcd8fc7815ee0103b55ee9c47febf737962e2e",
         {"native value 0x25658ce7e443f2607bbf70a0c19c5d9988542cc6 -> "
          "0xde659726cfd166aca4867994d396efef386ead68 "
          "89700000000000000",
          "erc1155 log:0 0x25658ce7e443f2607bbf70a0c19c5d9988542cc6 -> "
          "0x0000000000000000000000000000000000000000 "
          "130 of 0xad3dec7a8470d537d30d5a91579f10aaacf68c28 #2",
          "erc1155 log:1 0x0000000000000000000000000000000000000000 -> "
          "0x25658ce7e443f2607bbf70a0c19c5d9988542cc6 "
          "130 of 0xad3dec7a8470d537d30d5a91579f10aaacf68c28 #10"}},
        // The price 0x214e8348c4f0000 goes on in two parts, [2] and [3]; log 0 is the TransferSingle, data id
        // 0x3591b5ce8000016 and amount 5; log 1 the mint's own event.
        {"ERC-1155 sold",
         17686112,
         108,
         "0xa1480f080884e98c0d7fb637756a62ec257757f5618487a6e5b0b52b69a32ce2",
         {"native value 0x65d0466b9619e935f51f8ef8ac3f18162bfc2b53 -> "
          "0xc8dae90be988d03f19d1cfe8710493e396a6bba6 "
          "150000000000000000",
          "internal internal:0 0xc8dae90be988d03f19d1cfe8710493e396a6bba6 -> "
          "0x106c28f3d5192aa647f760d3ee7b8802993c823d 15000000000000000",
          "internal internal:1 0xc8dae90be988d03f19d1cfe8710493e396a6bba6 -> "
          "0x106c28f3d5192aa647f760d3ee7b8802993c823d 120000000000000000",
          "erc1155 log:0 0x106c28f3d5192aa647f760d3ee7b8802993c823d -> "
          "0x65d0466b9619e935f51f8ef8ac3f18162bfc2b53 "
          "5 of 0xeb10880d5ebdbec2e9869179d5020312da514eee #241254140884287510"}},
        // TransferBatch: offsets 0x40 and 0x80, one id 0x4e7b, one amount 1.
        {"ERC-1155 batch of one",
         12505500,
         67,
         "0x3db6084211464b93cd4dc63fb2d297a297f17588ff96c1e97d685b07a7ed6467",
         {"erc1155 log:0:0 0x0000000000000000000000000000000000000000 -> "
          "0xdeef43e0ec354edc75b520886f90d17bb023fba7 "
          "1 of 0xd23f5e5848b57f03626b7c924a8224975934a4db #20091"}},
        // Two events of the collection before it, so it is log 2: id 6, amount 0x64.
        {"ERC-1155 batch behind other logs",
         19932148,
         18,
         "0xfd6aa65552ce33a03fc4009f3cbd68b26fce47efd9e668f2b3165ffb1909e576",
         {"erc1155 log:2:0 0x0000000000000000000000000000000000000000 -> "
          "0xf3af55a3f15ca176756393a0427ab928429c8712 "
          "100 of 0xd05ba5118faaf05395512b6a8e14644676d3797d #6"}},
    });
}

TEST_CASE("transcribed by hand: logs that are no transfers") {
    check({
        // CryptoKitties' Transfer has its topic, but from, to and kitty (0xf41fb) are the three words of its
        // data.
        {"Transfer without indexed arguments",
         10000000,
         56,
         "0x387a9d970a599d01fa0e6b99002cf31492a6786f83f9802adcfb037dc50050f0",
         {}},
        // Log 1 has no topics, 116 bytes of data. Log 2 is the WBTC Transfer, 3 WETH's Deposit. The block's
        // source has no traces,
        // so the payment into WETH does not show.
        {"anonymous log, without traces",
         22869878,
         129,
         "0x1ec786260a7e0d80bbccf2e1f1dd085f3622efe0822617de8b6bac6d3a91f048",
         {"native value 0xd1fa51f2db23a9fa9d7bb8437b89fb2e70c60cb7 -> "
          "0xd4bc53434c5e12cb41381a556c3c47e1a86e80e3 39",
          "erc20 log:2 0xd4bc53434c5e12cb41381a556c3c47e1a86e80e3 -> "
          "0xe0e0e08a6a4b9dc7bd67bcb7aade5cf48157d444 "
          "2115701 of 0x2260fac5e5542a773aa44fbcfedf7c193bc2c599",
          "wrap log:3 0xd4bc53434c5e12cb41381a556c3c47e1a86e80e3 -> "
          "0xd4bc53434c5e12cb41381a556c3c47e1a86e80e3 "
          "900338601037660842 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"}},
    });
    CHECK(decode_file(test::block_file(10000000)).decoded.counts.malformed_logs == 1);
    // Logs with "topics": [] counted in the raw JSON.
    CHECK(decode_file(test::block_file(22869878)).decoded.counts.anonymous_logs == 4);
    CHECK(decode_file(test::block_file(12243999)).decoded.counts.anonymous_logs == 30);
    CHECK(decode_file(test::block_file(24628608)).decoded.counts.anonymous_logs == 2);
}
