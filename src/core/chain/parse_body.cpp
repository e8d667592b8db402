#include "parse_parts.hpp"

namespace moneytrail {

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

AccessListEntry parse_access_list_entry(value& entry) {
    AccessListEntry out;
    bool has_address = false;
    each_field(entry.get_object(), [&](std::string_view key, value& field) {
        if (key == "address") {
            out.address = fixed<Address>(field);
            has_address = true;
        } else if (key == "storageKeys") {
            out.storage_keys = parse_each(field.get_array(), [](value& each) { return fixed<Hash>(each); });
        }
    });
    require(has_address, "address");
    return out;
}

Authorization parse_authorization(value& authorization) {
    Authorization out;
    bool has_address = false;
    each_field(authorization.get_object(), [&](std::string_view key, value& field) {
        if (key == "chainId")
            out.chain_id = quantity(field);
        else if (key == "address")
            out.address = fixed<Address>(field), has_address = true;
        else if (key == "nonce")
            out.nonce = number(field);
        else if (key == "yParity" || key == "v")
            out.y_parity = number(field);
        else if (key == "r")
            out.r = quantity(field);
        else if (key == "s")
            out.s = quantity(field);
    });
    require(has_address, "address");
    return out;
}

Withdrawal parse_withdrawal(value& withdrawal) {
    Withdrawal out;
    bool has_address = false;
    bool has_amount = false;
    each_field(withdrawal.get_object(), [&](std::string_view key, value& field) {
        if (key == "index")
            out.index = number(field);
        else if (key == "validatorIndex")
            out.validator_index = number(field);
        else if (key == "address")
            out.address = fixed<Address>(field), has_address = true;
        else if (key == "amount")
            out.gwei = number(field), has_amount = true;
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

// Fields that every fork has; false when the key is none of them.
bool parse_first_header_field(std::string_view key, value& field, ByteArena& arena, Header& header) {
    const auto is = [&](std::string_view name) { return key == name; };
    switch (id(key)) {
        case id("parentHash"):
            return is("parentHash") && (header.parent = fixed<BlockHash>(field), true);
        case id("sha3Uncles"):
            return is("sha3Uncles") && (header.uncles_hash = fixed<Hash>(field), true);
        case id("miner"):
            return is("miner") && (header.fee_recipient = fixed<Address>(field), true);
        case id("stateRoot"):
            return is("stateRoot") && (header.state_root = fixed<Hash>(field), true);
        case id("transactionsRoot"):
            return is("transactionsRoot") && (header.transactions_root = fixed<Hash>(field), true);
        case id("receiptsRoot"):
            return is("receiptsRoot") && (header.receipts_root = fixed<Hash>(field), true);
        case id("logsBloom"):
            return is("logsBloom") && (header.bloom = fixed<Bloom>(field), true);
        case id("difficulty"):
            return is("difficulty") && (header.difficulty = quantity(field), true);
        case id("gasLimit"):
            return is("gasLimit") && (header.gas_limit = number(field), true);
        case id("gasUsed"):
            return is("gasUsed") && (header.gas_used = number(field), true);
        case id("extraData"):
            return is("extraData") && (header.extra_data = arena.decode(field), true);
        case id("mixHash"):
            return is("mixHash") && (header.mix_hash = fixed<Hash>(field), true);
        case id("nonce"):
            return is("nonce") && (header.nonce = fixed<FixedBytes<8, NonceTag>>(field), true);
        default:
            return false;
    }
}

void parse_later_header_field(std::string_view key, value& field, Header& header) {
    if (key == "baseFeePerGas")
        header.base_fee = quantity(field);
    else if (key == "withdrawalsRoot")
        header.withdrawals_root = fixed<Hash>(field);
    else if (key == "blobGasUsed")
        header.blob_gas_used = number(field);
    else if (key == "excessBlobGas")
        header.excess_blob_gas = number(field);
    else if (key == "parentBeaconBlockRoot")
        header.parent_beacon_root = fixed<Hash>(field);
    else if (key == "requestsHash")
        header.requests_hash = fixed<Hash>(field);
    else if (key == "blockAccessListHash")
        header.block_access_list_hash = fixed<Hash>(field);
    else if (key == "slotNumber")
        header.slot_number = number(field);
}

}  // namespace

Transaction parse_transaction(object object, ByteArena& arena) {
    Transaction txn;
    bool has_hash = false;
    bool has_index = false;
    bool has_from = false;
    each_field(object, [&](std::string_view key, value& field) {
        const auto is = [&](std::string_view name) { return key == name; };
        // A field that a type does not have is null at some providers.
        switch (id(key)) {
            case id("hash"):
                if (is("hash")) txn.hash = fixed<TxHash>(field), has_hash = true;
                break;
            case id("transactionIndex"):
                if (is("transactionIndex")) txn.index = json::small_number(number(field)), has_index = true;
                break;
            case id("blockHash"):
                if (is("blockHash")) txn.block_hash = fixed<BlockHash>(field);
                break;
            case id("type"):
                if (is("type")) txn.type = number(field);
                break;
            case id("from"):
                if (is("from")) txn.from = fixed<Address>(field), has_from = true;
                break;
            case id("to"):
                if (is("to") && !json::is_null(field)) txn.to = fixed<Address>(field);
                break;
            case id("value"):
                if (is("value")) txn.value = quantity(field);
                break;
            case id("input"):
                if (is("input")) txn.input = arena.decode(field);
                break;
            case id("nonce"):
                if (is("nonce")) txn.nonce = number(field);
                break;
            case id("gas"):
                if (is("gas")) txn.gas = number(field);
                break;
            case id("gasPrice"):
                if (is("gasPrice") && !json::is_null(field)) txn.gas_price = quantity(field);
                break;
            case id("maxFeePerGas"):
                if (is("maxFeePerGas") && !json::is_null(field)) txn.max_fee = quantity(field);
                break;
            case id("maxPriorityFeePerGas"):
                if (is("maxPriorityFeePerGas") && !json::is_null(field))
                    txn.max_priority_fee = quantity(field);
                break;
            case id("maxFeePerBlobGas"):
                if (is("maxFeePerBlobGas") && !json::is_null(field)) txn.max_blob_fee = quantity(field);
                break;
            case id("chainId"):
                if (is("chainId") && !json::is_null(field)) txn.chain_id = number(field);
                break;
            case id("v"):
                if (is("v")) txn.v = quantity(field);
                break;
            case id("yParity"):
                if (is("yParity") && !json::is_null(field)) txn.y_parity = number(field);
                break;
            case id("r"):
                if (is("r")) txn.r = quantity(field);
                break;
            case id("s"):
                if (is("s")) txn.s = quantity(field);
                break;
            case id("accessList"):
                if (is("accessList") && !json::is_null(field))
                    txn.access_list = parse_each(field.get_array(), parse_access_list_entry);
                break;
            case id("blobVersionedHashes"):
                if (is("blobVersionedHashes") && !json::is_null(field))
                    txn.blob_hashes =
                        parse_each(field.get_array(), [](value& each) { return fixed<Hash>(each); });
                break;
            case id("authorizationList"):
                if (is("authorizationList") && !json::is_null(field))
                    txn.authorizations = parse_each(field.get_array(), parse_authorization);
                break;
            default:
                break;
        }
    });
    require(has_hash, "hash");
    require(has_index, "transactionIndex");
    require(has_from, "from");
    return txn;
}

void parse_header_and_body(object object, ByteArena& arena, Block& block) {
    bool has_number = false;
    bool has_hash = false;
    bool has_time = false;
    bool has_transactions = false;
    auto& header = block.header;
    each_field(object, [&](std::string_view key, value& field) {
        if (key == "number")
            header.number = number(field), has_number = true;
        else if (key == "hash")
            header.hash = fixed<BlockHash>(field), has_hash = true;
        else if (key == "timestamp")
            header.time = block_time(field), has_time = true;
        else if (key == "transactions") {
            block.transactions = parse_each(
                field.get_array(), [&](value& each) { return parse_transaction(each.get_object(), arena); });
            has_transactions = true;
        } else if (key == "withdrawals" && !json::is_null(field)) {
            block.withdrawals = parse_each(field.get_array(), parse_withdrawal);
        } else if (!parse_first_header_field(key, field, arena, header)) {
            parse_later_header_field(key, field, header);
        }
    });
    require(has_number, "number");
    require(has_hash, "hash");
    require(has_time, "timestamp");
    require(has_transactions, "transactions");
}

}  // namespace moneytrail
