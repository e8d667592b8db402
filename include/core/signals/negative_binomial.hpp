#pragma once

// How likely chance alone makes a count as high as this one, when counts scatter more than a Poisson's.

#include <cstdint>

namespace moneytrail::signals {

// P(X >= count) of a negative binomial X with this mean and the variance dispersion * mean; at a dispersion
// of 1 it is the Poisson. `mean` > 0, `dispersion` >= 1. Good to 6 significant digits for counts to 1e6 and
// more.
double negative_binomial_tail(double mean, double dispersion, std::uint64_t count);

}  // namespace moneytrail::signals
