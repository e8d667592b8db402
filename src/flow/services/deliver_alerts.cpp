#include "services/deliver_alerts.hpp"

#include <exception>

namespace moneytrail {
namespace {

// A claim that a crash interrupts is sent again and says so: the fewer at once, the fewer of those.
constexpr int kMostClaims = 50;

}  // namespace

Task<> DeliverAlerts::run() {
    co_await outbox_.doubt_claims();
    for (;;) {
        // Read first: what is rung for behind it is found by the next round.
        const bool last = finishing_;
        while (co_await deliver_some()) {
        }
        if (last) co_return;
        co_await wake_up_.wait();
    }
}

void DeliverAlerts::finish() {
    finishing_ = true;
    wake_up_.ring();
}

Task<bool> DeliverAlerts::deliver_some() {
    auto claims = co_await outbox_.claim(target_, kMostClaims);
    if (claims.empty()) co_return false;
    std::size_t arrived = 0;
    std::exception_ptr failure;
    try {
        for (const auto& claim : claims) {
            // What was never shown need not be taken back.
            const bool silent = !claim.shown && claim.sent_revision == 0 && !claim.unsure;
            if (!silent) co_await channel_.send(claim);
            ++arrived;
        }
    } catch (...) {
        failure = std::current_exception();
    }
    // What arrived before a failure is not to be shown again.
    claims.resize(arrived);
    sent_ += arrived;
    if (arrived != 0) co_await outbox_.sent(target_, std::move(claims));
    if (failure) std::rethrow_exception(failure);
    co_return true;
}

}  // namespace moneytrail
