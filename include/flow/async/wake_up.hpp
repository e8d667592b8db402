#pragma once

// A doorbell between services: many rings before anybody listens are one.

#include "async/task.hpp"

#include <boost/asio/steady_timer.hpp>

namespace moneytrail {

class WakeUp {
  public:
    explicit WakeUp(const asio::any_io_executor& executor);

    void ring();
    // Until it rings; at once when it has rung since the last wait. For one listener.
    Task<> wait();

  private:
    asio::steady_timer timer_;
    bool rung_ = false;
};

}  // namespace moneytrail
