#include "archive/read_packed_text.hpp"
#include "labels/deposit_text.hpp"
#include "lists/known_lists.hpp"

#include <catch2/catch.hpp>

#include <cctype>
#include <map>
#include <set>

using namespace moneytrail;
using namespace moneytrail::labels;
using Catch::Equals;

namespace {

const std::filesystem::path kConfigs = MONEYTRAIL_SOURCE "/configs";
const Lists kShipped{.entities = kConfigs / "entities.csv",
                     .labels = {kConfigs / "labels.csv.gz", kConfigs / "phishing.csv.gz"},
                     .tokens = {kConfigs / "tokens.csv"}};

const KnownLists& shipped() {
    static const auto kKnown = load_known_lists(kShipped, {}).value();
    return kKnown;
}

const Names& names() {
    static const auto kNames = load_names(kShipped).value();
    return kNames;
}

NamedText unpacked(const std::filesystem::path& path) {
    return {path.string(), read_packed_text(path, 100'000'000).value()};
}

std::string id_of(std::string_view name) {
    const auto* naming = names().find(name);
    return naming ? naming->id : "";
}

// A name without what spellings differ in: "Gate.io", "gate io", "GateIO Exchange".
std::string normalised(std::string_view name) {
    std::string out;
    for (const char c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
            out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    for (const std::string_view ending : {"exchange", "global", "com", "io", "network", "finance"})
        if (out.ends_with(ending) && out.size() > ending.size() + 2) out.resize(out.size() - ending.size());
    return out;
}

}  // namespace

TEST_CASE("the shipped lists are right and silent") {
    CHECK(shipped().notes.empty());
    // 19 182 and 7 408 lines less nothing: zcat FILE | tail -n +2 | wc -l
    CHECK(shipped().labels.lines == 26'590);
    CHECK(shipped().labels.book.repeated() == 0);
}

TEST_CASE("every name of the shipped lists has an organisation") {
    std::set<std::string> missing;
    Problems problems{50};
    for (const auto& path : kShipped.labels)
        read_labels(unpacked(path), names(), problems, [&](const Label& label) {
            if (!label.name.empty() && names().find(label.name) == nullptr) missing.emplace(label.name);
        });
    CHECK(problems.empty());
    CHECK(missing.empty());
}

TEST_CASE("names of one organisation have one id") {
    const auto row = GENERATE(values<std::vector<std::string>>({
        {"uniswap", "Uniswap V2", "Uniswap V3", "UniswapX", "Uniswap Protocol"},
        {"htx", "HTX", "Huobi", "HTX (Huobi)", "Huobi Mining Pool"},
        {"binance", "Binance", "Binance Deposit", "Binance JEX"},
        {"coinbase", "Coinbase", "Coinbase Prime", "Coinbase Cold"},
        {"okx", "OKX", "OKEx", "OKEX Mining Pool 1"},
        {"kucoin", "KuCoin", "Kucoin", "KuCoin Contract"},
        {"ftx", "FTX", "Ftx", "FTX Exchange"},
        {"mexc", "MEXC", "Mexc.com"},
        {"ascendex", "AscendEX", "BitMax"},
        {"coinex", "CoinEx", "Coinex"},
        {"celsius", "Celsius Network", "CelsiusX"},
        {"aave", "Aave", "AAVE", "AaveV2", "AaveV3"},
        {"curve", "Curve.fi", "Curve Finance", "CurveV2PlainPoolImpl"},
        {"1inch", "1inch", "1inch v5", "OneInchV5", "1inch Network"},
        {"balancer", "Balancer", "BalancerV1", "BalancerV2"},
        {"maker", "Maker", "Maker DAO", "MakerPSM"},
        {"cow", "CoW Protocol", "Cowswap"},
        {"compound", "Compound", "CompoundV2"},
        {"yearn", "yearn", "Yearn", "Yearn.Finance", "Yearn Finance"},
        {"multichain", "Multichain", "AnySwap"},
        {"polygon", "Polygon", "Polygon (Matic)"},
        {"arbitrum", "Arbitrum", "Arbitrum One", "Arbitrum Nova"},
        {"dwf-labs", "DWF Labs", "DWFLabs"},
        {"zapper", "Zapper.Fi", "Zapper Fi", "Zapper.FI"},
    }));
    for (std::size_t i = 1; i < row.size(); ++i) {
        CAPTURE(row[i]);
        CHECK(id_of(row[i]) == row[0]);
    }
}

TEST_CASE("no exchange has two ids") {
    std::map<std::string, std::set<std::string>> ids;
    for (const auto& naming : names().all())
        if (naming.kind == Kind::cex && !naming.id.empty()) ids[normalised(naming.name)].insert(naming.id);
    for (const auto& [name, same] : ids) {
        CAPTURE(name, same);
        CHECK(same.size() == 1);
    }
}

// Arkham's GET /intelligence/entity_types.
TEST_CASE("every type of Arkham's has a kind") {
    for (const auto* type : {"gaming",
                             "derivatives",
                             "misc",
                             "nft-marketplace",
                             "hacker",
                             "dex",
                             "defi",
                             "crosschain-interoperability",
                             "privacy",
                             "meme",
                             "smart-contract-platform",
                             "charity",
                             "blockchain-infra",
                             "blockchain-infrastructure",
                             "bridge",
                             "real-world-assets",
                             "launchpad",
                             "fund-decentralized",
                             "miner-validator",
                             "faucet",
                             "oracle",
                             "dao",
                             "insurance",
                             "staking",
                             "ai",
                             "mixer",
                             "blockchain-scaling",
                             "individual",
                             "fund",
                             "prediction-market",
                             "ponzi",
                             "social",
                             "dex-aggregator",
                             "scam",
                             "validator",
                             "liquid-staking",
                             "yield",
                             "custodian",
                             "government",
                             "lending-centralized",
                             "cex",
                             "mev",
                             "darkweb",
                             "lending-decentralized",
                             "cdp",
                             "wallet",
                             "otc",
                             "ransomware",
                             "gambling",
                             "stablecoin",
                             "nft"}) {
        CAPTURE(type);
        CHECK(names().find_category(type) != nullptr);
    }
    CHECK(names().find_category("individual")->kind == Kind::person);
    CHECK(names().find_category("hacker")->flag == Flag::hacker);
    CHECK(names().find_category("ponzi")->flag == Flag::scam);
}

TEST_CASE("victims, vault owners and delegates are persons without a flag") {
    for (const auto* name : {"Multichain Hack Alert", "Sorbet Finance Hack Alert", "Parity Bug",
                             "Maker Vault Owner", "Sybil Delegate", "Balancer Vested Shareholders"}) {
        CAPTURE(name);
        const auto who = names().resolve(name, "protocol");
        CHECK(who.organisation.kind == Kind::person);
        CHECK(who.flag == Flag::none);
    }
}

TEST_CASE("well-known addresses are whose they are") {
    struct Row {
        const char* address;
        const char* id;
        Kind kind;
        Flag flag = Flag::none;
    };
    const auto row = GENERATE(
        Row{"0x28c6c06298d514db089934071355e5743bf21d60", "binance", Kind::cex},   // Binance 14
        Row{"0x2910543af39aba0cd09dbb2d50200b3e800a63d2", "kraken", Kind::cex},    // Kraken
        Row{"0x71660c4005ba85c37ccec55d0c4493e66fe775d3", "coinbase", Kind::cex},  // Coinbase 1
        Row{"0x6cc5f688a315f3dc28a7781717a9a798a59fda7b", "okx", Kind::cex},       // OKX
        Row{"0xd90e2f925da726b50c4ed8d0fb90ad053324f31b", "tornado-cash", Kind::mixer,
            Flag::mixer},  // router
        Row{"0xa160cdab225685da1d56aa342ad8841c3b53f291", "tornado-cash", Kind::mixer,
            Flag::mixer},                                                                // 100 ETH
        Row{"0x7a250d5630b4cf539739df2c5dacb4c659f2488d", "uniswap", Kind::protocol},    // V2 router 2
        Row{"0xe592427a0aece92de3edee1f18e0157c05861564", "uniswap", Kind::protocol},    // V3 router
        Row{"0x3fc91a3afd70395cd496c647d5a6cc9d4b2b7fad", "uniswap", Kind::protocol},    // universal router
        Row{"0xd9e1ce17f2641f24ae83637ab66a2cca9c378b9f", "sushiswap", Kind::protocol},  // router
        Row{"0x1111111254eeb25477b68fb85ed929f73a960582", "1inch", Kind::protocol},      // router v5
        Row{"0xdef1c0ded9bec7f1a1670819833240f027b25eff", "0x", Kind::protocol},         // exchange proxy
        Row{"0x9008d19f58aabd9ed0d60971565aa8510560ab41", "cow", Kind::protocol},        // settlement
        Row{"0xba12222222228d8ba445958a75a0704d566bf2c8", "balancer", Kind::protocol},   // vault
        Row{"0xbebc44782c7db0a1a60cb6fe97d0b483032ff1c7", "curve", Kind::protocol},      // 3pool
        Row{"0x87870bca3f3fd6335c3f4ce8392d69350b4fa4e2", "aave", Kind::protocol},       // V3 pool
        Row{"0x3ee18b2214aff97000d974cf647e7c347e8fa585", "wormhole", Kind::bridge},     // token bridge
        Row{"0x99c9fc46f92e8a1c0dec1b1747d010903e884be1", "optimism", Kind::bridge},     // gateway
        Row{"0x8315177ab297ba92a06054ce80a67ed4dbd7ed3a", "arbitrum", Kind::bridge},     // bridge
        // Ronin's thief, on OFAC's list since 14 April 2022.
        Row{"0x098b716b8aaf21512996dc57eb0615e2383e2f96", "ronin-bridge-exploiter", Kind::flagged,
            Flag::sanctioned},
        Row{"0x9507c04b10486547584c37bcbd931b2a4fee9a41", "jump-trading", Kind::fund},
        Row{"0x8583ee650c6566503d1d9dd3fae76498e7e4ccaa", "phishing", Kind::flagged, Flag::phishing});
    CAPTURE(row.address);
    const auto& book = shipped().labels.book;
    const auto* identity = book.find(Address::from_hex(row.address).value());
    REQUIRE(identity != nullptr);
    CHECK(book.organisation(identity->organisation).id == row.id);
    CHECK(book.organisation(identity->organisation).kind == row.kind);
    CHECK(identity->flag == row.flag);
    CHECK(identity->role == Role::plain);
}

TEST_CASE("deposit addresses of the shipped lists are the exchange's") {
    // "Wintermute: Binance Deposit", brianleect/etherscan-labels
    const auto& book = shipped().labels.book;
    const auto& identity =
        *book.find(Address::from_hex("0xb3f923eabaf178fc1bd8e13902fc5c61d3ddef5b").value());
    CHECK(book.organisation(identity.organisation).id == "binance");
    CHECK(identity.role == Role::deposit);
    REQUIRE(identity.used_by);
    CHECK(book.organisation(*identity.used_by).id == "wintermute");
}

TEST_CASE("no label makes an exchange of what the list of names calls something else") {
    Problems problems{50};
    for (const auto& path : kShipped.labels)
        read_labels(unpacked(path), names(), problems, [&](const Label& label) {
            const auto* naming = names().find(label.name);
            if (naming == nullptr || label.category != "cex" || naming->kind == Kind::cex) return;
            const auto deposit = parse_deposit(label.text);
            CAPTURE(label.name, label.text);
            CHECK((deposit && !deposit->used_by.empty()));
        });
}

TEST_CASE("the shipped lists stay small") {
    std::uintmax_t bytes = 0;
    for (const auto& path : kShipped.labels) bytes += std::filesystem::file_size(path);
    CHECK(bytes < 3'000'000);
}
