#pragma once

// The encoding of transactions that their hash, their signature and the block's root are made from.

#include "base/rlp.hpp"
#include "chain/block.hpp"

namespace moneytrail {

// Types that `write_transaction` can write: 0 to 4.
bool is_known_type(std::uint64_t type);

// The JSON name of the first field that the transaction's (known) type needs and that was not given; empty
// when there is none.
std::string_view missing_field(const Transaction& txn);

enum class Form { signed_, signing_payload };

// Whether it is a guess that the access list is empty: only the transaction's hash can confirm it.
bool guesses_access_list(const Transaction& txn);

// Appends the transaction, of which no field is missing. Sources: Yellow Paper 4.2, EIP-155 (type 0), 2930
// (1), 1559 (2), 4844 (3, without its blobs), 7702 (4).
void write_transaction(rlp::Writer& out, const Transaction& txn, Form form);

// The chain that a legacy signature names (EIP-155: v = 35 + 2 * chain id + parity); none for one that is
// good on every chain, and for chain ids of 63 bits and more.
std::optional<std::uint64_t> signed_chain_id(const Transaction& txn);

// Which of the two possible keys signed, 0 or 1; none when nobody says. Of a typed transaction yParity
// decides where it is given: what stands beside it in v differs from node to node.
std::optional<int> signature_parity(const Transaction& txn);

// A legacy transaction's chain id against its v. Empty when they agree.
std::string contradiction(const Transaction& txn);

}  // namespace moneytrail
