#include "by_hand.hpp"

using namespace moneytrail::test;

namespace {

const std::string kBinance16 = "0xDFd5293D8e347dFe59E90eFd55b2956a1343963d";
const std::string kBitstamp2 = "0x1522900B6daFac587d499a862861C0869Be6E428";
const std::string kFund66b8 = "0x66B870dDf78c975af5Cd8EDC6De25eca81791DE1";
const std::string kGate = "0x0D0707963952f2fBA59dD06f2b425ace40b492Fe";
const std::string kSymbolicA6 = "0xA69babEF1cA67A37Ffaf7a485DfFF3382056e78C";
const std::string kSymbolicFa = "0xFA103c21ea2DF71DFb92B0652F8B1D795e51cdEf";
const std::string kSymbolic50 = "0x5050e08626c499411B5D0E0b5AF0E83d3fD82EDF";

}  // namespace

// T1: the transaction's largest movement of the address. From 17686121, 10, 100 and 1000 ETH are 19 880.80,
// 198 808.02 and 1 988 080.20 USD.
TEST_CASE("by hand: large transfers in the run") {
    const std::vector<ByHand> rows{
        // Block 17686122, transaction 8, value 0x674d1cde4046d8000 = 119 098 200 000 000 000 000 > 100e18;
        // 119.0982 * 1988.08020095 = 236 776.7733….
        {"0x8e3a66663b5d2268712b8ecb54ce15ae22985647a8f775f3b3e41be285af204b",
         kGate,
         "high",
         "value",
         "out",
         "0x4B8A6A",
         "",
         "ETH",
         "119.098200000000000000",
         "236776.77",
         "119.0982 ETH is more than 100 ETH",
         {}},
        // Block 17686113, transaction 106, log 321: USDC Transfer from 0xdfd5… to 0x66b8…, data
        // 0x…0474de5ffcb0 = 4 899 993 550 000. Of what
        // pools said until 17686112, by depth: 1968.73 (323 666 USD), 1970.19 (278 376), 1971.98 (147 768),
        // 1972.67 (67 586); half of it all is reached at the second, log 184 of 17686112, Sync of the pair
        // 0xb4e1…: 27 977 495.553531 USDC to 14 200.404603000910977839 WETH, 1970.190028….
        {"0xb4f95b00f1f81140504fc874c956c21acaa9bf3d7b2c18473531991ff5c40ada",
         kFund66b8,
         "critical",
         "log:0",
         "in",
         "0xDFd529",
         "Binance",
         "USDC",
         "4899993.550000",
         "4899993.55",
         "4 899 993.55 USDC is more than 1 000 ETH (1 970 190.03 USD)",
         {{"threshold_usd", "1970190.03"}}},
        // Block 17686118, transaction 0, log 1: USDC Transfer from 0xa69b… to the pool 0x88e6…, data
        // 0x…051fafd48c1d = 5 633 652 067 357. The other leg, log 0, is 2837.889398… WETH at 1971.60409662
        // (log 8
        // of 17686117, Swap of the pool 0x8ad5…, sqrtPriceX96 1784307610301384525484534806986893): 5 595
        // 194.36,
        // less.
        {"0x108e56841fab07799736730626fe340f06484690744307e84666325b05d357c0",
         kSymbolicA6,
         "critical",
         "log:1",
         "out",
         "0x88e6A0",
         "",
         "USDC",
         "5633652.067357",
         "5633652.07",
         "5 633 652.067357 USDC is more than 1 000 ETH (1 971 604.10 USD)",
         {{"threshold_usd", "1971604.10"}}},
        // Block 17686124, transaction 66: the call from 0x799d… to 0x1522…, in the trace, with value
        // 0x2849b32c42f0b7000 = 46 448 775 000 000 000 000; 46.448775 * 1988.08020095 = 92 343.8899….
        {"0x8987c5cae91f92987cf059f0a264f177c93d5320ca873bf0932eef98a41a67e2",
         kBitstamp2,
         "medium",
         "internal:0",
         "in",
         "0x799dFD",
         "",
         "ETH",
         "46.448775000000000000",
         "92343.89",
         "46.448775 ETH is more than 10 ETH",
         {{"source", "trace, unproven"}}},
        // Block 17686122, transaction 75, log 215: USDT Transfer from 0xdfd5… to 0xfa10…, data
        // 0x…02a2c877c550 =
        // 2 898 171 250 000; 2 898 171.25 > 1 988 080.20. It is told of both sides.
        {"0xd88b2a0cb7fb65c7f9a32c273311f30d7c5331eb19deeb404013ead3721c0484",
         kBinance16,
         "critical",
         "log:0",
         "out",
         "0xFA103c",
         "Symbolic Capital Partners",
         "USDT",
         "2898171.250000",
         "2898171.25",
         "2 898 171.25 USDT is more than 1 000 ETH (1 988 080.20 USD)",
         {{"threshold_usd", "1988080.20"}}},
        {"0xd88b2a0cb7fb65c7f9a32c273311f30d7c5331eb19deeb404013ead3721c0484",
         kSymbolicFa,
         "critical",
         "log:0",
         "in",
         "0xDFd529",
         "Binance",
         "USDT",
         "2898171.250000",
         "2898171.25",
         "2 898 171.25 USDT is more than 1 000 ETH (1 988 080.20 USD)",
         {{"threshold_usd", "1988080.20"}}},
    };
    for (const auto& row : rows) check("T1", row);
}

// One severity lower, and no other rule: the move within an entity.
TEST_CASE("by hand: large transfers within an entity in the run") {
    const std::vector<ByHand> rows{
        // Block 17686120, transaction 42, log 343, its second: WETH from 0x5050… to 0xfa10…, data
        // 0x…0afe4091ce019d95f6 = 202 788 244 335 215 089 142 > 100e18; at 1995.7097513 USD (log 153 of
        // 17686119, Swap of the pool 0x88e6…).
        {"0x0d1af9507059e476346f5f20c59019b6334337f7212a937142d3c8777612ea6f",
         kSymbolic50,
         "medium",
         "log:1",
         "out",
         "0xFA103c",
         "Symbolic Capital Partners",
         "WETH",
         "202.788244335215089142",
         "404706.48",
         "202.788244335215089142 WETH is more than 100 ETH, within Symbolic Capital Partners",
         {}},
        // Block 17686123, transaction 15, log 61: the same from 0xfa10… to 0xa69b…;
        // 202.788244335… * 1988.08020095 = 403 159.2935….
        {"0x6e274c2fdb1896752d5cb9f7bd9ad19e8767a39dfcf8540110d346a0723a0b5e",
         kSymbolicA6,
         "medium",
         "log:0",
         "in",
         "0xFA103c",
         "Symbolic Capital Partners",
         "WETH",
         "202.788244335215089142",
         "403159.29",
         "202.788244335215089142 WETH is more than 100 ETH, within Symbolic Capital Partners",
         {}},
        // Block 17686124, transaction 19, log 97: the USDT from above from 0xfa10… to 0xa69b….
        {"0x749ac88951bda89d4b3691cd566a5d64329ba0eb2e960ca01adebf56f753716f",
         kSymbolicFa,
         "high",
         "log:0",
         "out",
         "0xA69bab",
         "Symbolic Capital Partners",
         "USDT",
         "2898171.250000",
         "2898171.25",
         "2 898 171.25 USDT is more than 1 000 ETH (1 988 080.20 USD), within Symbolic Capital Partners",
         {}},
    };
    for (const auto& row : rows) check("T1", row);
}
