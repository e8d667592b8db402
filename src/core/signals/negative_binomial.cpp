#include "signals/negative_binomial.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace moneytrail::signals {
namespace {

// ln z! less Stirling's formula without its series; std::tgamma, because std::lgamma writes a global.
double stirling_error(double z) {
    constexpr double kSeriesFrom = 16;
    const double squared = z * z;
    if (z >= kSeriesFrom)
        return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - 1.0 / 1680 / squared) / squared) / squared) / z;
    return std::log(std::tgamma(z + 1)) -
           ((z + 0.5) * std::log(z) - z + 0.5 * std::log(2 * std::numbers::pi));
}

// Mean m and dispersion d stand for the size r = m / (d - 1) and the chance of success 1 / d. Formulas are in
// m and d wherever r, which is infinite for the Poisson, would cancel out badly.
struct NegativeBinomial {
    double mean;
    double dispersion;

    // P(X = k) for k >= 1 as C. Loader, Fast and Accurate Computation of Binomial Probabilities (2000), has
    // it: differences of large logarithms of gamma functions are taken out beforehand.
    double at(double k) const {
        const double excess = dispersion - 1;
        const double size = excess > 0 ? mean / excess : std::numeric_limits<double>::infinity();
        const double pull = (k * excess + mean) / dispersion;  // (k + r) (1 - 1 / d)
        const double gap = (mean - k) / dispersion;
        const double x = gap * excess / mean;  // gap / r
        const double factor = std::abs(x) > 0 ? -std::log1p(-x) / x : 1;
        const double deviance = k * std::log(k / pull) + gap * factor;
        const double series = stirling_error(k + size) - stirling_error(k) - stirling_error(size);
        const double scale = mean / (2 * std::numbers::pi * k * (k * excess + mean));
        return std::sqrt(scale) * std::exp(series - deviance);
    }

    // P(X >= k) / P(X = k) for k above the mean: the continued fraction of the incomplete beta function (NIST
    // Digital Library of Mathematical Functions, 8.17.22) at a = k, b = r, x = 1 - 1 / d, by Lentz's method.
    double tail_ratio(double k) const {
        constexpr int kMostSteps = 1'000'000;
        constexpr double kNothing = 1e-300;
        constexpr double kPrecision = 1e-12;
        const double excess = dispersion - 1;
        double fraction = 1;
        double c = 1;
        double d = 0;
        for (int step = 0; step < kMostSteps; ++step) {
            const int i = (step + 1) / 2;
            const double even = i * (mean - i * excess) / ((k + 2 * i - 1) * (k + 2 * i));
            const double odd = (k + i) * ((k + i) * excess + mean) / ((k + 2 * i) * (k + 2 * i + 1));
            // The first partial numerator is 1, and so is the first denominator.
            const double numerator = (step % 2 == 1 ? even : -odd) / dispersion;
            d = 1 + numerator * d;
            if (std::abs(d) < kNothing) d = kNothing;
            c = 1 + numerator / c;
            if (std::abs(c) < kNothing) c = kNothing;
            d = 1 / d;
            fraction *= c * d;
            if (std::abs(c * d - 1) < kPrecision) break;
        }
        return 1 / fraction;
    }
};

}  // namespace

double negative_binomial_tail(double mean, double dispersion, std::uint64_t count) {
    if (count == 0) return 1;
    const NegativeBinomial chance{mean, dispersion};
    const auto k = static_cast<double>(count);
    auto j = std::max(k, std::floor(mean) + 1);
    auto term = chance.at(j);
    auto tail = term * chance.tail_ratio(j);
    // At or below the mean the rest is added one by one, until it adds nothing any more.
    for (; j > k && term > tail * std::numeric_limits<double>::epsilon(); --j) {
        term *= j * dispersion / ((j - 1) * (dispersion - 1) + mean);
        tail += term;
    }
    return std::min(tail, 1.0);
}

}  // namespace moneytrail::signals
