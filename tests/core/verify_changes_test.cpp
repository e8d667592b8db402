#include "support/sample_blocks.hpp"

#include <catch2/catch.hpp>

#include <functional>

using namespace moneytrail;
using namespace moneytrail::test;

namespace {

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

std::vector<Row> joined(const std::vector<std::vector<Row>>& parts) {
    std::vector<Row> out;
    for (const auto& rows : parts) out.insert(out.end(), rows.begin(), rows.end());
    return out;
}

std::vector<std::string> with(std::vector<std::string> fields, std::initializer_list<const char*> more) {
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
}

std::vector<Row> transaction_rows() {
    const std::string list = "/block/transactions";
    const auto part = &Verification::transactions;
    const std::vector<std::string> all{"hash", "nonce", "gas", "to", "value", "input", "r", "s", "chainId"};
    // Where yParity is given, v is not looked at.
    const auto listed = with(all, {"yParity", "accessList/0/address", "accessList/0/storageKeys/0"});
    const auto dynamic = with(listed, {"maxFeePerGas", "maxPriorityFeePerGas"});
    const auto blob = with(dynamic, {"maxFeePerBlobGas", "blobVersionedHashes/0"});
    // Mainnet's few type-4 transactions here have no access list; that of the others is written by the same
    // code.
    auto set_code = with(all, {"yParity", "maxFeePerGas", "maxPriorityFeePerGas"});
    for (const auto* field : {"chainId", "address", "nonce", "yParity", "r", "s"})
        set_code.push_back(std::string{"authorizationList/0/"} + field);
    return joined({rows_of(list, "0x0", with(all, {"v", "gasPrice"}), part),
                   rows_of(list, "0x1", with(listed, {"gasPrice"}), part),
                   rows_of(list, "0x2", dynamic, part), rows_of(list, "0x3", blob, part),
                   rows_of(list, "0x4", set_code, part),
                   rows_of(list, "", {"type", "transactionIndex", "blockHash"}, &Verification::links)});
}

std::vector<Row> receipt_rows() {
    return joined({rows_of("/receipts", "",
                           {"status", "cumulativeGasUsed", "logsBloom", "logs/0/address", "logs/0/topics/0",
                            "logs/0/topics/1", "logs/0/topics/2", "logs/0/topics/3", "logs/0/data"},
                           &Verification::receipts),
                   rows_of("/receipts", "",
                           {"type", "transactionHash", "transactionIndex", "blockHash", "logs/0/logIndex"},
                           &Verification::links)});
}

// Left out is what no root covers: from, the effective gasPrice of types 2 to 4, gasUsed of a receipt,
// effectiveGasPrice, and repeated block numbers.
std::vector<Row> covered_fields() {
    return joined({rows_of("/block", "", {"hash",         "parentHash",    "sha3Uncles",
                                          "miner",        "stateRoot",     "transactionsRoot",
                                          "receiptsRoot", "logsBloom",     "difficulty",
                                          "number",       "gasLimit",      "gasUsed",
                                          "timestamp",    "extraData",     "mixHash",
                                          "nonce",        "baseFeePerGas", "withdrawalsRoot",
                                          "blobGasUsed",  "excessBlobGas", "parentBeaconBlockRoot",
                                          "requestsHash"},
                           &Verification::header),
                   transaction_rows(), receipt_rows(),
                   rows_of("/block/withdrawals", "", {"index", "validatorIndex", "address", "amount"},
                           &Verification::withdrawals)});
}

}  // namespace

TEST_CASE("a flipped digit in any covered field is seen") {
    for (const auto& row : covered_fields()) {
        CAPTURE(row.list, row.type, row.field);
        const auto found = find(row);
        REQUIRE(found.has_value());
        auto document = sample(found->number);
        flip(document.at(found->where));
        // Two transactions or receipts with one index are no block at all.
        if (row.field == "/transactionIndex") {
            CHECK_FALSE(test::parse(document).has_value());
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
