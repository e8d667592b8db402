#pragma once

// A configuration from text alone, and everything that is said about it.

#include "config/config.hpp"

#include <map>
#include <string>

namespace moneytrail::test {

struct World {
    std::map<std::string, std::string> variables;
    std::map<std::string, std::string> files;
};

inline ConfigInputs inputs(const World& world) {
    return {
        .environment = [world](const std::string& name) -> std::optional<std::string> {
            const auto found = world.variables.find(name);
            if (found == world.variables.end()) return std::nullopt;
            return found->second;
        },
        .read_file = [world](const std::filesystem::path& path) -> std::expected<std::string, std::string> {
            const auto found = world.files.find(path.string());
            if (found == world.files.end())
                return std::unexpected{"cannot be read: No such file or directory"};
            return found->second;
        },
    };
}

inline Checked<Config> parse(const std::string& text, const World& world = {}) {
    return parse_config(text, "c.yaml", inputs(world));
}

// The problems, or the notes when there are none, a line each.
inline std::string said_of(const std::string& text, const World& world = {}) {
    const auto config = parse(text, world);
    if (!config) return to_string(config.error());
    std::string notes;
    for (const auto& note : config->notes) notes += to_string(note) + '\n';
    return notes;
}

// The least that is right. One line, so that what a test adds begins in line 2.
inline const std::string kChain = "chains: [{name: e, chain_id: 1, archive: {path: blocks}}]\n";

}  // namespace moneytrail::test
