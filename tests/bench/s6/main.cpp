#include "signals/change_detection.hpp"

#include <CLI/CLI.hpp>

#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <random>
#include <tuple>
#include <vector>

using namespace moneytrail::signals;

namespace {

using Counts = std::vector<std::uint64_t>;

using Random = std::mt19937_64;
using Traffic = std::discrete_distribution<std::uint64_t>;  // the count of a day

// Negative binomial with this mean and the variance dispersion * mean; Poisson at a dispersion of 1. By a
// table of chances, P(j + 1) / P(j) = (j (d - 1) + m) / (d (j + 1)): with the library's Poisson and gamma it
// takes four times as long.
Traffic traffic(double mean, double dispersion) {
    constexpr long double kNegligible = 1e-15L;
    const long double excess = dispersion - 1;
    auto chance = excess > 0 ? std::exp(-mean / excess * std::log1p(excess)) : std::exp(-1.0L * mean);
    std::vector<double> chances;
    for (long double j = 0; j < mean || chance > kNegligible; ++j) {
        chances.push_back(static_cast<double>(chance));
        chance *= (j * excess + mean) / (dispersion * (j + 1));
    }
    return {chances.begin(), chances.end()};
}

enum class Past { even, with_spike };

struct Case {
    double mean;
    double dispersion = 1;
    std::size_t buckets = 30;
    double times = 1;  // today's traffic; 1: every verdict is a false alarm
    Past past = Past::even;
};

// % of days on which robust and sigma fire.
struct Rates {
    double robust = 0;
    double sigma = 0;
};

bool fires(const Counts& earlier, std::uint64_t today, ChangeLimits limits, Baseline baseline) {
    limits.baseline = baseline;
    return detect_change(earlier, today, Bucket::open, limits).change != Change::none;
}

Rates simulate(const Case& row, const ChangeLimits& limits, int trials) {
    constexpr std::uint64_t kSeed = 20'261'121;
    constexpr double kSpike = 10;
    Random random{kSeed};
    auto usual = traffic(row.mean, row.dispersion);
    auto spike = traffic(row.mean * kSpike, row.dispersion);
    auto now = traffic(row.mean * row.times, row.dispersion);
    Rates out;
    Counts earlier(row.buckets);
    for (int trial = 0; trial < trials; ++trial) {
        for (auto& count : earlier) count = usual(random);
        if (row.past == Past::with_spike) earlier[row.buckets / 2] = spike(random);
        const auto today = now(random);
        if (fires(earlier, today, limits, Baseline::robust)) ++out.robust;
        if (fires(earlier, today, limits, Baseline::sigma)) ++out.sigma;
    }
    out.robust *= 100.0 / trials;
    out.sigma *= 100.0 / trials;
    return out;
}

enum class Bound { none, at_most, at_least };

struct Row {
    Case traffic;
    Bound bound = Bound::none;
    double bound_percent = 0;
    std::optional<double> published;  // of the same rule, from elsewhere
};

class Report {
  public:
    explicit Report(int trials) : trials_{trials} {}

    void section(const char* title, const ChangeLimits& limits, const std::vector<Row>& rows) {
        std::printf("\n%s\n%8s %10s %7s %7s %10s %8s %10s %10s\n", title, "mean", "dispersion", "buckets",
                    "today", "robust %", "sigma %", "to reach", "reference");
        for (const auto& row : rows) print(row, simulate(row.traffic, limits, trials_));
    }

    bool all_reached() const { return all_reached_; }

  private:
    void print(const Row& row, const Rates& rates) {
        const auto& [mean, dispersion, buckets, times, past] = row.traffic;
        std::printf("%8g %10g %7zu %6gx %10.3f %8.2f", mean, dispersion, buckets, times, rates.robust,
                    rates.sigma);
        bool reached = true;
        if (row.bound == Bound::none) {
            std::printf(" %10s", "");
        } else {
            const bool is_most = row.bound == Bound::at_most;
            reached = is_most ? rates.robust <= row.bound_percent : rates.robust >= row.bound_percent;
            std::printf("   %s %5g", is_most ? "<=" : ">=", row.bound_percent);
        }
        if (row.published) std::printf(" %10g", *row.published);
        std::printf("%s\n", reached ? "" : "   MISSED");
        all_reached_ = all_reached_ && reached;
    }

