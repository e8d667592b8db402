#include "async/wake_up.hpp"

#include <boost/asio/redirect_error.hpp>

namespace moneytrail {

WakeUp::WakeUp(const asio::any_io_executor& executor)
    : timer_{executor, asio::steady_timer::time_point::max()} {}

void WakeUp::ring() {
    rung_ = true;
    timer_.cancel();
}

Task<> WakeUp::wait() {
    if (!rung_) {
        boost::system::error_code cancelled;
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
        // Not our ring but the service's end.
        if (!rung_) throw boost::system::system_error{cancelled};
    }
    rung_ = false;
}

}  // namespace moneytrail
