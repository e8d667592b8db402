#include "transaction_rlp.hpp"

#include <initializer_list>
#include <utility>

namespace moneytrail {
namespace {

enum Type : std::uint64_t { kLegacy, kAccessList, kDynamicFee, kBlob, kSetCode };

constexpr std::uint64_t kUnprotected = 27;  // and 28: v of a signature that names no chain
constexpr std::uint64_t kProtected = 35;

std::optional<std::uint64_t> narrow(const Word& word) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < Word::kSize; ++i) {
        if (i < Word::kSize - sizeof out && word.bytes()[i] != 0) return std::nullopt;
        out = out << 8 | word.bytes()[i];
    }
    return out;
}

std::optional<std::uint64_t> narrow_v(const Transaction& txn) {
    return txn.v ? narrow(*txn.v) : std::nullopt;
}

// Of a typed transaction; none: not given, or wider than a parity can be. Some nodes write v as they do for
// legacy transactions: whether that was meant the hash says.
std::optional<std::uint64_t> typed_parity(const Transaction& txn) {
    if (txn.y_parity) return txn.y_parity;
    const auto v = narrow_v(txn);
    const bool as_legacy = v == kUnprotected || v == kUnprotected + 1;
    return as_legacy ? *v - kUnprotected : v;
}

void write_to(rlp::Writer& out, const Transaction& txn) {
    if (txn.to)
        out.string(*txn.to);
    else
        out.string(ByteView{});
}

void write_access_list(rlp::Writer& out, const Transaction& txn) {
    out.list([&] {
        if (!txn.access_list) return;
        for (const auto& entry : *txn.access_list)
            out.list([&] {
                out.string(entry.address);
                out.list([&] {
                    for (const auto& key : entry.storage_keys) out.string(key);
                });
            });
    });
}

void write_blob_fields(rlp::Writer& out, const Transaction& txn) {
    out.number(*txn.max_blob_fee);
    out.list([&] {
        for (const auto& hash : *txn.blob_hashes) out.string(hash);
    });
}

void write_authorizations(rlp::Writer& out, const Transaction& txn) {
    out.list([&] {
        for (const auto& authorization : *txn.authorizations)
            out.list([&] {
                out.number(authorization.chain_id);
                out.string(authorization.address);
                out.number(authorization.nonce);
                out.number(authorization.y_parity);
                out.number(authorization.r);
                out.number(authorization.s);
            });
    });
}

void write_legacy_end(rlp::Writer& out, const Transaction& txn, Form form) {
    if (form == Form::signed_) {
        out.number(*txn.v);
        out.number(*txn.r);
        out.number(*txn.s);
    } else if (const auto chain_id = signed_chain_id(txn)) {
        out.number(*chain_id);
        out.number(0);
        out.number(0);
    }
}

void write_typed_end(rlp::Writer& out, const Transaction& txn, Form form) {
    write_access_list(out, txn);
    if (txn.type == kBlob) write_blob_fields(out, txn);
    if (txn.type == kSetCode) write_authorizations(out, txn);
    if (form == Form::signing_payload) return;
    if (const auto parity = typed_parity(txn))
        out.number(*parity);
    else
        out.number(*txn.v);
    out.number(*txn.r);
    out.number(*txn.s);
}

}  // namespace

bool is_known_type(std::uint64_t type) {
    return type <= kSetCode;
}

std::string_view missing_field(const Transaction& txn) {
    using Row = std::pair<bool, std::string_view>;
    const bool typed = txn.type != kLegacy;
    const bool dynamic = txn.type >= kDynamicFee;
    for (const auto& [is_missing, name] :
         std::initializer_list<Row>{{typed && !txn.chain_id, "chainId"},
                                    {!txn.nonce, "nonce"},
                                    {dynamic && !txn.max_priority_fee, "maxPriorityFeePerGas"},
                                    {dynamic && !txn.max_fee, "maxFeePerGas"},
                                    {!dynamic && !txn.gas_price, "gasPrice"},
                                    {!txn.gas, "gas"},
                                    {!txn.value, "value"},
                                    {!txn.input, "input"},
                                    {txn.type == kBlob && !txn.max_blob_fee, "maxFeePerBlobGas"},
                                    {txn.type == kBlob && !txn.blob_hashes, "blobVersionedHashes"},
                                    {txn.type == kSetCode && !txn.authorizations, "authorizationList"},
                                    {!txn.v && !(typed && txn.y_parity), "v"},
                                    {!txn.r, "r"},
                                    {!txn.s, "s"}})
        if (is_missing) return name;
    return {};
}

bool guesses_access_list(const Transaction& txn) {
    return txn.type != kLegacy && !txn.access_list;
}

void write_transaction(rlp::Writer& out, const Transaction& txn, Form form) {
    const bool typed = txn.type != kLegacy;
    if (typed) out.raw(static_cast<std::uint8_t>(txn.type));
    out.list([&] {
        if (typed) out.number(*txn.chain_id);
        out.number(*txn.nonce);
        if (txn.type >= kDynamicFee) {
            out.number(*txn.max_priority_fee);
            out.number(*txn.max_fee);
        } else {
            out.number(*txn.gas_price);
        }
        out.number(*txn.gas);
        write_to(out, txn);
        out.number(*txn.value);
        out.string(*txn.input);
        if (typed)
            write_typed_end(out, txn, form);
        else
            write_legacy_end(out, txn, form);
    });
}

std::optional<std::uint64_t> signed_chain_id(const Transaction& txn) {
    const auto v = narrow_v(txn);
    if (txn.type != kLegacy || !v || *v < kProtected) return std::nullopt;
    return (*v - kProtected) / 2;
}

std::optional<int> signature_parity(const Transaction& txn) {
    if (txn.type == kLegacy) {
        const auto v = narrow_v(txn);
        if (!v || *v < kUnprotected || (*v > kUnprotected + 1 && *v < kProtected)) return std::nullopt;
        return static_cast<int>((*v < kProtected ? *v - kUnprotected : *v - kProtected) % 2);
    }
    const auto parity = typed_parity(txn);
    if (!parity || *parity > 1) return std::nullopt;
    return static_cast<int>(*parity);
}

std::string contradiction(const Transaction& txn) {
    if (txn.type != kLegacy || !txn.v || !txn.chain_id) return {};
    // Some nodes give 0 for a signature that names no chain.
    if (signed_chain_id(txn).value_or(0) == *txn.chain_id) return {};
    return "chainId: " + std::to_string(*txn.chain_id) + " is not the chain that v names";
}

}  // namespace moneytrail
