#include "base/keccak.hpp"
#include "encoded_list.hpp"
#include "transaction_rlp.hpp"
#include "verify_parts.hpp"

#include <algorithm>

namespace moneytrail {
namespace {

// What keeps transaction `index` from being encoded.
Checked check_fields(const Transaction& txn, std::size_t index) {
    const auto place = [&](std::string_view field) { return element("transactions", index, field); };
    if (!is_known_type(txn.type))
        return not_given(place("type: ") + std::to_string(txn.type) + " is not known");
    if (const auto what = contradiction(txn); !what.empty()) return wrong(place(what));
    if (const auto name = missing_field(txn); !name.empty()) return not_given(place(name) + ": missing");
    return {};
}

Checked check_hash(const Transaction& txn, std::size_t index, const Hash& hash) {
    const auto place = [&](std::string_view field) { return element("transactions", index, field); };
    if (hash.bytes() == txn.hash.bytes()) return {};
    if (guesses_access_list(txn)) return not_given(place("accessList: missing"));
    return wrong(place("hash: the transaction's fields give ") + hash.to_hex());
}

// Transactions with the encodings that their hashes are of.
struct Encoded {
    EncodedList list;
    std::vector<std::size_t> indexes;
};

// The first transaction that is wrong, else the first one of which something is missing.
Checked check_each(const std::vector<Transaction>& transactions, Encoded& encoded) {
    std::vector<Checked> all;
    all.reserve(transactions.size());
    for (const auto& txn : transactions) {
        const auto index = all.size();
        if (all.emplace_back(check_fields(txn, index)).proof == Proof::wrong) break;
        if (all.back().proof != Proof::right) continue;
        encoded.list.add([&](rlp::Writer& out) { write_transaction(out, txn, Form::signed_); });
        encoded.indexes.push_back(index);
    }
    std::vector<Hash> hashes(encoded.indexes.size());
    keccak256_all(encoded.list.views(), hashes);
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        const auto index = encoded.indexes[i];
        all[index] = check_hash(transactions[index], index, hashes[i]);
    }
    for (const auto proof : {Proof::wrong, Proof::not_given})
        if (const auto found = std::ranges::find(all, proof, &Checked::proof); found != all.end())
            return std::move(*found);
    return {};
}

}  // namespace

Checked verify_transactions(const Block& block) {
    Encoded encoded;
    if (auto each = check_each(block.transactions, encoded); each.proof != Proof::right) return each;
    if (const auto hole = first_hole(block.transactions))
        return not_given("transactions: the one with index " + std::to_string(*hole) + " is missing");
    if (!block.header.transactions_root) return not_given("block.transactionsRoot: missing");
    const auto root = encoded.list.root();
    if (root != *block.header.transactions_root)
        return wrong("block.transactionsRoot: the transactions give " + root.to_hex());
    return {};
}

}  // namespace moneytrail
