#include "signals/signal.hpp"

namespace moneytrail::signals {

extern const SignalType fresh_wallet;
const SignalType fresh_wallet{
    .id = "S1",
    .title = "Fresh wallet",
    .applies_to = "in, out",
    .fires_when =
        "more than `min_usd` (50) moves to or from a wallet that nobody labels, that holds at most "
        "`max_balance_usd` (1) and made at most `max_transfers` (3) transfers `within` (90d)",
    .repeat_key = "subject, counterparty, day",
    .needs = Needs::nothing,
    .per = Per::activity,
    .make = nullptr,
};

}  // namespace moneytrail::signals
