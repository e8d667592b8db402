#include "support/sample_blocks.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using namespace moneytrail::test;

namespace {

std::string element(const std::string& list, std::size_t index) {
    return list + "[" + std::to_string(index) + "]";
}

}  // namespace

TEST_CASE("another chain's block is named") {
    const auto verification = verified(sample(22615247), 137);
    CHECK(verification.links == Proof::wrong);
    CHECK(verification.why.find("1 is another chain, configured is 137") != std::string::npos);
}

TEST_CASE("whose chain a block is, is proven by its header, its transactions and one signature") {
    struct Row {
        const char* name;
        std::function<void(json&)> change;
        std::uint64_t configured;
        std::optional<std::uint64_t> proven;
    };
    const auto row = GENERATE(values<Row>({
        {"its own chain", [](json&) {}, 1, std::nullopt},
        {"another chain", [](json&) {}, 137, 1},
        {"a header that cannot be proven", [](json& d) { d["block"].erase("sha3Uncles"); }, 137,
         std::nullopt},
        {"a transaction that is not the block's",
         [](json& d) { d["block"]["transactions"][0]["nonce"] = "0x7"; }, 137, std::nullopt},
        {"somebody changed the chain id alone",
         [](json& d) { d["block"]["transactions"][1]["chainId"] = "0x89"; }, 1, std::nullopt},
    }));
    CAPTURE(row.name);
    auto document = sample(24647140);
    row.change(document);
    const auto block = parse(document);
    REQUIRE(block.has_value());
    CHECK(proven_other_chain(*block, verify(*block, row.configured), row.configured) == row.proven);
}

TEST_CASE("a header field that is missing makes the header unproven") {
    const std::string field = GENERATE(
        "parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom",
        "difficulty", "gasLimit", "gasUsed", "extraData", "mixHash", "nonce", "baseFeePerGas",
        "withdrawalsRoot", "blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot", "requestsHash");
    CAPTURE(field);
    auto document = sample(22615247);
    document["block"].erase(field);
    const auto verification = verified(document);
    CHECK(verification.header == Proof::not_given);
    CHECK_FALSE(verification.usable());
    CHECK_FALSE(verification.wrong());
    CHECK(verification.why == "block." + field + ": missing");
}

// Elsewhere a field shows the fork: without its last ones the header is whole, and simply another.
TEST_CASE("on an unknown chain the fields given decide the fork") {
    auto document = sample(22615247);
    document["block"].erase("blobGasUsed");
    const auto chain = 5;
    CHECK(verified(document, chain).header == Proof::not_given);
    document = sample(22615247);
    document["block"].erase("requestsHash");
    CHECK(verified(document, chain).header == Proof::wrong);
    CHECK(verified(sample(22615247), chain).header == Proof::right);
}

TEST_CASE("a transaction field that is missing makes the transactions unproven") {
    const std::string field = GENERATE("nonce", "gas", "value", "input", "r", "s", "chainId", "maxFeePerGas");
    CAPTURE(field);
    auto document = sample(22615247);
    auto& transactions = document["block"]["transactions"];
    const auto second =
        std::ranges::find_if(transactions, [](const json& txn) { return txn["type"] == "0x2"; });
    second->erase(field);
    const auto verification = verified(document);
    CHECK(verification.transactions == Proof::not_given);
    CHECK(verification.why ==
          element("transactions", static_cast<std::size_t>(second - transactions.begin())) + "." + field +
              ": missing");
}

TEST_CASE("an empty access list may be left out, another may not") {
    auto document = sample(22615247);
    int emptied = 0;
    for (auto& txn : document["block"]["transactions"])
        if (txn.contains("accessList") && txn["accessList"].empty())
            emptied += static_cast<int>(txn.erase("accessList"));
    CHECK(emptied > 0);
    CHECK(verified(document).transactions == Proof::right);
    for (auto& txn : document["block"]["transactions"]) txn.erase("accessList");
    CHECK(verified(document).transactions == Proof::not_given);
}

