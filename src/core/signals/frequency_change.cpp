#include "signals/change_detection.hpp"
#include "signals/params.hpp"
#include "signals/signal.hpp"
#include "signals/wording.hpp"

namespace moneytrail::signals {
namespace {

using Days = std::chrono::days;
using Day = std::chrono::sys_days;

enum class Span { day, week };

// S6a and S6b: the subject and one counterparty have far more transactions with each other today, or this
// week, than is usual for them. Counted are transactions whose largest transfer between the two passes
// `min_usd`; of past days also those with an unpriced one.
//
//   min_usd            100                  transactions above this count
//   baseline           robust               robust or sigma; what follows is read by one of them or both
//   min_count          10                   a rise has at least so many
//   min_ratio          2                    robust: and from so many times the mean
//   max_p              0.0001 (S6b 0.001)   robust: and when chance would do it less often
//   sigmas             3                    sigma: so many standard deviations from the mean
//   buckets            60                   days or weeks looked back at most
//   normal_from        14 (S6b 8)           with fewer it is provisional
//   provisional_from   7 (S6b 4)
//   burst_count        50                   S6a, robust, with less history still: fires from so many
//   burst_ratio        5                    and so many times the largest day before
class FrequencyChange final : public Signal {
  public:
    FrequencyChange(Params& params, Span span)
        : span_{span}, limits_{span == Span::day ? kDailyChange : kWeeklyChange} {
        min_usd_ = params.usd("min_usd", Usd::dollars(100));
        limits_.baseline = static_cast<Baseline>(params.choice("baseline", {"robust", "sigma"}, 0));
        limits_.min_count = params.whole("min_count", 1, 1'000'000, limits_.min_count);
        limits_.min_ratio = params.ratio("min_ratio", limits_.min_ratio);
        limits_.max_p = params.share("max_p", limits_.max_p);
        limits_.sigmas = params.ratio("sigmas", limits_.sigmas);
        limits_.buckets = params.whole("buckets", 7, 1'000, limits_.buckets);
        limits_.normal_from = params.whole("normal_from", 1, 1'000, limits_.normal_from);
        limits_.provisional_from = params.whole("provisional_from", 1, 1'000, limits_.provisional_from);
        if (!limits_.burst) return;
        limits_.burst->count = params.whole("burst_count", 1, 1'000'000, limits_.burst->count);
        limits_.burst->ratio = params.ratio("burst_ratio", limits_.burst->ratio);
    }

    Verdicts evaluate(const Occasion& occasion) const override {
        const auto& now = *occasion.activities.front();
        if (!now.is_dealing() || !passes(now, min_usd_)) return {};
        const auto today = utc_day(now.time);
        const auto count = count_until(today, now, occasion.history);
        // The same by the rule, without reading every day of the pair's past.
        if (limits_.baseline == Baseline::robust && count < least_count()) return {};
        const auto open =
            detect_change(earlier_than(today, now, occasion.history), count, Bucket::open, limits_);
        if (open.change != Change::none) return fired(open, count, occasion);
        if (limits_.baseline != Baseline::sigma) return {};

        // Few are a drop only when no more can come: judged with the first transaction behind it.
        const auto closed_day = today - width();
        const auto begin = occasion.history.pair_begin(now.subject, *now.counterparty);
        if (!begin || bucket_of(closed_day) < first_bucket(*begin)) return {};
        const auto closed_count = past_count(bucket_of(closed_day), now, occasion.history);
        const auto closed = detect_change(earlier_than(closed_day, now, occasion.history), closed_count,
                                          Bucket::closed, limits_);
        return closed.change == Change::drop ? fired(closed, closed_count, occasion) : Verdict{};
    }

    std::vector<std::string> repeat_keys(const Activity& now, const Facts&) const override {
        if (!now.is_dealing()) return {};
        return {key(now)};
    }

    PairGates pair_gates(PairGates others) const override {
        (span_ == Span::day ? others.daily : others.weekly) = min_usd_;
        // The bucket that is going on, and the guard.
        others.reach = std::max(others.reach, width() * static_cast<int>(limits_.buckets + 2));
        return others;
    }

  private:
    Days width() const { return Days{span_ == Span::day ? 1 : 7}; }
    // A bucket is called by its first day.
    Day bucket_of(Day day) const { return span_ == Span::day ? day : monday_of(day); }
    // Part of a week is no week.
    Day first_bucket(Day begin) const { return bucket_of(begin + width() - Days{1}); }
    PairCount PairDay::* counted() const { return span_ == Span::day ? &PairDay::daily : &PairDay::weekly; }

    std::uint64_t least_count() const {
        return limits_.burst ? std::min(limits_.min_count, limits_.burst->count) : limits_.min_count;
    }

    // Of the bucket that is going on, this transaction included.
    std::uint64_t count_until(Day today, const Activity& now, const History& history) const {
        std::uint64_t count = history.is_counted(now, counted()) ? 0 : 1;
        for (auto day = bucket_of(today); day <= today; day += Days{1})
            count += (history.pair_day(now.subject, *now.counterparty, day).*counted()).over;
        return count;
    }

    std::uint64_t past_count(Day bucket, const Activity& now, const History& history) const {
        std::uint64_t count = 0;
        for (auto day = bucket; day < bucket + width(); day += Days{1})
            count += (history.pair_day(now.subject, *now.counterparty, day).*counted()).past();
        return count;
    }

    // Whole ones, from the pair's first priced activity on, at most `buckets`, without the newest complete
    // one: the guard.
    std::vector<std::uint64_t> earlier_than(Day day, const Activity& now, const History& history) const {
        std::vector<std::uint64_t> counts;
        const auto begin = history.pair_begin(now.subject, *now.counterparty);
        if (!begin) return counts;
        const auto end = bucket_of(day) - width();
        const auto furthest = end - width() * static_cast<int>(limits_.buckets);
        for (auto bucket = std::max(first_bucket(*begin), furthest); bucket < end; bucket += width())
            counts.push_back(past_count(bucket, now, history));
        return counts;
    }

    Verdict fired(const ChangeVerdict& change, std::uint64_t count, const Occasion& occasion) const {
        const auto& now = *occasion.activities.front();
        const bool is_day = span_ == Span::day;
        const auto normal = is_day ? Severity::medium : Severity::low;
        std::string when = is_day ? " today" : " this week";
        if (change.change == Change::drop) when = is_day ? " yesterday" : " last week";
        Verdict verdict{.outcome = Outcome::fired,
                        .severity = change.provisional ? one_lower(normal) : normal,
                        .provisional = change.provisional,
                        .repeat_key = key(now),
                        .text = (change.change == Change::drop ? "only " : "") + std::to_string(count) +
                                (count == 1 ? " transaction" : " transactions") + " over " +
                                dollars(min_usd_) + " with " + counterparty_name(now, occasion.facts) + when +
                                ", against " + change.against,
                        .evidence = change.evidence};
        verdict.evidence.emplace_back("min_usd", to_string(min_usd_));
        say_known_since(verdict, now, occasion.history);
        return verdict;
    }

    std::string key(const Activity& now) const {
        if (span_ == Span::day) return "S6a|" + pair_and_day(now);
        return "S6b|" + pair_and(now, monday_of(utc_day(now.time)));
    }

    Span span_;
    ChangeLimits limits_;
    Usd min_usd_;
};

}  // namespace

extern const SignalType daily_frequency;
const SignalType daily_frequency{
    .id = "S6a",
    .title = "Daily frequency change",
    .applies_to = "in, out",
    .fires_when =
        "the day's transactions over `min_usd` (100) between a followed address and one counterparty are "
        "at least `min_count` (10), at least `min_ratio` (2) times their mean, and so many by chance less "
        "often than `max_p` (0.0001); with 7 to 13 days of history, or in a burst of 50 with less, "
        "provisional",
    .repeat_key = "subject, counterparty, day",
    .needs = Needs::complete_history,
    .per = Per::activity,
    .make = [](Params& params) -> std::unique_ptr<const Signal> {
        return std::make_unique<FrequencyChange>(params, Span::day);
    },
};

extern const SignalType weekly_frequency;
const SignalType weekly_frequency{
    .id = "S6b",
    .title = "Weekly frequency change",
    .applies_to = "in, out",
    .fires_when = "the same by ISO weeks, with `max_p` 0.001 and 8 weeks of history (4 to 7: provisional)",
    .repeat_key = "subject, counterparty, week",
    .needs = Needs::complete_history,
    .per = Per::activity,
    .make = [](Params& params) -> std::unique_ptr<const Signal> {
        return std::make_unique<FrequencyChange>(params, Span::week);
    },
};

}  // namespace moneytrail::signals
