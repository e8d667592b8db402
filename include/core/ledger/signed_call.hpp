#pragma once

// Who sent a transaction, beside the account that signed it.

#include "chain/block.hpp"
#include "ledger/activity.hpp"

namespace moneytrail {

// None: somebody else sent it. The subject sent it when it is `from`; when it is a Safe that executed (its
// own ExecutionSuccess log); or when an ERC-4337 entry point acted for it (UserOperationEvent with it as the
// sender). What a Safe calls is read from its execTransaction. `receipt` may be null.
std::optional<SignedCall> signed_call(const Transaction& txn, const Receipt* receipt, const Address& subject,
                                      const labels::LabelBook& labels);

}  // namespace moneytrail
