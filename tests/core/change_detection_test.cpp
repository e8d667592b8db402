#include "signals/change_detection.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

using namespace moneytrail;
using namespace moneytrail::signals;

namespace {

using Counts = std::vector<std::uint64_t>;

Counts always(std::size_t buckets, std::uint64_t count) {
    return Counts(buckets, count);
}

Counts operator+(Counts earlier, const Counts& later) {
    earlier.insert(earlier.end(), later.begin(), later.end());
    return earlier;
}

Counts alternating(std::size_t buckets, std::uint64_t even, std::uint64_t odd) {
    Counts out;
    for (std::size_t i = 0; i < buckets; ++i) out.push_back(i % 2 == 0 ? even : odd);
    return out;
}

enum class Seen { silent, provisional, normal };

Seen seen(const ChangeVerdict& verdict) {
    if (verdict.change == Change::none) return Seen::silent;
    return verdict.provisional ? Seen::provisional : Seen::normal;
}

std::string evidence(const ChangeVerdict& verdict, std::string_view key) {
    const auto found = std::ranges::find(verdict.evidence, key, &Evidence::value_type::first);
    return found == verdict.evidence.end() ? "" : found->second;
}

ChangeVerdict today(const Counts& earlier, std::uint64_t count) {
    return detect_change(earlier, count, Bucket::open, kDailyChange);
}

struct Row {
    const char* name;
    Counts earlier;
    std::uint64_t count;
    Seen seen;
    const char* p;  // "": not compared
};

}  // namespace

// The chances are those of the negative binomial with mean m and variance phi m (1 + 1/n), to 40 digits by
// mpmath: betainc(count, r, 0, (d - 1) / d, regularized=True), d = phi (1 + 1/n), r = m / (d - 1). Counts
// that are always the same have phi = 1.
TEST_CASE("days with far more transactions than usual") {
    const auto row = GENERATE(values<Row>({
        {"as always", always(30, 10), 10, Seen::silent, ""},
        {"under twice the mean", always(30, 10), 19, Seen::silent, ""},
        {"exactly twice the mean, but chance does it", always(30, 10), 20, Seen::silent, "4.04e-03"},
        {"the last that chance does", always(30, 10), 24, Seen::silent, "1.63e-04"},
        {"the first that it does not", always(30, 10), 25, Seen::normal, "6.64e-05"},
        {"nothing at all", always(30, 10), 0, Seen::silent, ""},
        {"chance says no, twice the mean is not reached", always(14, 100), 199, Seen::silent, ""},
        {"exactly twice the mean", always(14, 100), 200, Seen::normal, "2.44e-17"},
        {"nine are too few", always(30, 1), 9, Seen::silent, ""},
        {"ten are enough", always(30, 1), 10, Seen::normal, "3.28e-07"},
        // 9.996e-05 in full: a chance counts as it is printed, and 1.00e-04 is not less than 0.0001.
        {"a chance of exactly the limit", always(49, 11), 26, Seen::silent, "1.00e-04"},
        {"a chance below the limit", always(49, 11), 27, Seen::normal, "4.09e-05"},
        {"14 days are normal", always(14, 10), 25, Seen::normal, "9.52e-05"},
        {"13 days are provisional", always(13, 10), 25, Seen::provisional, "9.99e-05"},
        {"7 days are provisional", always(7, 10), 26, Seen::provisional, "7.66e-05"},
        {"7 days, chance does it", always(7, 10), 25, Seen::silent, "1.71e-04"},
        {"6 days are not judged by chance", always(6, 9), 26, Seen::silent, ""},
        // phi = 14 16 / 13 / 4 = 4.31: scattered counts need more, 39 where steady ones need 15.
        {"scattered, chance does it", alternating(14, 0, 8), 38, Seen::silent, "1.24e-04"},
        {"scattered, chance does not", alternating(14, 0, 8), 39, Seen::normal, "9.77e-05"},
        // Winsorised at 10 + 5 sqrt(10) = 25.81: mean (29 10 + 25.81) / 30 = 10.53, where it would be 43.
        {"an old burst does not hide the next", always(29, 10) + always(1, 1000), 26, Seen::normal,
         "5.81e-05"},
        {"an old burst is no baseline", always(29, 10) + always(1, 1000), 25, Seen::silent, "1.40e-04"},
        {"only the newest 60 count", always(100, 1000) + always(60, 1), 10, Seen::normal, "1.97e-07"},
    }));
    CAPTURE(row.name);
    const auto verdict = today(row.earlier, row.count);
    CHECK(seen(verdict) == row.seen);
    CHECK(evidence(verdict, "p") == row.p);
}

