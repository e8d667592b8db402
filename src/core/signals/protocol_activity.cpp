#include "signals/signal.hpp"

namespace moneytrail::signals {

extern const SignalType protocol_activity;
const SignalType protocol_activity{
    .id = "S7",
    .title = "Protocol activity",
    .applies_to = "signed, or worth more than `min_usd`",
    .fires_when =
        "the assets or the debt of a followed address in a protocol changed by at least `min_change` (0.2), "
        "before or after worth `min_position_usd` (1 000) or more",
    .repeat_key = "subject, protocol, day",
    .needs = Needs::nothing,
    .per = Per::activity,
    .make = nullptr,
};

}  // namespace moneytrail::signals
