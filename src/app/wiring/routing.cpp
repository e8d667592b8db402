#include "wiring/routing.hpp"

namespace moneytrail {

const Target& console_target() {
    static const Target kConsole{"console", "stdout"};
    return kConsole;
}

std::vector<Target> targets_of(const Alert& alert, const ChannelsConfig& channels) {
    if (!channels.console || !channels.console->wants(alert)) return {};
    return {console_target()};
}

std::vector<std::string> channel_notes(const ChannelsConfig& channels) {
    std::vector<std::string> notes{channels.console ? "channels: console"
                                                    : "channels: none, alerts are kept in the database only"};
    for (const auto& name : channels.undelivered)
        notes.push_back("channels." + name + ": this version does not deliver to it");
    return notes;
}

}  // namespace moneytrail
