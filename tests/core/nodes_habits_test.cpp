// What nodes write differently and mean alike, and what they say of a part's place that is not true.

#include "support/sample_blocks.hpp"

#include <functional>

using namespace moneytrail;
using namespace moneytrail::test;

namespace {

bool is_typed(const json& txn) {
    return txn["type"] != "0x0";
}

// v as legacy transactions have it.
void write_as_legacy(json& txn) {
    if (is_typed(txn)) txn["v"] = txn["yParity"] == "0x1" ? "0x1c" : "0x1b";
}

json& txns(json& document) {
    return document["block"]["transactions"];
}

json& first_typed(json& document) {
    return *std::ranges::find_if(txns(document), is_typed);
}

json& first_log(json& document) {
    return std::ranges::find_if(document["receipts"], [](const json& each) { return !each["logs"].empty(); })
        ->at("logs")[0];
}

}  // namespace

TEST_CASE("`v` beside `yParity` is not a lie") {
    const auto number = GENERATE(from_range(kSamples));
    CAPTURE(number);
    auto document = sample(number);
    for (auto& txn : txns(document)) write_as_legacy(txn);
    CHECK(verified(document).usable());
    const auto block = parse(document);
    REQUIRE(block.has_value());
    for (const auto& txn : block->transactions) CHECK(recover_sender(txn) == txn.from);
    // The transaction's hash says whether v was meant so, also where it stands alone.
    for (auto& txn : txns(document))
        if (is_typed(txn)) txn.erase("yParity");
    CHECK(verified(document).usable());
}

TEST_CASE("a wrong yParity or a wrong v alone is a lie") {
    auto document = sample(22615247);
    auto& txn = first_typed(document);
    const bool odd = txn["yParity"] == "0x1";
    SECTION("yParity beside the right v") {
        txn["yParity"] = odd ? "0x0" : "0x1";
    }
    SECTION("v as legacy transactions have it") {
        txn.erase("yParity");
        txn["v"] = odd ? "0x1b" : "0x1c";
    }
    SECTION("v alone") {
        txn.erase("yParity");
        txn["v"] = "0x1d";
    }
    CHECK(verified(document).transactions == Proof::wrong);
}

TEST_CASE("an authorization's yParity decides, wherever v stands") {
    auto document = sample(24647140);
    int changed = 0;
    for (auto& txn : txns(document)) {
        if (!txn.contains("authorizationList")) continue;
        for (auto& each : txn["authorizationList"]) {
            each["v"] = each["yParity"] == "0x1" ? "0x1c" : "0x1b";  // "v" comes before "yParity"
            ++changed;
        }
    }
    CHECK(changed > 0);
    CHECK(verified(document).usable());
    // The other way round.
    auto text = document.dump();
    for (std::size_t at = 0; (at = text.find(R"("yParity":"0x1"})", at)) != std::string::npos; ++at)
        text.replace(at, 16, R"("yParity":"0x1","v":"0x1b"})");
    text.reserve(text.size() + BlockParser::kPadding);
    const auto block = BlockParser{}.parse(text, Traces::ignore);
    REQUIRE(block.has_value());
    CHECK(verify(*block, 1).usable());
}

TEST_CASE("a part that says it is of another block or transaction is wrong") {
    struct Change {
        const char* name;
        std::function<void(json&)> apply;
        const char* why;
    };
    const auto change = GENERATE(values<Change>({
        {"a transaction's blockNumber", [](json& d) { txns(d)[3]["blockNumber"] = "0x1"; },
         "transactions[3].blockNumber: 1 is not block.number"},
        {"the first transaction's", [](json& d) { txns(d)[0]["blockNumber"] = "0x1"; },
         "transactions[0].blockNumber: 1 is not block.number"},
        {"a transaction's blockHash", [](json& d) { txns(d)[2]["blockHash"] = "0x" + std::string(64, 'e'); },
         "transactions[2].blockHash: 0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee is "
         "not "
         "block.hash"},
        {"a receipt's blockNumber", [](json& d) { d["receipts"][5]["blockNumber"] = "0x2"; },
         "receipts[5].blockNumber: 2 is not block.number"},
        {"a receipt's blockHash",
         [](json& d) { d["receipts"][0]["blockHash"] = "0x" + std::string(64, 'e'); },
         "receipts[0].blockHash: 0xeeee"},
        {"a log's blockNumber", [](json& d) { first_log(d)["blockNumber"] = "0x3"; },
         ".logs[0].blockNumber: 3 is not block.number"},
        {"a log's blockHash", [](json& d) { first_log(d)["blockHash"] = "0x" + std::string(64, 'e'); },
         ".logs[0].blockHash: 0xeeee"},
        {"a log's transactionHash",
         [](json& d) { first_log(d)["transactionHash"] = "0x" + std::string(64, 'e'); },
         ".logs[0].transactionHash: 0xeeee"},
        {"a log's transactionIndex", [](json& d) { first_log(d)["transactionIndex"] = "0x7777"; },
         ".logs[0].transactionIndex: 30583 is not its receipt's"},
    }));
    CAPTURE(change.name);
    auto document = sample(22615247);
    change.apply(document);
    const auto verification = verified(document);
    CHECK(verification.links == Proof::wrong);
    CHECK(verification.wrong());
    CAPTURE(verification.why);
    CHECK(verification.why.find(change.why) != std::string::npos);
}

TEST_CASE("a place that is not said, or said in other letters, is no lie") {
    auto document = sample(22615247);
    const auto apply = [&](const std::function<void(json&)>& change) {
        for (auto& txn : txns(document)) change(txn);
        for (auto& receipt : document["receipts"]) {
            change(receipt);
            for (auto& log : receipt["logs"]) change(log);
        }
    };
    SECTION("left out") {
        apply([](json& part) {
            part.erase("blockHash");
            part.erase("blockNumber");
        });
    }
    SECTION("null") {
        apply([](json& part) {
            part["blockHash"] = nullptr;
            part["blockNumber"] = nullptr;
        });
    }
    SECTION("a bare number, in some places only") {
        document["receipts"][0]["blockNumber"] = 22615247;
        first_log(document)["blockNumber"] = 22615247;
    }
    SECTION("capitals") {
        auto hash = document["block"]["hash"].get<std::string>();
        for (std::size_t i = 2; i < hash.size(); ++i)
            hash[i] = static_cast<char>(std::toupper(static_cast<unsigned char>(hash[i])));
        first_log(document)["blockHash"] = hash;
    }
    CHECK(verified(document).usable());
}

TEST_CASE("holes in the indexes of transactions make the block unverifiable") {
    const auto hole = GENERATE(values<std::size_t>({0, 5}));
    auto document = sample(22615247);
    txns(document).erase(hole);
    document["receipts"].erase(hole);
    const auto verification = verified(document);
    CHECK(verification.transactions == Proof::not_given);
    CHECK(verification.receipts == Proof::not_given);
    CHECK_FALSE(verification.wrong());
    CHECK_FALSE(verification.usable());
}

TEST_CASE("a contract at an address that its creator does not give is a lie") {
    for (const auto number : kSamples) {
        auto document = sample(number);
        auto& all = txns(document);
        const auto creation = std::ranges::find_if(all, [](const json& txn) { return txn["to"].is_null(); });
        if (creation == all.end()) continue;
        auto& receipt = document["receipts"][static_cast<std::size_t>(creation - all.begin())];
        receipt["contractAddress"] = nullptr;
        CHECK(verified(document).usable());
        receipt["contractAddress"] = "0x" + std::string(40, 'e');
        CHECK(verified(document).links == Proof::wrong);
    }
}
