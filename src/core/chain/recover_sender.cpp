#include "base/keccak.hpp"
#include "chain/verify.hpp"
#include "transaction_rlp.hpp"

#include <secp256k1.h>
#include <secp256k1_recovery.h>

namespace moneytrail {
namespace {

// Recovery multiplies no secret, so the library's constant context is enough: none to create, to randomise or
// to share. Its header asks for the self-test once before.
const secp256k1_context* recovery_context() {
    static const secp256k1_context* const context = [] {
        secp256k1_selftest();
        return secp256k1_context_static;
    }();
    return context;
}

bool has_its_hash(const Transaction& txn) {
    rlp::Writer out;
    write_transaction(out, txn, Form::signed_);
    return keccak256(out.view()).bytes() == txn.hash.bytes();
}

}  // namespace

// Both halves of s are taken: mainnet refuses the high one since Homestead, and blocks before it are as real.
std::optional<Address> recover_sender(const Transaction& txn) {
    if (!is_known_type(txn.type) || !missing_field(txn).empty()) return std::nullopt;
    if (guesses_access_list(txn) && !has_its_hash(txn)) return std::nullopt;
    const auto parity = signature_parity(txn);
    if (!parity) return std::nullopt;

    const auto* context = recovery_context();
    std::array<std::uint8_t, 64> compact;
    std::ranges::copy(txn.r->bytes(), compact.begin());
    std::ranges::copy(txn.s->bytes(), compact.begin() + Word::kSize);
    secp256k1_ecdsa_recoverable_signature signature;
    if (!secp256k1_ecdsa_recoverable_signature_parse_compact(context, &signature, compact.data(), *parity))
        return std::nullopt;  // r or s not below the group's order

    rlp::Writer payload;
    write_transaction(payload, txn, Form::signing_payload);
    const auto digest = keccak256(payload.view());
    secp256k1_pubkey key;
    if (!secp256k1_ecdsa_recover(context, &key, &signature, digest.bytes().data())) return std::nullopt;

    std::array<std::uint8_t, 65> point;  // 0x04, x, y
    auto size = point.size();
    secp256k1_ec_pubkey_serialize(context, point.data(), &size, &key, SECP256K1_EC_UNCOMPRESSED);
    const auto hash = keccak256(ByteView{point}.subspan(1));
    return Address::from_bytes(ByteView{hash.bytes()}.last(Address::kSize));
}

}  // namespace moneytrail
