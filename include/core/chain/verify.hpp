#pragma once

// Recomputes what a block's header hash proves, so that a provider need not be believed.

#include "chain/block.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace moneytrail {

enum class Proof { right, wrong, not_given };

std::string_view to_string(Proof proof);

// Each part on its own. `links`: what stands in the JSON twice agrees (hashes, indexes, receipts to
// transactions one to one, log indexes, the chain id); `not_given` never occurs there.
struct Verification {
    Proof header = Proof::not_given;
    Proof transactions = Proof::not_given;
    Proof receipts = Proof::not_given;
    Proof withdrawals = Proof::not_given;
    Proof links = Proof::right;
    // The first part that is wrong, else the first not given, with its place: "transactions[3].hash: …".
    // Empty when there is nothing to say: a block from before Shanghai has no withdrawals to prove.
    std::string why;

    // Header hash, transactions and receipts are right, and nothing is wrong.
    bool usable() const;
    // Something contradicts what covers it: nothing of this block is believed.
    bool wrong() const;
};

// A field that the block's fork must have and that is missing makes its part `not_given`. For chain 1 the
// forks are known; elsewhere the fields that are there tell the fork. A receipt of a type that this version
// does not know is taken to have the standard form, and is right when the root agrees. Sources: Yellow Paper
// (RLP, Merkle-Patricia tree), EIP-2718, 2930, 1559, 4895, 4844, 4788, 7685, 7702.
Verification verify(const Block& block, std::uint64_t chain_id);

// The chain whose block this is when that is not `chain_id`, by its own proof: header and transactions are
// right, and one of these is signed for that chain. None: nothing of the kind is proven.
std::optional<std::uint64_t> proven_other_chain(const Block& block, const Verification& verification,
                                                std::uint64_t chain_id);

// The account that signed; none when the signature is not given, not valid, or of an unknown type.
std::optional<Address> recover_sender(const Transaction& txn);

}  // namespace moneytrail
