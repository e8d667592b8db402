#pragma once

// An alert as one line of JSON, in the form that archives, exports and webhooks share.

#include "alerts/alert.hpp"

#include <string>

namespace moneytrail {

// Keys in their documented order; decimal strings for money and amounts; addresses in EIP-55. Text that is
// not UTF-8 has its bad bytes replaced.
std::string to_json(const Alert& alert);

}  // namespace moneytrail
