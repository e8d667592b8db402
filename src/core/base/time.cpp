#include "base/time.hpp"

#include <cstdio>

namespace moneytrail {

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
