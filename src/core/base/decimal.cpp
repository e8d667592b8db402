#include "base/decimal.hpp"

#include <charconv>
#include <string>
#include <system_error>

namespace moneytrail {

std::optional<std::uint64_t> parse_whole(std::string_view text) {
    std::uint64_t value = 0;
    const auto [last, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || last != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<std::int64_t> parse_decimal(std::string_view text, int places) {
    const auto point = text.find('.');
    auto fraction = point == std::string_view::npos ? std::string{} : std::string{text.substr(point + 1)};
    if (text.empty() || point == 0 || point + 1 == text.size() || fraction.size() > std::size_t(places))
        return std::nullopt;
    fraction.resize(std::size_t(places), '0');

    std::int64_t value = 0;
    for (const char c : std::string{text.substr(0, point)} + fraction)
        if (c < '0' || c > '9' || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, c - '0', &value))
            return std::nullopt;
    return value;
}

}  // namespace moneytrail
