#include "wiring/routing.hpp"

#include <algorithm>

namespace moneytrail {

const Target& console_target() {
    static const Target kConsole{"console", "stdout"};
    return kConsole;
}

std::vector<Target> targets_of(const Alert& alert, const ChannelsConfig& channels) {
    if (!channels.console) return {};
    const auto& wants = *channels.console;
    const auto rules = alert.rules();
    const auto listed = [](const auto& list, const auto& value) {
        return list.empty() || std::ranges::find(list, value) != list.end();
    };
    const bool wanted = alert.severity >= wants.min_severity && listed(wants.entities, alert.entity) &&
                        std::ranges::any_of(rules, [&](auto rule) { return listed(wants.rules, rule); });
    return wanted ? std::vector{console_target()} : std::vector<Target>{};
}

std::vector<std::string> channel_notes(const ChannelsConfig& channels) {
    std::vector<std::string> notes{channels.console ? "channels: console"
                                                    : "channels: none, alerts are kept in the database only"};
    for (const auto& name : channels.undelivered)
        notes.push_back("channels." + name + ": this version does not deliver to it");
    return notes;
}

}  // namespace moneytrail