TEST_CASE("what has an unknown type is unproven") {
    auto document = sample(22615247);
    document["block"]["transactions"][3]["type"] = "0x7e";
    document["receipts"][3]["type"] = "0x7e";
    const auto verification = verified(document);
    CHECK(verification.transactions == Proof::not_given);
    CHECK(verification.receipts == Proof::not_given);
    CHECK(verification.why == "transactions[3].type: 126 is not known");
    const auto block = parse(document);
    REQUIRE(block.has_value());
    CHECK_FALSE(recover_sender(block->transactions[3]).has_value());
}

TEST_CASE("without the receipts root the header's bloom still judges the logs") {
    auto document = sample(22615247);
    document["block"].erase("receiptsRoot");
    auto& receipts = document["receipts"];
    auto& logs =
        std::ranges::find_if(receipts, [](const json& each) { return !each["logs"].empty(); })->at("logs");
    CHECK(verified(document).receipts == Proof::not_given);

    SECTION("a log of which the bloom knows nothing") {
        logs[0]["address"] = "0x00000000000000000000000000000000deadbeef";
        CHECK(verified(document).receipts == Proof::wrong);
    }
    SECTION("logs left out") {
        for (auto& receipt : receipts) receipt["logs"] = json::array();
        document["block"]["receiptsRoot"] = sample(22615247)["block"]["receiptsRoot"];
        receipts[0].erase("cumulativeGasUsed");
        const auto verification = verified(document);
        CHECK(verification.receipts == Proof::not_given);
        CHECK(verification.why ==
              "receipts[0].cumulativeGasUsed: missing; the logs set fewer bits than block.logsBloom has");
    }
}

TEST_CASE("an unseen list of withdrawals is neither right nor wrong") {
    auto document = sample(22615247);
    document["block"].erase("withdrawals");
    const auto verification = verified(document);
    CHECK(verification.withdrawals == Proof::not_given);
    CHECK(verification.usable());
    CHECK(verification.why == "block.withdrawals: missing");
    CHECK(verified(sample(12459406)).why.empty());
}

TEST_CASE("no sender is recovered from a signature that is none") {
    const auto block = parse(sample(22615247));
    REQUIRE(block.has_value());
    auto txn = block->transactions[0];
    REQUIRE(recover_sender(txn) == txn.from);
    const std::string order =
        "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";  // of secp256k1
    for (const auto& bad : {Word{}, Word::from_hex(order).value()}) {
        auto with_r = txn;
        with_r.r = bad;
        CHECK_FALSE(recover_sender(with_r).has_value());
        auto with_s = txn;
        with_s.s = bad;
        CHECK_FALSE(recover_sender(with_s).has_value());
    }
    txn.r.reset();
    CHECK_FALSE(recover_sender(txn).has_value());
}

// Both signatures (r, s, v) and (r, n - s, the other v) are of the same key; blocks before Homestead have
// both.
TEST_CASE("the high half of s is taken as well") {
    // Homestead's block 1 150 000 is not shipped: the twin of a real signature, made by hand.
    const auto block = parse(sample(12459406));
    REQUIRE(block.has_value());
    auto txn = block->transactions[0];
    REQUIRE(recover_sender(txn) == txn.from);
    const auto order =
        Word::from_hex("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141").value();
    int borrow = 0;
    Word high;
    for (std::size_t i = Word::kSize; i-- > 0;) {
        const int digit = order.bytes()[i] - txn.s->bytes()[i] - borrow;
        borrow = digit < 0 ? 1 : 0;
        high.bytes()[i] = static_cast<std::uint8_t>(digit + borrow * 256);
    }
    txn.s = high;
    auto& parity = txn.v->bytes().back();
    parity = static_cast<std::uint8_t>(parity % 2 == 0 ? parity - 1 : parity + 1);  // 27, 28 and 37, 38 swap
    CHECK(recover_sender(txn) == txn.from);
}
