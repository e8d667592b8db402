#pragma once

// Repeating what failed in a way that may pass, ever more slowly and not for ever.

#include "async/task.hpp"

#include <optional>
#include <random>

namespace moneytrail {

// Delays double from `first` to `longest`; the last of `tries` failures is the caller's.
struct Backoff {
    Duration first;
    Duration longest;
    int tries;
};

// `jitter` in [0, 1) spreads clients that failed together over the second half of the delay.
// A server that names its own delay is never asked earlier.
Duration delay_after(int failures, const Backoff& backoff, std::optional<Duration> retry_after,
                     double jitter);

// Repeats `attempt()` while it fails with Transient; anything else, cancellation included, passes through.
// Failures are counted anew whenever `progress()`, a number that only rises, has risen: what works for hours
// between two failures is not giving up. A template only because a Task has a type: the decision is
// delay_after.
template <class Attempt, class Progress>
auto retry(Backoff backoff, Attempt attempt, Progress progress) -> decltype(attempt()) {
    std::minstd_rand random{std::random_device{}()};
    auto reached = progress();
    for (int failures = 1;; ++failures) {
        Duration delay{};
        try {
            co_return co_await attempt();
        } catch (const Transient& error) {
            if (const auto now = progress(); now != reached) {
                reached = now;
                failures = 1;
            }
            if (failures >= backoff.tries) throw;
            const auto jitter = std::generate_canonical<double, 16>(random);
            delay = delay_after(failures, backoff, error.retry_after, jitter);
        }
        co_await sleep_for(delay);  // outside the handler, where C++ forbids co_await
    }
}

template <class Attempt>
auto retry(Backoff backoff, Attempt attempt) -> decltype(attempt()) {
    return retry(backoff, std::move(attempt), [] { return 0; });
}

}  // namespace moneytrail
