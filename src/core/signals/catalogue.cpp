#include "signals/catalogue.hpp"

#include <array>

namespace moneytrail::signals {

// To add a signal: write src/core/signals/<name>.cpp, then add its name here.
#define MONEYTRAIL_SIGNALS(X) \
    X(fresh_wallet)           \
    X(new_protocol)           \
    X(new_token)              \
    X(new_exchange)           \
    X(daily_volume)           \
    X(large_for_entity)       \
    X(daily_frequency)        \
    X(weekly_frequency)       \
    X(protocol_activity)      \
    X(lp_token)               \
    X(large_transfer)         \
    X(flagged_counterparty)

#define DECLARE(name) extern const SignalType name;
MONEYTRAIL_SIGNALS(DECLARE)

std::span<const SignalType* const> catalogue() {
#define ENTRY(name) &name,
    static constexpr std::array kAll{MONEYTRAIL_SIGNALS(ENTRY)};
    return kAll;
}

}  // namespace moneytrail::signals
