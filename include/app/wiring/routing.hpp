#pragma once

// Which alerts go where, as the configuration has it.

#include "config/config.hpp"
#include "ports/store.hpp"

#include <vector>

namespace moneytrail {

const Target& console_target();

// Who is to be told of the alert.
std::vector<Target> targets_of(const Alert& alert, const ChannelsConfig& channels);

// For the log: "channels: console", then what the user may miss.
std::vector<std::string> channel_notes(const ChannelsConfig& channels);

}  // namespace moneytrail
