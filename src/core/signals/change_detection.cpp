#include "signals/change_detection.hpp"

#include "signals/negative_binomial.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace moneytrail::signals {
namespace {

using Counts = std::span<const std::uint64_t>;

double to_double(Ratio ratio) {
    return static_cast<double>(ratio.per_10_000) / 10'000;
}

// Of numbers made by +, -, *, / and square root only: those are the same on every machine.
std::string fixed(double value) {
    std::array<char, 400> digits{};  // the largest double has 309 of them before the point
    const auto end = std::to_chars(digits.begin(), digits.end(), value, std::chars_format::fixed, 2).ptr;
    return {digits.begin(), end};
}

// A chance has been through logarithms, whose last bits depend on the machine: three digits do not.
struct RoundedChance {
    explicit RoundedChance(double p) {
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.begin(), digits.end(), p, std::chars_format::scientific, 2).ptr;
        text.assign(digits.begin(), end);
        std::from_chars(digits.begin(), end, value);
    }

    std::string text;  // "1.23e-05"
    double value = 0;
};

std::string over(std::size_t buckets) {
    return " over the " + std::to_string(buckets) + " before";
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    const auto middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

struct Moments {
    double mean = 0;
    double variance = 0;  // of a sample: over n - 1
};

Moments moments(const std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    Moments out;
    // Counts add up exactly, and so a mean that is a whole number is exactly that.
    for (const auto value : values) out.mean += value;
    out.mean /= n;
    if (values.size() < 2) return out;
    for (const auto value : values) out.variance += (value - out.mean) * (value - out.mean);
    out.variance /= n - 1;
    return out;
}

// One old burst must not hide the next.
std::vector<double> winsorised(std::vector<double> values) {
    constexpr double kSigmaOfMad = 1.4826;  // of normal scatter
    constexpr double kReach = 5;
    const auto middle = median(values);
    auto distances = values;
    for (auto& each : distances) each = std::abs(each - middle);
    const auto scatter =
        std::max(kSigmaOfMad * median(std::move(distances)), std::sqrt(std::max(middle, 1.0)));
    for (auto& each : values) each = std::min(each, middle + kReach * scatter);
    return values;
}

ChangeVerdict robust(const std::vector<double>& earlier, std::uint64_t count, const ChangeLimits& limits) {
    const auto n = static_cast<double>(earlier.size());
    const auto usual = moments(winsorised(earlier));
    const auto mean = std::max(usual.mean, 0.5 / n);
    const auto dispersion = std::max(1.0, usual.variance / mean);
    const auto enough =
        std::max(static_cast<double>(limits.min_count), to_double(limits.min_ratio) * std::max(mean, 1.0));

    ChangeVerdict out;
    out.evidence = {{"count", std::to_string(count)},
                    {"buckets", std::to_string(earlier.size())},
                    {"mean", fixed(mean)},
                    {"dispersion", fixed(dispersion)},
                    {"least_count", fixed(enough)}};
    out.provisional = earlier.size() < limits.normal_from;
    if (static_cast<double>(count) < enough) return out;
    const RoundedChance chance{negative_binomial_tail(mean, dispersion * (1 + 1 / n), count)};
    out.evidence.emplace_back("p", chance.text);
    out.evidence.emplace_back("max_p", to_string(limits.max_p));
    out.against = "a mean of " + fixed(mean) + over(earlier.size()) + ", chance " + chance.text;
    if (chance.value < to_double(limits.max_p)) out.change = Change::rise;
    return out;
}

ChangeVerdict sigma(const std::vector<double>& earlier, std::uint64_t count, Bucket bucket,
                    const ChangeLimits& limits) {
    if (earlier.size() < limits.sigma_from) return {};
    const auto usual = moments(earlier);
    const auto deviation = std::sqrt(usual.variance);
    const auto reach = to_double(limits.sigmas) * deviation;
    const auto gap = static_cast<double>(count) - usual.mean;

    ChangeVerdict out;
    out.provisional = earlier.size() < limits.normal_from;
    out.evidence = {{"count", std::to_string(count)},
                    {"buckets", std::to_string(earlier.size())},
                    {"mean", fixed(usual.mean)},
                    {"standard_deviation", fixed(deviation)},
                    {"sigmas", to_string(limits.sigmas)}};
    out.against =
        "a mean of " + fixed(usual.mean) + over(earlier.size()) + ", standard deviation " + fixed(deviation);
    if (gap > reach && count >= limits.min_count) out.change = Change::rise;
    if (-gap > reach && bucket == Bucket::closed) out.change = Change::drop;
    return out;
}

ChangeVerdict burst(Counts earlier, std::uint64_t count, const BurstLimits& limits) {
    const auto largest = earlier.empty() ? 0 : *std::ranges::max_element(earlier);
    ChangeVerdict out;
    out.provisional = true;
    out.evidence = {{"count", std::to_string(count)},
                    {"buckets", std::to_string(earlier.size())},
                    {"least_count", std::to_string(limits.count)},
                    {"largest_before", std::to_string(largest)},
                    {"least_ratio", to_string(limits.ratio)}};
    out.against = "at most " + std::to_string(largest) + over(earlier.size());
    if (count >= limits.count &&
        static_cast<double>(count) >= to_double(limits.ratio) * static_cast<double>(largest))
        out.change = Change::rise;
    return out;
}

}  // namespace

ChangeVerdict detect_change(Counts earlier, std::uint64_t count, Bucket bucket, const ChangeLimits& limits) {
    earlier = earlier.last(std::min(earlier.size(), limits.buckets));
    const std::vector<double> counts(earlier.begin(), earlier.end());
    if (limits.baseline == Baseline::sigma) return sigma(counts, count, bucket, limits);
    if (!earlier.empty() && earlier.size() >= limits.provisional_from) return robust(counts, count, limits);
    if (limits.burst) return burst(earlier, count, *limits.burst);
    return {};
}

}  // namespace moneytrail::signals
