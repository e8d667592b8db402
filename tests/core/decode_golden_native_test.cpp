// Native coin: what was sent, what contracts passed on, and what looks like a payment and is none. Every row
// was read by hand in the raw JSON; the comments quote what was read.

#include "core/decode_golden.hpp"

using namespace moneytrail;
using moneytrail::test::check;
using moneytrail::test::decode_file;
using moneytrail::test::lines_of;

TEST_CASE("transcribed by hand: sent and not sent") {
    check({
        // status 0x1, input 0x, value 0xb3005f445c4c00; the only trace is the root call.
        {"plain send, type 1",
         17686110,
         48,
         "0x2ea522acb9e46c1b8fca7ff3c936898a753180e86701f5658d2ecc83150a0127",
         {"native value 0x264bd8291fae1d75db2c5f573b07faa6715997b5 -> "
          "0xa2c582716ea4a3164863d1db4bd5ef6a94005383 "
          "50384430000000000"}},
        // status 0x0, value 0x13fbe85edc90000 (0.09 ETH), root trace "Reverted", no logs: the money stayed.
        {"failed with value",
         17686125,
         198,
         "0x4c24c3863f87ef19dd04946643ff15c8047b958ed3ea5d33979659cf2db72796",
         {}},
        // status 0x0, input a9059cbb = transfer(address,uint256): a token transfer that left no log.
        {"failed token transfer, type 0",
         17686111,
         32,
         "0x11781c38755c652b42464d4e468d16bad723dc7917d7bcfa5a7d4d5b61678a51",
         {}},
        // status 0x0. Trace [0,0,0,0] pays 0x580a6a63571400 into WETH and has no error of its own, but its
        // ancestors
        // [0,0,0], [0,0], [0] and [] are all "Reverted".
        {"failed, with a call inside that succeeded",
         17686127,
         124,
         "0xd4ade9edc268a6ef8ed9c036d20c5fedbaeda8eabc3627d95dbb65a2b608c616",
         {}},
        // status 0x0, value 0xfa05 = 64005 wei; the block has traces but none of this transaction.
        {"failed with value, without a trace",
         15000000,
         8,
         "0x196e0137ec3d02ac4c05cbc4be1c79c9bb916968541f805318c368927618b551",
         {}},
        // Type 1, status 0x0, value 0x0; three static calls inside.
        {"failed without value, type 1",
         12505500,
         26,
         "0x84a1addb0202b916a9b4e8e0edb4aeee4355eced89e756dca30ab8cc1f546a11",
         {}},
        // Type 3, status 0x1, value 0x0, input 0x: the blobs are the point.
        {"blob transaction that moves nothing",
         22188088,
         19,
         "0xaef8e6052e41d921fe975f8e5cad3be65df9474a844948f5ffb43714c7ba6f09",
         {}},
        // Type 4, status 0x1, value 0x0, to the zero address: only the authorization matters.
        {"delegation that moves nothing, type 4",
         25229957,
         72,
         "0xeec07be39b558248f1c598fe8619b2a73d6408e3ddbfdeb18ff9f8c236b49631",
         {}},
        // to: null, contractAddress 0x7dbe…cc0c, value 0x0, no logs.
        {"contract creation without value",
         15752489,
         122,
         "0x2fecfe7a3e55f055bdad9024c0c5ad81c11df027eff9b461f871fa2e28a587bd",
         {}},
        // to: null. Log 0 is OwnershipTransferred (0x8be0079c…) with zero in topic 1, log 2 PairCreated; log
        // 1 is a
        // Transfer from zero to the creator, data 0x33b2e3c9fd0803ce8000000 = 1e27. The creates have value
        // 0x0.
        {"contract creation that mints",
         17686118,
         77,
         "0x19b90635b8b90d4243070b856c09a75c2332fac91d776cbdd097885a084ec4c4",
         {"erc20 log:1 0x0000000000000000000000000000000000000000 -> "
          "0x10ef8013e94d6b7619e4570e1c42cb3ad266c73e "
          "1000000000000000000000000000 of 0x0000000001d11ff1aaee65e923f5657e45b260e1"}},
    });
}

