#include "signals/negative_binomial.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdint>

using namespace moneytrail::signals;

namespace {

// P(X >= count) by adding up chances: P(0) = d^(-m / (d - 1)), in the limit exp(-m), and
// P(j + 1) / P(j) = (j (d - 1) + m) / (d (j + 1)). A long double does not underflow here.
double added_up(long double mean, long double dispersion, std::uint64_t count) {
    const auto excess = dispersion - 1;
    auto chance = excess > 0 ? std::exp(-mean / excess * std::log1p(excess)) : std::exp(-mean);
    long double tail = 0;
    for (std::uint64_t j = 0; j < count || chance > tail * 1e-18L; ++j) {
        if (j >= count) tail += chance;
        chance *=
            (static_cast<long double>(j) * excess + mean) / (dispersion * (static_cast<long double>(j) + 1));
    }
    return static_cast<double>(tail);
}

struct Row {
    double mean;
    double dispersion;
    std::uint64_t count;
    double tail;
};

}  // namespace

// To 12 digits by mpmath at 40: betainc(k, r, 0, (d - 1) / d, regularized=True) with r = m / (d - 1), and
// gammainc(k, 0, m, regularized=True) where d = 1. The second can be had by hand: 1 - e^-1 (1 + 1 + 1/2 + 1/6
// + 1/24).
TEST_CASE("the tail of a negative binomial: known values") {
    const auto row = GENERATE(values<Row>({
        {10, 1, 20, 0.00345434197586},
        {1, 1, 5, 0.00365984682734},
        {2.5, 1, 10, 0.000277352094621},
        {10, 4, 30, 0.0100712182622},
        {0.5, 8, 10, 0.0109289910108},
        {1000, 1.5, 1200, 3.73261338228e-7},
        {1e6, 1, 1'004'000, 3.20744748208e-5},
        {50'000, 20, 55'000, 6.1068316421e-7},
        {0.0083, 1, 10, 4.24366452918e-28},
    }));
    CAPTURE(row.mean, row.dispersion, row.count);
    CHECK(negative_binomial_tail(row.mean, row.dispersion, row.count) == Approx(row.tail).epsilon(1e-7));
}

TEST_CASE("the tail of a negative binomial: as chances add up") {
    const auto mean = GENERATE(0.01, 0.4, 1.0, 3.0, 10.0, 57.5, 400.0);
    const auto dispersion = GENERATE(1.0, 1 + 1e-12, 1 + 1e-6, 1.01, 1.0 + 1.0 / 30, 2.0, 4.4, 50.0, 1000.0);
    for (const auto multiple : {0.1, 0.5, 0.9, 1.0, 1.1, 2.0, 3.0, 5.0}) {
        const auto count = static_cast<std::uint64_t>(multiple * mean) + 1;
        CAPTURE(mean, dispersion, count);
        CHECK(negative_binomial_tail(mean, dispersion, count) ==
              Approx(added_up(mean, dispersion, count)).epsilon(1e-7));
    }
}

// P(X >= k) is P(X = 0), 1 - P(X = 0) and 1 - P(X = 0) - P(X = 1) away from 1: by hand for a Poisson of 2.
TEST_CASE("the tail of a negative binomial: its beginning") {
    CHECK(negative_binomial_tail(2, 1, 0) == 1);
    CHECK(negative_binomial_tail(2, 1, 1) == Approx(1 - std::exp(-2.0)).epsilon(1e-9));
    CHECK(negative_binomial_tail(2, 1, 2) == Approx(1 - 3 * std::exp(-2.0)).epsilon(1e-9));
    // With mean 3 and dispersion 4 it is geometric: P(X >= k) = (3 / 4)^k.
    CHECK(negative_binomial_tail(3, 4, 7) == Approx(std::pow(0.75, 7)).epsilon(1e-9));
}

TEST_CASE("the tail of a negative binomial: at the edges of what counts can be") {
    CHECK(negative_binomial_tail(1e6, 1, 10'000'000) == 0);  // e^-14 000 000
    CHECK(negative_binomial_tail(1e6, 1 + 1.0 / 60, 1) == Approx(1));
    CHECK(negative_binomial_tail(0.5 / 60, 1e6, 1'000'000) > 0);
    const auto huge = negative_binomial_tail(1e6, 1e9, 18'000'000'000'000'000'000U);
    CHECK((huge >= 0 && huge <= 1));
}
