#include "signals/catalogue.hpp"

#include <array>

namespace moneytrail::signals {

// To add a signal: write src/core/signals/<name>.cpp, then add its name here.
#define MONEYTRAIL_SIGNALS(X) \
    X(fresh_wallet)           \
    X(new_token)              \
    X(protocol_activity)      \
    X(large_transfer)

#define DECLARE(name) extern const SignalType name;
MONEYTRAIL_SIGNALS(DECLARE)

std::span<const SignalType* const> catalogue() {
#define ENTRY(name) &name,
    static constexpr std::array kAll{MONEYTRAIL_SIGNALS(ENTRY)};
    return kAll;
}

}  // namespace moneytrail::signals
