#include "chain/verify.hpp"

#include "chain/parse_block.hpp"
#include "support/blocks.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <functional>
#include <iostream>
#include <map>

using namespace moneytrail;
using nlohmann::json;

namespace {

// Of real blocks that verify: before London with types 0 and 1; type 3 with an access list; Prague's fields,
// types 0 to 3 and withdrawals; type 4.
constexpr std::array<BlockNumber, 4> kSamples{12459406, 19934116, 22615247, 24647140};

const json& sample(BlockNumber number) {
    static std::map<BlockNumber, json> cache;
    auto& document = cache[number];
    if (document.is_null()) {
        document = json::parse(test::read_gz(test::block_file(number)));
        document.erase("traces");
    }
    return document;
}

Decoded<Block> parse(const json& document) {
    auto text = document.dump();
    text.reserve(text.size() + BlockParser::kPadding);
    return BlockParser{}.parse(text, Traces::ignore);
}

Verification verified(const json& document, std::uint64_t chain_id) {
    const auto block = parse(document);
    REQUIRE(block.has_value());
    return verify(*block, chain_id);
}

Verification verified(const json& document) {
    return verified(document, 1);
}

// One other hex digit at the end.
void flip(json& text) {
    auto digits = text.get<std::string>();
    const auto digit = static_cast<unsigned>(hex_digit(digits.back())) ^ 1U;
    digits.back() = "0123456789abcdef"[digit];
    text = digits;
}

bool is_hex_of_something(const json& value) {
    return value.is_string() && value.get<std::string>().size() > 2;
}

using Part = Proof Verification::*;

// Where a field stands: `list` of the document, the first element of that type which has something at
// `field`.
struct Row {
    std::string list;
    std::string type;  // of a transaction or receipt; empty: any
    std::string field;
    Part part;
};

struct Found {
    BlockNumber number = 0;
    json::json_pointer where;
};

std::optional<Found> find(const Row& row) {
    const json::json_pointer list{row.list};
    const json::json_pointer field{row.field};
    for (const auto number : kSamples) {
        const auto& document = sample(number);
        if (!document.contains(list)) continue;
        if (document.at(list).is_object()) {
            if (document.at(list).contains(field)) return Found{number, list / field};
            continue;
        }
        const auto& elements = document.at(list);
        for (std::size_t i = 0; i < elements.size(); ++i) {
            if (!row.type.empty() && elements[i].at("type") != row.type) continue;
            if (elements[i].contains(field) && is_hex_of_something(elements[i].at(field)))
                return Found{number, list / i / field};
        }
    }
    return std::nullopt;
}

std::vector<Row> rows_of(const std::string& list, const std::string& type, std::vector<std::string> fields,
                         Part part) {
    std::vector<Row> out;
    for (auto& field : fields) out.push_back({list, type, "/" + field, part});
    return out;
}

std::vector<std::string> with(std::vector<std::string> fields, std::initializer_list<const char*> more) {
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
}

// Left out is what no root covers: from, the effective gasPrice of types 2 to 4, gasUsed of a receipt,
// effectiveGasPrice, and repeated block numbers.
std::vector<Row> covered_fields() {
    const std::vector<std::string> header{"hash",         "parentHash",    "sha3Uncles",
                                          "miner",        "stateRoot",     "transactionsRoot",
                                          "receiptsRoot", "logsBloom",     "difficulty",
                                          "number",       "gasLimit",      "gasUsed",
                                          "timestamp",    "extraData",     "mixHash",
                                          "nonce",        "baseFeePerGas", "withdrawalsRoot",
                                          "blobGasUsed",  "excessBlobGas", "parentBeaconBlockRoot",
                                          "requestsHash"};
    const std::vector<std::string> legacy{"hash",  "nonce", "gas", "to", "value",
                                          "input", "v",     "r",   "s",  "chainId"};
    const auto listed = with(legacy, {"yParity", "accessList/0/address", "accessList/0/storageKeys/0"});
    const auto dynamic = with(listed, {"maxFeePerGas", "maxPriorityFeePerGas"});
    const auto transactions = &Verification::transactions;
    std::vector<Row> out;
    for (const auto& rows :
         {rows_of("/block", "", header, &Verification::header),
          rows_of("/block/transactions", "0x0", with(legacy, {"gasPrice"}), transactions),
          rows_of("/block/transactions", "0x1", with(listed, {"gasPrice"}), transactions),
          rows_of("/block/transactions", "0x2", dynamic, transactions),
          rows_of("/block/transactions", "0x3", with(dynamic, {"maxFeePerBlobGas", "blobVersionedHashes/0"}),
                  transactions),
          rows_of("/block/transactions", "0x4",
                  with(dynamic, {"authorizationList/0/chainId", "authorizationList/0/address",
                                 "authorizationList/0/nonce", "authorizationList/0/yParity",
                                 "authorizationList/0/r", "authorizationList/0/s"}),
                  transactions),
          rows_of("/block/transactions", "", {"type", "transactionIndex", "blockHash"}, &Verification::links),
          rows_of("/receipts", "",
                  {"status", "cumulativeGasUsed", "logsBloom", "logs/0/address", "logs/0/topics/0",
                   "logs/0/topics/1", "logs/0/topics/2", "logs/0/topics/3", "logs/0/data"},
                  &Verification::receipts),
          rows_of("/receipts", "",
                  {"type", "transactionHash", "transactionIndex", "blockHash", "logs/0/logIndex"},
                  &Verification::links),
          rows_of("/block/withdrawals", "", {"index", "validatorIndex", "address", "amount"},
                  &Verification::withdrawals)})
        out.insert(out.end(), rows.begin(), rows.end());
    return out;
}

std::string element(const std::string& list, std::size_t index) {
    return list + "[" + std::to_string(index) + "]";
}

}  // namespace

