#include "wiring/rules_from.hpp"

#include "signals/params.hpp"

namespace moneytrail {

signals::Rules rules_from(const SignalsConfig& config) {
    signals::Rules rules;
    for (const auto* type : signals::catalogue()) {
        if (!type->make) continue;
        const auto found = config.by_id.find(std::string{type->id});
        if (found != config.by_id.end() && !found->second.is_enabled) continue;
        signals::Params params{
            found == config.by_id.end() ? std::map<std::string, std::string>{} : found->second.values,
            config.min_usd};
        rules.push_back({type, type->make(params)});
    }
    return rules;
}

std::vector<std::string> idle_rules(const Config& config) {
    const auto is_on = [&](const char* id) {
        const auto found = config.signals.by_id.find(id);
        return found == config.signals.by_id.end() || found->second.is_enabled;
    };
    std::string ids;
    for (const auto& entity : config.entities)
        if (!entity.aum) ids += (ids.empty() ? "" : ", ") + entity.id;
    if (ids.empty() || (!is_on("S5a") && !is_on("S5b"))) return {};
    return {"S5a and S5b are off for " + ids + ": no aum_usd"};
}

TracePolicy trace_policy(TraceMode mode) {
    switch (mode) {
        case TraceMode::automatic:
            return TracePolicy::read;
        case TraceMode::off:
            return TracePolicy::ignore;
        case TraceMode::required:
            break;
    }
    return TracePolicy::require;
}

}  // namespace moneytrail
