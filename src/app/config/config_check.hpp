#pragma once

// The steps between a YAML tree and a Config.

#include "config/config.hpp"
#include "config_tree.hpp"

namespace moneytrail {

// What a step needs to say where something is wrong.
struct CheckContext {
    const std::string& file;
    Problems problems;
    std::vector<Problem> notes = {};

    void wrong(std::size_t line, std::string key, std::string why) {
        problems.add({file, line, std::move(key), std::move(why)});
    }
    void note(std::size_t line, std::string key, std::string why) {
        notes.push_back({file, line, std::move(key), std::move(why)});
    }
};

// Replaces every ${…} in the tree's values. After parsing, so that a secret's text cannot change the
// structure.
void expand_variables(ConfigNode& root, const ConfigInputs& inputs, CheckContext& context);

// Unknown and missing keys, wrong kinds and values out of range; notes on what this version does not act on.
void check_keys(const ConfigNode& root, CheckContext& context);

// What one key says about another: sources of blocks, entities, channels that are off.
void check_relations(const ConfigNode& root, CheckContext& context);

// Why a channel or vendor sends and asks nothing; empty when it is on.
std::string why_off(std::string_view name, const ConfigNode& node);

// Of a tree in which nothing was wrong.
Config build_config(const ConfigNode& root, const std::string& file);

}  // namespace moneytrail
