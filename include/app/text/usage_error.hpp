#pragma once

// The command line, the configuration or a file that it names is wrong: the program ends with 2, and says
// what would be right.

#include <stdexcept>

namespace moneytrail {

struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace moneytrail