TEST_CASE("a flipped digit in any covered field is seen") {
    for (const auto& row : covered_fields()) {
        CAPTURE(row.list, row.type, row.field);
        const auto found = find(row);
        // Mainnet's few type-4 transactions here have no access list; the others' show that it is covered.
        if (row.type == "0x4" && row.field.starts_with("/accessList")) continue;
        REQUIRE(found.has_value());
        auto document = sample(found->number);
        flip(document.at(found->where));
        // Two transactions with one index are no block at all.
        if (row.list == "/block/transactions" && row.field == "/transactionIndex") {
            CHECK_FALSE(parse(document).has_value());
            continue;
        }
        const auto verification = verified(document);
        CHECK(verification.*row.part == Proof::wrong);
        CHECK(verification.wrong());
        CHECK_FALSE(verification.usable());
        CHECK_FALSE(verification.why.empty());
    }
}

TEST_CASE("the samples are right before anything is changed") {
    for (const auto number : kSamples) {
        CAPTURE(number);
        CHECK(verified(sample(number)).usable());
    }
}

TEST_CASE("a broken structure is seen") {
    struct Change {
        const char* name;
        std::function<void(json&)> apply;
    };
    const auto change = GENERATE(
        Change{"receipts swapped", [](json& d) { std::swap(d["receipts"][0], d["receipts"][1]); }},
        Change{"receipt dropped", [](json& d) { d["receipts"].erase(0); }},
        Change{"last receipt dropped", [](json& d) { d["receipts"].erase(d["receipts"].size() - 1); }},
        Change{"transaction dropped", [](json& d) { d["block"]["transactions"].erase(0); }},
        Change{"transaction and receipt dropped at the end",
               [](json& d) {
                   d["block"]["transactions"].erase(d["block"]["transactions"].size() - 1);
                   d["receipts"].erase(d["receipts"].size() - 1);
               }},
        Change{"transactions swapped",
               [](json& d) { std::swap(d["block"]["transactions"][0], d["block"]["transactions"][1]); }},
        Change{"withdrawal dropped", [](json& d) { d["block"]["withdrawals"].erase(0); }},
        Change{"withdrawals emptied", [](json& d) { d["block"]["withdrawals"] = json::array(); }},
        Change{"log dropped", [](json& d) {
                   for (auto& receipt : d["receipts"])
                       if (!receipt["logs"].empty()) return void(receipt["logs"].erase(0));
               }});
    CAPTURE(change.name);
    auto document = sample(22615247);
    change.apply(document);
    const auto verification = verified(document);
    CHECK(verification.wrong());
    CHECK_FALSE(verification.usable());
}

TEST_CASE("another chain's block is named") {
    const auto verification = verified(sample(22615247), 137);
    CHECK(verification.links == Proof::wrong);
    CHECK(verification.why.find("1 is another chain, configured is 137") != std::string::npos);
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
