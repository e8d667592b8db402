#include "created_address.hpp"
#include "transaction_rlp.hpp"
#include "verify_parts.hpp"

namespace moneytrail {
namespace {

std::string not_expected(std::uint64_t got, std::uint64_t expected) {
    return ": " + std::to_string(got) + ", expected " + std::to_string(expected);
}

std::string wrong_transaction(const Block& block, std::size_t index, std::uint64_t chain_id) {
    const auto& txn = block.transactions[index];
    const auto place = [&](std::string_view field) { return element("transactions", index, field); };
    const auto other_chain = [&](std::uint64_t id) {
        return std::to_string(id) + " is another chain, configured is " + std::to_string(chain_id);
    };
    const auto signed_for = signed_chain_id(txn);
    // Zero stands for none: such a signature is good on every chain.
    if (txn.chain_id && txn.chain_id != chain_id && (txn.type != 0 || *txn.chain_id != 0))
        return place("chainId: ") + other_chain(*txn.chain_id);
    if (signed_for && signed_for != chain_id) return place("v: signed for ") + other_chain(*signed_for);
    return {};
}

std::string wrong_receipt(const Block& block, std::size_t index) {
    const auto& receipt = block.receipts[index];
    const auto& txn = block.transactions[index];
    const auto place = [&](std::string_view field) { return element("receipts", index, field); };
    const auto its = [&](std::string_view field) {
        return " is not " + element("transactions", index, field);
    };
    if (receipt.txn_hash != txn.hash)
        return place("transactionHash: ") + receipt.txn_hash.to_hex() + its("hash");
    if (receipt.index != txn.index) return place("transactionIndex") + not_expected(receipt.index, txn.index);
    if (receipt.type && receipt.type != txn.type)
        return place("type: ") + std::to_string(*receipt.type) + its("type");
    const auto created = receipt.contract_address ? created_address(txn) : std::nullopt;
    if (created && receipt.contract_address != created)
        return place("contractAddress: ") + receipt.contract_address->to_hex() +
               " is not what from and nonce create";
    return {};
}

std::string wrong_log(const Block& block) {
    // Where receipts are missing, so are log indexes; those that are there still rise.
    const bool has_holes = first_hole(block.receipts).has_value();
    std::uint64_t expected = 0;
    for (std::size_t i = 0; i < block.receipts.size(); ++i) {
        const auto& logs = block.receipts[i].logs;
        for (std::size_t k = 0; k < logs.size(); ++k, ++expected) {
            const auto given = logs[k].block_wide_index.value_or(expected);
            if (given < expected || (given > expected && !has_holes))
                return element("receipts", i, element("logs", k, "logIndex")) + not_expected(given, expected);
            expected = given;
        }
    }
    return {};
}

// None for a signature that is good on every chain.
std::optional<std::uint64_t> chain_of(const Transaction& txn) {
    return txn.type == 0 ? signed_chain_id(txn) : txn.chain_id;
}

}  // namespace

std::optional<std::uint64_t> proven_other_chain(const Block& block, const Verification& verification,
                                                std::uint64_t chain_id) {
    if (verification.header != Proof::right || verification.transactions != Proof::right) return std::nullopt;
    for (const auto& txn : block.transactions)
        if (const auto its = chain_of(txn); its && its != chain_id) return its;
    return std::nullopt;
}

Checked verify_links(const Block& block, std::uint64_t chain_id) {
    if (block.receipts.size() != block.transactions.size())
        return wrong("receipts: " + std::to_string(block.receipts.size()) + " for " +
                     std::to_string(block.transactions.size()) + " transactions");
    // A list with holes is somebody's selection, and may be in any order; a whole one is the node's.
    if (!block.was_in_order && !first_hole(block.transactions))
        return wrong("transactions or receipts: not in the order of their transactionIndex");
    std::string why = block.contradiction;
    for (std::size_t i = 0; i < block.transactions.size() && why.empty(); ++i) {
        why = wrong_transaction(block, i, chain_id);
        if (why.empty()) why = wrong_receipt(block, i);
    }
    if (why.empty()) why = wrong_log(block);
    return why.empty() ? Checked{} : wrong(std::move(why));
}

}  // namespace moneytrail
