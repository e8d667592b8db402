#include "time_text.hpp"

#include "config_keys.hpp"
#include "config_values.hpp"

namespace moneytrail {
namespace {

constexpr std::size_t kDateSize = 10;

// "17", and less than `end`.
std::optional<int> two_digits(std::string_view text, std::uint64_t end) {
    const auto value = parse_whole(text);
    if (!value || *value >= end) return std::nullopt;
    return static_cast<int>(*value);
}

std::optional<BlockTime> parse_day(std::string_view text) {
    if (!fits({.kind = ValueKind::date}, text)) return std::nullopt;
    const auto part = [&](std::size_t at, std::size_t size) { return *parse_whole(text.substr(at, size)); };
    return std::chrono::sys_days{std::chrono::year{static_cast<int>(part(0, 4))} /
                                 std::chrono::month{static_cast<unsigned>(part(5, 2))} /
                                 std::chrono::day{static_cast<unsigned>(part(8, 2))}};
}

}  // namespace

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

}  // namespace moneytrail