TEST_CASE("a burst in a pair's first days is seen") {
    const auto row = GENERATE(values<Row>({
        {"the first day, 49", {}, 49, Seen::silent, ""},
        {"the first day, 50", {}, 50, Seen::provisional, ""},
        {"5 times the largest", {1, 10, 3}, 50, Seen::provisional, ""},
        {"not 5 times the largest", {1, 11, 3}, 54, Seen::silent, ""},
        {"exactly 5 times the largest", {1, 11, 3}, 55, Seen::provisional, ""},
        {"nothing but zeros", always(6, 0), 50, Seen::provisional, ""},
        {"5 times the largest, but under 50", always(6, 9), 49, Seen::silent, ""},
        {"the sixth day", always(6, 10), 50, Seen::provisional, ""},
    }));
    CAPTURE(row.name);
    CHECK(seen(today(row.earlier, row.count)) == row.seen);
}

TEST_CASE("ten a day on a pair that always has ten a day is silent") {
    for (std::size_t days = 0; days <= 60; ++days) {
        CAPTURE(days);
        CHECK(seen(today(always(days, 10), 10)) == Seen::silent);
        CHECK(seen(today(alternating(days, 7, 13), 13)) == Seen::silent);
    }
}

TEST_CASE("a pair seen once long ago is no baseline of zero") {
    for (const auto& earlier : {always(1, 1) + always(39, 0), always(60, 0)}) {
        CHECK(seen(today(earlier, 1)) == Seen::silent);
        CHECK(seen(today(earlier, 9)) == Seen::silent);
    }
    // A mean of 0.5 / 60 at least: what never happened is not impossible.
    const auto verdict = today(always(60, 0), 10);
    CHECK(verdict.evidence == Evidence{{"count", "10"},
                                       {"buckets", "60"},
                                       {"mean", "0.01"},
                                       {"dispersion", "1.00"},
                                       {"least_count", "10.00"},
                                       {"p", "2.49e-19"},
                                       {"max_p", "0.0001"}});
}

