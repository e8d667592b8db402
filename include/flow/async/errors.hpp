#pragma once

// The two ways in which the outside world fails: one that may pass, and one that somebody has to put right.

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>

namespace moneytrail {

using Duration = std::chrono::steady_clock::duration;

// Worth another try, not before `retry_after`.
struct Transient : std::runtime_error {
    explicit Transient(const std::string& what, std::optional<Duration> wait = {})
        : std::runtime_error{what}, retry_after{wait} {}
    std::optional<Duration> retry_after;
};

// Another try would end the same way: the text says what is wrong and what would be right.
struct Permanent : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace moneytrail
