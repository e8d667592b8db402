#include "parse_parts.hpp"

namespace moneytrail {

using json::count;
using json::fixed;
using json::id;
using json::number;
using json::quantity;
using json::ondemand::object;
using json::ondemand::value;

ByteView ByteArena::decode(value& value) {
    const auto text = json::text(value);
    const auto digits = json::hex_digits(text, "0x and pairs of hex digits");
    if (!decode_hex(digits, next_))
        json::fail("expected 0x and pairs of hex digits, got '" + json::quoted(text) + "'");
    const ByteView bytes{next_, digits.size() / 2};
    next_ += bytes.size();
    return bytes;
}

namespace {

using json::is_null;

AccessListEntry parse_access_list_entry(value& entry) {
    AccessListEntry out;
    bool has_address = false;
    each_field(json::object(entry), [&](std::string_view key, value& field) {
        if (key == "address") return out.address = fixed<Address>(field), has_address = true;
        if (key != "storageKeys") return false;
        out.storage_keys = parse_each(json::array(field), [](value& each) { return fixed<Hash>(each); });
        return true;
    });
    require(has_address, "address");
    return out;
}

Authorization parse_authorization(value& authorization) {
    Authorization out;
    bool has_address = false;
    bool has_parity = false;
    each_field(json::object(authorization), [&](std::string_view key, value& field) {
        if (key == "chainId") return out.chain_id = quantity(field), true;
        if (key == "address") return out.address = fixed<Address>(field), has_address = true;
        if (key == "nonce") return out.nonce = number(field), true;
        if (key == "yParity") return out.y_parity = number(field), has_parity = true;
        if (key == "v") return has_parity || (out.y_parity = number(field), true);
        if (key == "r") return out.r = quantity(field), true;
        if (key == "s") return out.s = quantity(field), true;
        return false;
    });
    require(has_address, "address");
    return out;
}

Withdrawal parse_withdrawal(value& withdrawal) {
    Withdrawal out;
    bool has_address = false;
    bool has_amount = false;
    each_field(json::object(withdrawal), [&](std::string_view key, value& field) {
        if (key == "index") return out.index = count(field), true;
        if (key == "validatorIndex") return out.validator_index = count(field), true;
        if (key == "address") return out.address = fixed<Address>(field), has_address = true;
        if (key == "amount") return out.gwei = number(field), has_amount = true;
        return false;
    });
    require(has_address, "address");
    require(has_amount, "amount");
    return out;
}

BlockTime block_time(value& field) {
    const auto seconds = number(field);
    // Year 9999: what is later cannot be a timestamp, and would not fit the calendar.
    constexpr std::uint64_t kLatest = 253'402'300'799;
    if (seconds > kLatest)
        json::fail("expected seconds before the year 10000, got " + std::to_string(seconds));
    return BlockTime{std::chrono::seconds{seconds}};
}

// Fields that every fork has. False: it is none of them.
bool parse_first_header_field(std::string_view key, value& field, ByteArena& arena, Header& header) {
    if (key == "parentHash") return header.parent = fixed<BlockHash>(field), true;
    if (key == "sha3Uncles") return header.uncles_hash = fixed<Hash>(field), true;
    if (key == "miner") return header.fee_recipient = fixed<Address>(field), true;
    if (key == "stateRoot") return header.state_root = fixed<Hash>(field), true;
    if (key == "transactionsRoot") return header.transactions_root = fixed<Hash>(field), true;
    if (key == "receiptsRoot") return header.receipts_root = fixed<Hash>(field), true;
    if (key == "logsBloom") return header.bloom = fixed<Bloom>(field), true;
    if (key == "difficulty") return header.difficulty = quantity(field), true;
    if (key == "gasLimit") return header.gas_limit = number(field), true;
    if (key == "gasUsed") return header.gas_used = number(field), true;
    if (key == "extraData") return header.extra_data = arena.decode(field), true;
    if (key == "mixHash") return header.mix_hash = fixed<Hash>(field), true;
    if (key == "nonce") return header.nonce = fixed<FixedBytes<8, NonceTag>>(field), true;
    return false;
}

// Null where a fork does not have it, at some providers.
bool parse_later_header_field(std::string_view key, value& field, Header& header) {
    if (key == "baseFeePerGas") return is_null(field) || (header.base_fee = quantity(field), true);
    if (key == "withdrawalsRoot")
        return is_null(field) || (header.withdrawals_root = fixed<Hash>(field), true);
    if (key == "blobGasUsed") return is_null(field) || (header.blob_gas_used = number(field), true);
    if (key == "excessBlobGas") return is_null(field) || (header.excess_blob_gas = number(field), true);
    if (key == "parentBeaconBlockRoot")
        return is_null(field) || (header.parent_beacon_root = fixed<Hash>(field), true);
    if (key == "requestsHash") return is_null(field) || (header.requests_hash = fixed<Hash>(field), true);
    if (key == "blockAccessListHash")
        return is_null(field) || (header.block_access_list_hash = fixed<Hash>(field), true);
    if (key == "slotNumber") return is_null(field) || (header.slot_number = count(field), true);
    return false;
}

// Fields that only some types have, and null elsewhere at some providers. False: it is none of them.
bool parse_typed_field(std::string_view key, value& field, Transaction& txn) {
    const auto is = [&](std::string_view name) { return key == name; };
    switch (id(key)) {
        case id("gasPrice"):
            return is("gasPrice") && (is_null(field) || (txn.gas_price = quantity(field), true));
        case id("maxFeePerGas"):
            return is("maxFeePerGas") && (is_null(field) || (txn.max_fee = quantity(field), true));
        case id("maxPriorityFeePerGas"):
            return is("maxPriorityFeePerGas") &&
                   (is_null(field) || (txn.max_priority_fee = quantity(field), true));
        case id("maxFeePerBlobGas"):
            return is("maxFeePerBlobGas") && (is_null(field) || (txn.max_blob_fee = quantity(field), true));
        case id("chainId"):
            return is("chainId") && (is_null(field) || (txn.chain_id = number(field), true));
        case id("yParity"):
            return is("yParity") && (is_null(field) || (txn.y_parity = number(field), true));
        case id("accessList"):
            if (!is("accessList")) return false;
            if (!is_null(field)) txn.access_list = parse_each(json::array(field), parse_access_list_entry);
            return true;
        case id("blobVersionedHashes"):
            if (!is("blobVersionedHashes")) return false;
            if (!is_null(field))
                txn.blob_hashes =
                    parse_each(json::array(field), [](value& each) { return fixed<Hash>(each); });
            return true;
        case id("authorizationList"):
            if (!is("authorizationList")) return false;
            if (!is_null(field)) txn.authorizations = parse_each(json::array(field), parse_authorization);
            return true;
        default:
            return false;
    }
}

// What transactions of every type have, and their senders sign.
bool parse_signed_field(std::string_view key, value& field, ByteArena& arena, Transaction& txn) {
    const auto is = [&](std::string_view name) { return key == name; };
    switch (id(key)) {
        case id("type"):
            return is("type") && (txn.type = number(field), true);
        case id("to"):
            return is("to") && (is_null(field) || (txn.to = fixed<Address>(field), true));
        case id("value"):
            return is("value") && (txn.value = quantity(field), true);
        case id("input"):
            return is("input") && (txn.input = arena.decode(field), true);
        case id("nonce"):
            return is("nonce") && (txn.nonce = number(field), true);
        case id("gas"):
            return is("gas") && (txn.gas = number(field), true);
        case id("v"):
            return is("v") && (txn.v = quantity(field), true);
        case id("r"):
            return is("r") && (txn.r = quantity(field), true);
        case id("s"):
            return is("s") && (txn.s = quantity(field), true);
        default:
            return false;
    }
}

}  // namespace

Transaction parse_transaction(object object, ByteArena& arena, Claims& claims, std::size_t place) {
    Transaction txn;
    bool has_hash = false;
    bool has_index = false;
    bool has_from = false;
    each_field(object, [&](std::string_view key, value& field) {
        const auto is = [&](std::string_view name) { return key == name; };
        switch (id(key)) {
            case id("hash"):
                return is("hash") && (txn.hash = fixed<TxHash>(field), has_hash = true);
            case id("transactionIndex"):
                return is("transactionIndex") &&
                       (txn.index = json::small_number(number(field)), has_index = true);
            case id("blockHash"):
                return is("blockHash") && claims.block_hash(field, {"transactions", place});
            case id("blockNumber"):
                return is("blockNumber") && claims.block_num(field, {"transactions", place});
            case id("from"):
                return is("from") && (txn.from = fixed<Address>(field), has_from = true);
            default:
                return parse_signed_field(key, field, arena, txn) || parse_typed_field(key, field, txn);
        }
    });
    require(has_hash, "hash");
    require(has_index, "transactionIndex");
    require(has_from, "from");
    return txn;
}

void parse_header_and_body(object object, ByteArena& arena, Claims& claims, Block& block) {
    bool has_number = false;
    bool has_hash = false;
    bool has_time = false;
    bool has_transactions = false;
    auto& header = block.header;
    each_field(object, [&](std::string_view key, value& field) {
        if (key == "number") return header.number = count(field), has_number = true;
        if (key == "hash") return header.hash = fixed<BlockHash>(field), has_hash = true;
        if (key == "timestamp") return header.time = block_time(field), has_time = true;
        if (key == "transactions") {
            block.transactions = parse_each(json::array(field), [&](value& each, std::size_t place) {
                return parse_transaction(json::object(each), arena, claims, place);
            });
            return has_transactions = true;
        }
        if (key == "withdrawals") {
            if (!is_null(field)) block.withdrawals = parse_each(json::array(field), parse_withdrawal);
            return true;
        }
        return parse_first_header_field(key, field, arena, header) ||
               parse_later_header_field(key, field, header);
    });
    require(has_number, "number");
    require(has_hash, "hash");
    require(has_time, "timestamp");
    require(has_transactions, "transactions");
}

}  // namespace moneytrail
