#include "base/time.hpp"

#include "base/decimal.hpp"

#include <algorithm>
#include <cstdio>

namespace moneytrail {
namespace {

constexpr std::size_t kDateSize = 10;

// "17", and less than `end`.
std::optional<int> two_digits(std::string_view text, std::uint64_t end) {
    const auto value = parse_whole(text);
    if (!value || *value >= end) return std::nullopt;
    return static_cast<int>(*value);
}

}  // namespace

std::optional<std::chrono::sys_days> parse_day(std::string_view text) {
    if (text.size() != kDateSize || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = parse_whole(text.substr(0, 4));
    const auto month = parse_whole(text.substr(5, 2));
    const auto day = parse_whole(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date};
}

std::optional<BlockTime> parse_time(std::string_view text) {
    const auto day = parse_day(text.substr(0, kDateSize));
    const auto clock = text.substr(std::min(text.size(), kDateSize));
    if (!day || clock.empty()) return day;
    // T17:38:11Z
    if (clock.size() != kDateSize || clock[0] != 'T' || clock[3] != ':' || clock[6] != ':' || clock[9] != 'Z')
        return std::nullopt;
    const auto hours = two_digits(clock.substr(1, 2), 24);
    const auto minutes = two_digits(clock.substr(4, 2), 60);
    const auto seconds = two_digits(clock.substr(7, 2), 60);
    if (!hours || !minutes || !seconds) return std::nullopt;
    return *day + std::chrono::hours{*hours} + std::chrono::minutes{*minutes} +
           std::chrono::seconds{*seconds};
}

std::string to_iso(std::chrono::sys_days day) {
    const std::chrono::year_month_day date{day};
    std::string out(32, '\0');
    const int size = std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", int{date.year()},
                                   unsigned{date.month()}, unsigned{date.day()});
    out.resize(static_cast<std::size_t>(size));
    return out;
}

std::string to_iso(BlockTime time) {
    const auto day = utc_day(time);
    const std::chrono::hh_mm_ss clock{time - day};
    std::string out(16, '\0');
    const int size = std::snprintf(out.data(), out.size(), "T%02d:%02d:%02dZ", int(clock.hours().count()),
                                   int(clock.minutes().count()), int(clock.seconds().count()));
    out.resize(static_cast<std::size_t>(size));
    return to_iso(day) + out;
}

}  // namespace moneytrail