TEST_CASE("weeks with far more transactions than usual") {
    const auto row = GENERATE(values<Row>({
        {"3 weeks are silent, whatever comes", always(3, 1), 100'000, Seen::silent, ""},
        {"no week at all", {}, 100'000, Seen::silent, ""},
        {"4 weeks, chance does it", always(4, 9), 21, Seen::silent, "1.85e-03"},
        {"4 weeks are provisional", always(4, 9), 22, Seen::provisional, "9.37e-04"},
        {"7 weeks are provisional", always(7, 9), 22, Seen::provisional, "5.14e-04"},
        // 1.0012e-03 in full.
        {"a chance of exactly the limit", always(8, 9), 21, Seen::silent, "1.00e-03"},
        {"8 weeks are normal", always(8, 9), 22, Seen::normal, "4.58e-04"},
        {"under twice the mean", always(8, 9), 17, Seen::silent, ""},
    }));
    CAPTURE(row.name);
    const auto verdict = detect_change(row.earlier, row.count, Bucket::open, kWeeklyChange);
    CHECK(seen(verdict) == row.seen);
    CHECK(evidence(verdict, "p") == row.p);
}

// Fourteen of 8 and 12, alternating, have a mean of 10, squares of 4 and a standard deviation of sqrt(56 /
// 13), which is 2.0755.
TEST_CASE("baseline sigma: more than three standard deviations from the mean") {
    auto limits = kDailyChange;
    limits.baseline = Baseline::sigma;
    struct SigmaRow {
        const char* name;
        Counts earlier;
        std::uint64_t count;
        Bucket bucket;
        Change change;
    };
    // Mean 7, squares 4 and 4, over 9 - 1: a standard deviation of exactly 1.
    const auto exactly_one = Counts{5} + always(7, 7) + Counts{9};
    const auto row = GENERATE_COPY(values<SigmaRow>({
        {"three deviations above are not more", exactly_one, 10, Bucket::closed, Change::none},
        {"more than three above", exactly_one, 11, Bucket::open, Change::rise},
        {"three deviations below are not more", exactly_one, 4, Bucket::closed, Change::none},
        {"more than three below", exactly_one, 3, Bucket::closed, Change::drop},
        {"below, while more can still come", exactly_one, 3, Bucket::open, Change::none},
        {"3.37 above 10 by 2.0755", alternating(14, 8, 12), 17, Bucket::open, Change::rise},
        {"2.89 above 10 by 2.0755", alternating(14, 8, 12), 16, Bucket::open, Change::none},
        {"no scatter, the same", always(14, 5), 5, Bucket::closed, Change::none},
        {"no scatter, one more", always(14, 9), 10, Bucket::open, Change::rise},
        {"no scatter, one more, but not ten", always(14, 8), 9, Bucket::open, Change::none},
        {"no scatter, one less", always(14, 5), 4, Bucket::closed, Change::drop},
        {"7 days", always(7, 5), 10, Bucket::open, Change::rise},
        {"6 days", always(6, 5), 1000, Bucket::closed, Change::none},
        {"a burst of the first day", {}, 1000, Bucket::open, Change::none},
        {"an old burst hides the next", always(29, 10) + always(1, 1000), 300, Bucket::open, Change::none},
    }));
    CAPTURE(row.name);
    const auto verdict = detect_change(row.earlier, row.count, row.bucket, limits);
    CHECK(verdict.change == row.change);
    CHECK(verdict.provisional == (row.earlier.size() >= 7 && row.earlier.size() < 14));
}

TEST_CASE("a drop is none of the robust baseline's") {
    CHECK(detect_change(always(30, 100), 0, Bucket::closed, kDailyChange).change == Change::none);
}

TEST_CASE("a change says every number that was compared") {
    const auto robust = today(always(29, 10) + always(1, 1000), 26);
    CHECK(robust.evidence == Evidence{{"count", "26"},
                                      {"buckets", "30"},
                                      {"mean", "10.53"},
                                      {"dispersion", "1.00"},
                                      {"least_count", "21.05"},
                                      {"p", "5.81e-05"},
                                      {"max_p", "0.0001"}});
    CHECK(robust.against == "a mean of 10.53 over the 30 before, chance 5.81e-05");

    const auto burst = today({1, 11, 3}, 55);
    CHECK(burst.evidence == Evidence{{"count", "55"},
                                     {"buckets", "3"},
                                     {"least_count", "50"},
                                     {"largest_before", "11"},
                                     {"least_ratio", "5.0000"}});
    CHECK(burst.against == "at most 11 over the 3 before");

    auto limits = kDailyChange;
    limits.baseline = Baseline::sigma;
    const auto sigma = detect_change(alternating(14, 8, 12), 17, Bucket::open, limits);
    CHECK(sigma.evidence == Evidence{{"count", "17"},
                                     {"buckets", "14"},
                                     {"mean", "10.00"},
                                     {"standard_deviation", "2.08"},
                                     {"sigmas", "3.0000"}});
    CHECK(sigma.against == "a mean of 10.00 over the 14 before, standard deviation 2.08");
}

TEST_CASE("every limit of a change is a setting") {
    auto limits = kDailyChange;
    limits.min_count = 30;
    CHECK(seen(detect_change(always(30, 10), 29, Bucket::open, limits)) == Seen::silent);
    CHECK(seen(detect_change(always(30, 10), 30, Bucket::open, limits)) == Seen::normal);
    limits = kDailyChange;
    limits.min_ratio = {25'001};
    CHECK(seen(detect_change(always(30, 10), 25, Bucket::open, limits)) == Seen::silent);
    limits = kDailyChange;
    limits.max_p = {41};  // 0.0041, over the 0.00404 of twice the mean
    CHECK(seen(detect_change(always(30, 10), 20, Bucket::open, limits)) == Seen::normal);
    limits = kDailyChange;
    limits.buckets = 10;
    CHECK(seen(detect_change(always(30, 10), 30, Bucket::open, limits)) == Seen::provisional);
    limits = kDailyChange;
    limits.burst = BurstLimits{.count = 5, .ratio = {0}};
    CHECK(seen(detect_change(always(1, 9), 5, Bucket::open, limits)) == Seen::provisional);
    // Counts far beyond any chain's, and a ratio of nothing: still an answer.
    limits = {.min_count = 0, .min_ratio = {0}, .max_p = {0}, .provisional_from = 0};
    CHECK(detect_change(Counts{}, 0, Bucket::open, limits).change == Change::none);
    CHECK(detect_change(always(60, 1'000'000), 1, Bucket::open, limits).change == Change::none);
    CHECK(detect_change(always(60, 1), 1'000'000'000'000, Bucket::open, limits).change == Change::none);
}
