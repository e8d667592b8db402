#pragma once

// All signals, in the order of the rule book; those that this version cannot judge yet have no `make`.

#include "signals/signal.hpp"

#include <span>

namespace moneytrail::signals {

std::span<const SignalType* const> catalogue();

}  // namespace moneytrail::signals