    int trials_;
    bool all_reached_ = true;
};

// What is published was simulated with 50 000 trials, of the rule without the factor 2 and before rounding.
void false_alarms(Report& report) {
    std::vector<Row> rows;
    constexpr std::array<std::pair<double, std::optional<double>>, 14> kPoisson{{{0.1, {}},
                                                                                 {0.5, {}},
                                                                                 {1, {}},
                                                                                 {2, {}},
                                                                                 {3, 0.004},
                                                                                 {5, 0.002},
                                                                                 {8, 0.008},
                                                                                 {10, 0.010},
                                                                                 {15, 0.004},
                                                                                 {20, 0.010},
                                                                                 {30, 0.006},
                                                                                 {50, 0},
                                                                                 {100, 0.008},
                                                                                 {400, {}}}};
    for (const auto& [mean, published] : kPoisson)
        rows.push_back({{.mean = mean}, Bound::at_most, 0.05, published});
    report.section("False alarms a day, Poisson", kDailyChange, rows);

    report.section("False alarms a day, scattered more than Poisson", kDailyChange,
                   {{{.mean = 10, .dispersion = 4}, Bound::at_most, 0.1, 0.07},
                    {{.mean = 15, .dispersion = 4}, Bound::at_most, 0.1, {}},
                    {{.mean = 20, .dispersion = 4}, Bound::at_most, 0.1, {}},
                    {{.mean = 50, .dispersion = 4}, Bound::at_most, 0.1, {}},
                    {{.mean = 100, .dispersion = 4}, Bound::at_most, 0.1, {}},
                    {{.mean = 5, .dispersion = 4}, Bound::none, 0, {}},
                    {{.mean = 50, .dispersion = 2}, Bound::none, 0, 0.04},
                    {{.mean = 5, .dispersion = 8}, Bound::none, 0, 0.18},
                    {{.mean = 2, .dispersion = 8}, Bound::none, 0, 0.91},
                    {{.mean = 20, .dispersion = 16}, Bound::none, 0, {}}});
}

void power(Report& report) {
    report.section("Days with more traffic that are seen, Poisson", kDailyChange,
                   {{{.mean = 10, .times = 3}, Bound::at_least, 75, 77},
                    {{.mean = 20, .times = 3}, Bound::at_least, 95, 99},
                    {{.mean = 5, .times = 3}, Bound::none, 0, 33},
                    {{.mean = 10, .times = 2}, Bound::none, 0, 12},
                    {{.mean = 10, .times = 5}, Bound::none, 0, 100},
                    {{.mean = 50, .times = 2}, Bound::none, 0, 96},
                    {{.mean = 50, .times = 3}, Bound::none, 0, 100}});
    report.section("The same with one day of ten times the traffic in the past", kDailyChange,
                   {{{.mean = 10, .times = 3, .past = Past::with_spike}, Bound::none, 0, 28},
                    {{.mean = 20, .times = 3, .past = Past::with_spike}, Bound::none, 0, 83}});
}

void other_histories(Report& report) {
    std::vector<Row> scattered;
    std::vector<Row> seen;
    for (const auto& [buckets, alarms, power] : {std::tuple{std::size_t{7}, 0.51, 69.0},
                                                 {10, 0.30, 72.0},
                                                 {14, 0.20, 75.0},
                                                 {30, 0.08, 77.0},
                                                 {60, 0.04, 81.0}}) {
        scattered.push_back({{.mean = 10, .dispersion = 4, .buckets = buckets}, Bound::none, 0, alarms});
        seen.push_back({{.mean = 10, .buckets = buckets, .times = 3}, Bound::none, 0, power});
    }
    report.section("False alarms a day by history", kDailyChange, scattered);
    report.section("Days with more traffic that are seen, by history", kDailyChange, seen);
    report.section("Poisson with 7 days (provisional) and 90 (of which 60 count)", kDailyChange,
                   {{{.mean = 3, .buckets = 7}, Bound::none, 0, 0.014},
                    {{.mean = 10, .buckets = 7}, Bound::none, 0, 0.006},
                    {{.mean = 50, .buckets = 7}, Bound::none, 0, 0.008},
                    {{.mean = 3, .buckets = 90}, Bound::none, 0, {}},
                    {{.mean = 10, .buckets = 90}, Bound::none, 0, {}},
                    {{.mean = 50, .buckets = 90}, Bound::none, 0, {}}});
    report.section("Weeks: false alarms, and weeks with more traffic that are seen", kWeeklyChange,
                   {{{.mean = 7, .buckets = 8}, Bound::none, 0, {}},
                    {{.mean = 35, .buckets = 8}, Bound::none, 0, {}},
                    {{.mean = 35, .dispersion = 4, .buckets = 8}, Bound::none, 0, {}},
                    {{.mean = 7, .buckets = 8, .times = 3}, Bound::none, 0, {}},
                    {{.mean = 35, .buckets = 8, .times = 3}, Bound::none, 0, {}}});
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{
        "How often S6 fires on made traffic: false alarms and power. Ends with 1 if a bound is missed."};
    int trials = 50'000;
    app.add_option("--trials", trials, "days of each row")->check(CLI::Range(1, 10'000'000));
    CLI11_PARSE(app, argc, argv);
    std::printf("S6, %d days a row, fixed seed\n", trials);
    Report report{trials};
    false_alarms(report);
    power(report);
    other_histories(report);
    return report.all_reached() ? 0 : 1;
}
