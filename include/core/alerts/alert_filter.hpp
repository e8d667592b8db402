#pragma once

// Which alerts somebody wants to be told of.

#include "alerts/alert.hpp"

#include <string>
#include <vector>

namespace moneytrail {

struct AlertFilter {
    signals::Severity min_severity = signals::Severity::low;
    std::vector<std::string> entities;  // ids; empty: all
    std::vector<std::string> rules;     // ids of signals, any of which is enough; empty: all

    bool wants(const Alert& alert) const;
};

}  // namespace moneytrail