TEST_CASE("transcribed by hand: passed on by contracts") {
    check({
        // value 0x0. Trace [0] is a create with value 0x16345785d8a0000 (0.1 ETH), its result's address
        // 0x0000…9f56.
        {"creation by a contract, with value, before London",
         11114732,
         31,
         "0xbe72633d4d364570b28f8ab82aec9df0bf717f034f66bfcd1c9a17c80ed098cf",
         {"internal internal:0 0x55757942b19e543a7d4c909f952f5509b10b66b3 -> "
          "0x0000000000007f150bd6f54c40a34d7c3d5e9f56 100000000000000000"}},
        // status 0x1, value 0x0. Trace [2] is a delegatecall that is "Reverted"; below it, without errors,
        // [2,0] pays
        // 47.48 ETH into WETH and [2,4,0] gets 46.91 back. Nothing of it happened, and there is no log.
        {"reverted branch of a successful transaction",
         10971399,
         36,
         "0xb11ae125e72eb709f4e4b0e15ad75d0e639346ecb6b3764c2d0e814eed38a5f3",
         {}},
        // Trace [1] calls a contract, [1,0] is its "suicide" with balance 0x0.
        {"self-destruct without balance",
         12498513,
         4,
         "0x24650476f782d7c2e87474aa80eba027101f14e84212e68e889ad634186047b1",
         {}},
        // value 0x139596ec5308000. Trace [0] is a delegatecall and shows the same value again: it is not a
        // payment.
        {"delegatecall that shows the value",
         11114732,
         99,
         "0x10340dcd9cfd48311a9a89c4bdc7c2b52a973921156e2e04f8a91f712839f6a0",
         {"native value 0xdd859fbc791a25cc4b74c1696974ac095c1c1dc6 -> "
          "0x128f1b63098c7e6a8be71df0732c555a9a5cddc4 "
          "88200000000000000"}},
        // value 0xc2291f534ac00; trace [0] sends the same to 0xdafe…8bc5, the block's fee recipient.
        {"tip to the block's builder",
         17686132,
         20,
         "0xdb712987a130ee07ff3c524fffe55ca8af318fd19a3ae03f0275513fb4a8260c",
         {"native value 0xcb391e625d901c1ec153c37e55fd71a348075bb4 -> "
          "0x6a3d5bf2e4f12e9fb1098dd2692556cf6a0b2428 "
          "3415710000000000",
          "internal internal:0 0x6a3d5bf2e4f12e9fb1098dd2692556cf6a0b2428 -> "
          "0xdafea492d9c6733ae3d56b7ed1adb60692c98bc5 3415710000000000"}},
        // Depths three and two: [0,0,0] is WETH paying 0xf60b57eef4fa3e394 to the wallet, [0,1] the wallet
        // paying it
        // on. [0] is a delegatecall. Log 0 is WETH's Withdrawal (0x7fcf532c…) of the same amount.
        {"nested calls with an unwrap",
         17686117,
         147,
         "0xb92db74ff754e872318a8ff64731464032697a7151925848a63469db4224640d",
         {"internal internal:0 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2 -> "
          "0xe8cfad4c75a5e1caf939fd80afcf837dde340a69 283669776670367409044",
          "internal internal:1 0xe8cfad4c75a5e1caf939fd80afcf837dde340a69 -> "
          "0x8b8652ace23f5559d686a56fe838b4c44bd8c499 283669776670367409044",
          "unwrap log:0 0xe8cfad4c75a5e1caf939fd80afcf837dde340a69 -> "
          "0xe8cfad4c75a5e1caf939fd80afcf837dde340a69 "
          "283669776670367409044 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"}},
        // [0] is the contract calling itself with the value, [0,0] its payment into WETH; log 0 WETH's
        // Deposit, log 2
        // the WETH Transfer; log 1 is the bridge's own event.
        {"contract that pays itself, then wraps",
         17686123,
         125,
         "0xe388b3e10e9e48caefd3a03629c8d92f6e2b2d334c33e017fb36e3f3994710f7",
         {"native value 0x63fc6cca56835111eb88b80cbebe9f5654289045 -> "
          "0x7e7a0e201fd38d3adaa9523da6c109a07118c96a "
          "2650000000000000000",
          "internal internal:0 0x7e7a0e201fd38d3adaa9523da6c109a07118c96a -> "
          "0x7e7a0e201fd38d3adaa9523da6c109a07118c96a 2650000000000000000",
          "internal internal:1 0x7e7a0e201fd38d3adaa9523da6c109a07118c96a -> "
          "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2 2650000000000000000",
          "wrap log:0 0x7e7a0e201fd38d3adaa9523da6c109a07118c96a -> "
          "0x7e7a0e201fd38d3adaa9523da6c109a07118c96a "
          "2650000000000000000 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
          "erc20 log:2 0x7e7a0e201fd38d3adaa9523da6c109a07118c96a -> "
          "0x2796317b0ff8538f253012862c06787adfb8ceb6 "
          "2650000000000000000 of 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"}},
        // Log 0 has the topic of WETH's Deposit but comes from 0x265c…84aa: another contract's affair.
        {"Deposit of a contract that is not WETH",
         17686117,
         140,
         "0x591d3ef499014f580882b43f2e354ed40ba91f2c4fe0c1e2468eb2715710eba4",
         {"native value 0x6b23ae385007b4e59d6a4de03f89ef26d9fa8bac -> "
          "0xbb1f75446c0c68092f1b316277e414468902574d "
          "1500000000000000000",
          "internal internal:0 0xbb1f75446c0c68092f1b316277e414468902574d -> "
          "0x265c27c849b0e1a62636f6007e8a74dc2a2584aa 1500000000000000000",
          "internal internal:1 0x265c27c849b0e1a62636f6007e8a74dc2a2584aa -> "
          "0x3727cfcbd85390bb11b3ff421878123adb866be8 1500000000000000000"}},
        // Type 4: the EntryPoint runs a wallet that an authorization gave code. Log 2 is the only Transfer
        // (USDT,
        // data 0xfb5dfab); [3] pays the bundler 0x1ff0f2528fba wei.
        {"smart wallet through an EntryPoint, type 4",
         24647140,
         25,
         "0x96d315b638d08530647edc41821d13e14daf20e63301068296e975996d973e10",
         {"internal internal:0 0x0000000071727de22e5e9d8baf0edac6f37da032 -> "
          "0x4337013ef5cd421cef649fc58c1b0defd37bbeb1 35119718109114",
          "erc20 log:2 0xfaae2946e846133af314d1df13684c89fa7d83dd -> "
          "0xb8c9e690d294ed4e69aace2c2c0a163380dbaaa4 "
          "263577515 of 0xdac17f958d2ee523a2206206994597c13d831ec7"}},
        // Type 4. Calls with value, in order: [4,2], [4,3], [7], [8]. Logs 0 and 3 are Transfers of the same
        // amount;
        // 1, 4 and 5 Approvals, 2 and 6 events of the sale.
        {"sale whose proceeds are split, type 4",
         25229957,
         0,
         "0x1483133944ef776c555459590b382362bbe4213797fd22ed39b18d9ea22c96bb",
         {"internal internal:0 0xd9f8bbe437a3423b725c6616c1b543775ecf1110 -> "
          "0x2f56cb340fea590a2a801081118bf3143309329d 419626704838886",
          "internal internal:1 0xd9f8bbe437a3423b725c6616c1b543775ecf1110 -> "
          "0xcd17084c84dae21a22105848998cde8aec8b474b 41543043779049719",
          "internal internal:2 0xcd17084c84dae21a22105848998cde8aec8b474b -> "
          "0x21dd4aaecdc2550d7d4a9f6b2916d292488213af 41127613341259222",
          "internal internal:3 0xcd17084c84dae21a22105848998cde8aec8b474b -> "
          "0xb25750fa55b302c9a3997f64d24c0b14afdd3165 415430437790497",
          "erc20 log:0 0x21dd4aaecdc2550d7d4a9f6b2916d292488213af -> "
          "0xcd17084c84dae21a22105848998cde8aec8b474b "
          "9294804342220716078079679 of 0x26e742d1de8052c2290e4cf52b3b6ef585df1110",
          "erc20 log:3 0xcd17084c84dae21a22105848998cde8aec8b474b -> "
          "0xd9f8bbe437a3423b725c6616c1b543775ecf1110 "
          "9294804342220716078079679 of 0x26e742d1de8052c2290e4cf52b3b6ef585df1110"}},
    });
}

