#pragma once

// What a subject and one counterparty did on one day, in both directions: what S5a and S6 count.

#include "base/time.hpp"
#include "base/usd.hpp"

#include <cstdint>

namespace moneytrail {

// Distinct transactions by their largest transfer between the two.
struct PairCount {
    std::uint64_t over = 0;      // the gate
    std::uint64_t unpriced = 0;  // not known to be: they have an unpriced transfer
    // What is unpriced counts only once its day is past.
    std::uint64_t past() const { return over + unpriced; }
    bool operator==(const PairCount&) const = default;
};

// What S6a and S6b count by, and how far they look back.
struct PairGates {
    Usd daily = Usd::dollars(100);
    Usd weekly = Usd::dollars(100);
    std::chrono::days reach{7 * 62};
    bool operator==(const PairGates&) const = default;
};

struct PairDay {
    PairCount daily;                 // over PairGates::daily
    PairCount weekly;                // over PairGates::weekly
    Usd out;                         // paid by the subject
    std::uint64_t out_unpriced = 0;  // transfers that `out` leaves out
    bool has_price = false;          // anything on this day, in either direction

    PairDay& operator+=(const PairDay& other);
    bool operator==(const PairDay&) const = default;
};

// ISO weeks begin on Monday.
inline std::chrono::sys_days monday_of(std::chrono::sys_days day) {
    return day - (std::chrono::weekday{day} - std::chrono::Monday);
}

}  // namespace moneytrail
