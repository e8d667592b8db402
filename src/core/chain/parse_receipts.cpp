#include "parse_parts.hpp"

namespace moneytrail {

using json::count;
using json::fixed;
using json::id;
using json::is_null;
using json::number;
using json::ondemand::array;
using json::ondemand::object;
using json::ondemand::value;

namespace {

void parse_topics(array topics, Log& log) {
    for (auto topic : topics) {
        if (log.topic_count == log.topics.size()) json::fail("expected at most 4 topics");
        value element = topic.value();
        log.topics[log.topic_count++] = fixed<Word>(element);
    }
}

// Where a receipt stands, and with whom its parts are held to agree.
struct Reading {
    ByteArena& arena;
    Claims& claims;
    std::size_t index;
};

Log parse_log(object object, const Reading& reading, std::size_t log_index) {
    const Claimant by{"receipts", reading.index, log_index};
    Log log;
    bool has_address = false;
    bool has_topics = false;
    bool has_data = false;
    each_field(object, [&](std::string_view key, value& field) {
        const auto is = [&](std::string_view name) { return key == name; };
        switch (id(key)) {
            case id("address"):
                return is("address") && (log.address = fixed<Address>(field), has_address = true);
            case id("topics"):
                return is("topics") && (parse_topics(json::array(field), log), has_topics = true);
            case id("data"):
                return is("data") && (log.data = reading.arena.decode(field), has_data = true);
            case id("logIndex"):
                return is("logIndex") && (log.block_wide_index = count(field), true);
            case id("blockHash"):
                return is("blockHash") && reading.claims.block_hash(field, by);
            case id("blockNumber"):
                return is("blockNumber") && reading.claims.block_num(field, by);
            case id("transactionHash"):
                return is("transactionHash") && reading.claims.log_txn_hash(field, by);
            case id("transactionIndex"):
                return is("transactionIndex") && reading.claims.log_txn_index(field, by);
            default:
                return false;
        }
    });
    require(has_address, "address");
    require(has_topics, "topics");
    require(has_data, "data");
    return log;
}

bool status(value& field) {
    const auto code = number(field);
    if (code > 1) json::fail("expected 0x0 or 0x1, got " + std::to_string(code));
    return code == 1;
}

// Fields that say how the transaction ended and what it made; null at some providers where there is nothing
// to say. False: it is none of them.
bool parse_outcome(std::string_view key, value& field, Receipt& receipt) {
    const auto is = [&](std::string_view name) { return key == name; };
    switch (id(key)) {
        case id("type"):
            return is("type") && (is_null(field) || (receipt.type = number(field), true));
        case id("status"):
            return is("status") && (is_null(field) || (receipt.succeeded = status(field), true));
        case id("root"):
            return is("root") && (is_null(field) || (receipt.root = fixed<Hash>(field), true));
        case id("cumulativeGasUsed"):
            return is("cumulativeGasUsed") && (receipt.cumulative_gas_used = number(field), true);
        case id("contractAddress"):
            return is("contractAddress") &&
                   (is_null(field) || (receipt.contract_address = fixed<Address>(field), true));
        case id("logsBloom"):
            return is("logsBloom") && (is_null(field) || (receipt.bloom = fixed<Bloom>(field), true));
        default:
            return false;
    }
}

Receipt parse_receipt(object object, const Reading& reading) {
    Receipt receipt;
    bool has_hash = false;
    bool has_index = false;
    bool has_logs = false;
    each_field(object, [&](std::string_view key, value& field) {
        const auto is = [&](std::string_view name) { return key == name; };
        switch (id(key)) {
            case id("transactionHash"):
                return is("transactionHash") && (receipt.txn_hash = fixed<TxHash>(field), has_hash = true);
            case id("transactionIndex"):
                return is("transactionIndex") &&
                       (receipt.index = json::small_number(number(field)), has_index = true);
            case id("blockHash"):
                return is("blockHash") && reading.claims.block_hash(field, {"receipts", reading.index});
            case id("blockNumber"):
                return is("blockNumber") && reading.claims.block_num(field, {"receipts", reading.index});
            case id("logs"):
                if (!is("logs")) return false;
                receipt.logs = parse_each(json::array(field), [&](value& each, std::size_t log_index) {
                    return parse_log(json::object(each), reading, log_index);
                });
                return has_logs = true;
            default:
                return parse_outcome(key, field, receipt);
        }
    });
    require(has_hash, "transactionHash");
    require(has_index, "transactionIndex");
    require(has_logs, "logs");
    reading.claims.end_receipt(receipt);
    return receipt;
}

}  // namespace

std::vector<Receipt> parse_receipts(array array, ByteArena& arena, Claims& claims) {
    return parse_each(array, [&](value& each, std::size_t index) {
        return parse_receipt(json::object(each), {arena, claims, index});
    });
}

}  // namespace moneytrail
