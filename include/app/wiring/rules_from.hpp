#pragma once

// The rules that judge, and how traces are read, as the configuration has them.

#include "archive/archive_source.hpp"
#include "config/config.hpp"
#include "signals/evaluate.hpp"

namespace moneytrail {

// All signals of the catalogue that are not switched off, with their settings. Those that need a look-up are
// left out, whatever the configuration says: this version cannot judge them.
signals::Rules rules_from(const SignalsConfig& config);

// What a user should know of rules that cannot judge somebody for want of settings; a line each.
std::vector<std::string> idle_rules(const Config& config);

TracePolicy trace_policy(TraceMode mode);

}  // namespace moneytrail
