#pragma once

// Brings what a channel has shown to what it should show.

#include "async/wake_up.hpp"
#include "ports/channel.hpp"

namespace moneytrail {

class DeliverAlerts {
  public:
    DeliverAlerts(Outbox& outbox, Channel& channel, Target target, WakeUp& wake_up)
        : outbox_{outbox}, channel_{channel}, target_{std::move(target)}, wake_up_{wake_up} {}

    // Until `finish` was called and nothing is left to be sent.
    Task<> run();
    void finish();
    // How many were sent so far.
    const std::uint64_t& sent() const { return sent_; }

  private:
    Task<bool> deliver_some();

    Outbox& outbox_;
    Channel& channel_;
    Target target_;
    WakeUp& wake_up_;
    bool finishing_ = false;
    std::uint64_t sent_ = 0;
};

}  // namespace moneytrail
