#pragma once

// An alert as one line of JSON, in the form that archives, exports and webhooks share.

#include "alerts/alert.hpp"

#include <string>

namespace moneytrail {

// Keys in their documented order; decimal strings for money and amounts; addresses in EIP-55. Text that is
// not UTF-8 has its bad bytes replaced.
std::string to_json(const Alert& alert);

// The alert of such a line. Positions and the severities of single reasons, which a line does not hold, are
// as they are by default. Throws std::runtime_error when `line` is none of to_json's or names a rule that
// this version does not know.
Alert from_json(const std::string& line);

// The line of an alert that was raised, with the status that it has now. Throws std::runtime_error when
// `line` is none of to_json's.
std::string with_status(const std::string& line, AlertStatus status);

}  // namespace moneytrail
