#include "alerts/alert_filter.hpp"

#include <algorithm>

namespace moneytrail {

bool AlertFilter::wants(const Alert& alert) const {
    const auto listed = [](const auto& list, const auto& value) {
        return list.empty() || std::ranges::find(list, value) != list.end();
    };
    return alert.severity >= min_severity && listed(entities, alert.entity) &&
           std::ranges::any_of(alert.rules(), [&](auto rule) { return listed(rules, rule); });
}

}  // namespace moneytrail
