#pragma once

// All signals that this version can judge, in the order of the rule book.

#include "signals/signal.hpp"

#include <span>

namespace moneytrail::signals {

std::span<const SignalType* const> catalogue();

}  // namespace moneytrail::signals