TEST_CASE("transcribed by hand: withdrawals come after all transactions") {
    const auto file = decode_file(test::block_file(22188088));
    const auto lines = lines_of(file.decoded, kNoTransaction);
    REQUIRE(lines.size() == 16);
    // index 0x4ea166b, amount 0x1261152 gwei = 19272018 gwei.
    CHECK(lines[0] ==
          "withdrawal withdrawal:82450027 0x0000000000000000000000000000000000000000 -> "
          "0xb9d7934878b5fb9610b3fe8a5e441e8fad7e293f 19272018000000000");
    // index 0x4ea166d, amount 0xa6136a3 gwei = 174143139 gwei.
    CHECK(lines[2] ==
          "withdrawal withdrawal:82450029 0x0000000000000000000000000000000000000000 -> "
          "0xb9d7934878b5fb9610b3fe8a5e441e8fad7e293f 174143139000000000");
    // index 0x4ea167a, amount 0x126a911 gwei = 19310865 gwei.
    CHECK(lines[15] ==
          "withdrawal withdrawal:82450042 0x0000000000000000000000000000000000000000 -> "
          "0xb9d7934878b5fb9610b3fe8a5e441e8fad7e293f 19310865000000000");
    for (std::size_t i = 0; i < 16; ++i)
        CHECK(file.decoded.transfers[file.decoded.transfers.size() - 16 + i].kind ==
              Transfer::Kind::withdrawal);
}

TEST_CASE("transcribed by hand: the reward of a block is no transfer") {
    // Two traces of type "reward" (block and uncle), without a transaction. The miner's is
    // 0x1c9f78d2893e4000.
    const auto file = decode_file(test::block_file(10384319));
    CHECK(file.decoded.counts.untraced == 0);
    for (const auto& transfer : file.decoded.transfers) {
        CHECK(transfer.position.txn_index < file.block.transactions.size());
        CHECK(to_raw(transfer.amount) != Raw{0x1c9f78d2893e4000});
    }
}
