#include "base/keccak.hpp"
#include "encoded_list.hpp"
#include "transaction_rlp.hpp"
#include "verify_parts.hpp"

namespace moneytrail {
namespace {

// Appends the encoding of transaction `index` unless something is missing or wrong.
Checked check_one(const Transaction& txn, std::size_t index, EncodedList& encoded) {
    const auto place = [&](std::string_view field) { return element("transactions", index, field); };
    if (!is_known_type(txn.type))
        return not_given(place("type: ") + std::to_string(txn.type) + " is not known");
    if (const auto what = contradiction(txn); !what.empty()) return wrong(place(what));
    if (const auto name = missing_field(txn); !name.empty()) return not_given(place(name) + ": missing");

    const auto bytes = encoded.add([&](rlp::Writer& out) { write_transaction(out, txn, Form::signed_); });
    const auto hash = keccak256(bytes);
    if (hash.bytes() == txn.hash.bytes()) return {};
    if (guesses_access_list(txn)) return not_given(place("accessList: missing"));
    return wrong(place("hash: the transaction's fields give ") + hash.to_hex());
}

}  // namespace

Checked verify_transactions(const Block& block) {
    EncodedList encoded;
    Checked out;
    for (std::size_t i = 0; i < block.transactions.size(); ++i) {
        auto one = check_one(block.transactions[i], i, encoded);
        if (one.proof == Proof::wrong) return one;
        if (out.proof == Proof::right) out = std::move(one);
    }
    if (out.proof != Proof::right) return out;
    if (const auto hole = first_hole(block.transactions))
        return not_given("transactions: the one with index " + std::to_string(*hole) + " is missing");
    if (!block.header.transactions_root) return not_given("block.transactionsRoot: missing");
    const auto root = encoded.root();
    if (root != *block.header.transactions_root)
        return wrong("block.transactionsRoot: the transactions give " + root.to_hex());
    return out;
}

}  // namespace moneytrail
