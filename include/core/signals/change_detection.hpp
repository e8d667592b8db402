#pragma once

// Whether a pair's transactions today are far more than what is usual for it: the decision of S6a and S6b.

#include "base/usd.hpp"
#include "signals/signal.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace moneytrail::signals {

enum class Baseline { robust, sigma };

// Fires with little history: from so many, and so many times the largest count before.
struct BurstLimits {
    std::uint64_t count = 50;
    Ratio ratio{50'000};
};

// Days, unless changed.
struct ChangeLimits {
    Baseline baseline = Baseline::robust;
    std::uint64_t min_count = 10;  // a rise has at least so many
    Ratio min_ratio{20'000};       // robust: times the mean, or times 1 where the mean is less
    Ratio max_p{1};                // robust: chance does it less often
    Ratio sigmas{30'000};          // sigma: standard deviations from the mean
    std::size_t buckets = 60;      // looked back at most
    std::size_t normal_from = 14;  // buckets; with fewer it is provisional
    std::size_t provisional_from = 7;
    std::size_t sigma_from = 7;        // sigma: fewer buckets say nothing
    std::optional<BurstLimits> burst;  // robust, with fewer than provisional_from; none: silent then
};

inline constexpr ChangeLimits kDailyChange{.burst = BurstLimits{}};
inline constexpr ChangeLimits kWeeklyChange{.max_p = {10}, .normal_from = 8, .provisional_from = 4};

// Whether more can still come: while it can, few are no drop.
enum class Bucket { open, closed };

enum class Change { none, rise, drop };

struct ChangeVerdict {
    Change change = Change::none;
    bool provisional = false;  // rests on little history
    std::string against;       // for a sentence: "a mean of 3.20 over the 30 before, chance 1.23e-09"
    Evidence evidence;         // every number compared; empty when nothing was, for want of history
};

// `earlier` are the pair's counts before `count`'s bucket, oldest first, from the bucket of its first
// transaction, zeros included, without the newest complete bucket: the guard. Only the newest
// `limits.buckets` count. The same numbers give the same verdict and evidence, to the byte.
//
// Robust: earlier counts are winsorised, and chance is a negative binomial with their mean and dispersion,
// the dispersion widened because the mean is itself an estimate. Only a rise is seen.
ChangeVerdict detect_change(std::span<const std::uint64_t> earlier, std::uint64_t count, Bucket bucket,
                            const ChangeLimits& limits);

}  // namespace moneytrail::signals
