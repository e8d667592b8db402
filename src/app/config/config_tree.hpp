#pragma once

// A YAML file as plain values that remember their lines.

#include "text/problem.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace moneytrail {

struct ConfigEntry;

struct ConfigNode {
    // Unusable: a ${…} in it failed and is reported already.
    enum class Kind { absent, scalar, list, map, unusable };

    Kind kind = Kind::absent;
    std::size_t line = 0;
    std::string text;                  // of a scalar
    bool is_expanded = false;          // came out of a ${…}: no message shows it
    bool has_file_text = false;        // some of it out of a ${file:…}
    std::vector<ConfigNode> items;     // of a list
    std::vector<ConfigEntry> entries;  // of a map, in the file's order

    // Absent when there is no such key, its value is empty or this is no map.
    const ConfigNode& operator[](std::string_view key) const;
};

// What messages say instead of a value that may be a secret.
constexpr std::string_view kHidden = "a value that is not shown";

std::string kind_name(ConfigNode::Kind kind);

struct ConfigEntry {
    std::string key;
    std::size_t line = 0;
    ConfigNode value;
};

// Where a value stands, without a string for each of half a million of them: "chains[0].confirmations".
struct ConfigPath {
    const ConfigPath* parent = nullptr;
    std::string_view key = {};  // empty: element `index` of the parent
    std::size_t index = 0;
};
std::string to_string(const ConfigPath& path);

// The one document of the file. Refused: anchors, aliases, tags, keys that are no text, more than 64 levels
// or 500 000 values. A key that stands twice in a map is there twice.
std::expected<ConfigNode, Problem> parse_yaml(const std::string& text, const std::string& file);

}  // namespace moneytrail
