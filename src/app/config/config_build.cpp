#include "base/decimal.hpp"
#include "config/config_keys.hpp"
#include "config/config_values.hpp"
#include "config_check.hpp"

#include <algorithm>

namespace moneytrail {
namespace {

// What the file says, or the key's fallback; empty when there is neither. `rule` is the key in config_keys().
std::string text_of(const ConfigNode& node, std::string_view rule) {
    if (node.kind == ConfigNode::Kind::scalar) return node.text;
    const auto known = std::ranges::find(config_keys(), rule, &KeyRule::key);
    return std::string{known->fallback.value_or("")};
}

std::uint64_t whole_of(const ConfigNode& node, std::string_view rule) {
    return parse_whole(without_groups(text_of(node, rule))).value();
}

// The place of the value among the names of its rule: an enum lists them in the same order.
template <class Enum>
Enum choice_of(const ConfigNode& node, std::string_view rule) {
    const auto known = std::ranges::find(config_keys(), rule, &KeyRule::key);
    const auto names = split(known->value.names, ' ');
    return static_cast<Enum>(std::ranges::find(names, text_of(node, rule)) - names.begin());
}

std::vector<std::filesystem::path> paths_of(const ConfigNode& list, const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    paths.reserve(list.items.size());
    for (const auto& item : list.items) paths.push_back(folder / item.text);
    return paths;
}

Lists build_lists(const ConfigNode& node, const std::filesystem::path& folder) {
    Lists lists{.labels = paths_of(node["labels"], folder),
                .tokens = paths_of(node["tokens"], folder),
                .feeds = paths_of(node["feeds"], folder)};
    if (node["entities"].kind == ConfigNode::Kind::scalar) lists.entities = folder / node["entities"].text;
    return lists;
}

ChainConfig build_chain(const ConfigNode& node, const std::filesystem::path& folder) {
    ChainConfig chain{
        .name = node["name"].text,
        .chain_id = whole_of(node["chain_id"], "chains[].chain_id"),
        .traces = choice_of<TraceMode>(node["traces"], "chains[].traces"),
        .reorg_grace = whole_of(node["reorg_grace"], "chains[].reorg_grace"),
        .max_gap = whole_of(node["max_gap"], "chains[].max_gap"),
    };
    for (const auto& endpoint : node["endpoints"].items)
        chain.endpoints.push_back({.name = endpoint["name"].text,
                                   .ws = Secret{endpoint["ws"].text},
                                   .http = Secret{endpoint["http"].text}});
    if (const auto& archive = node["archive"]; archive.kind == ConfigNode::Kind::map)
        chain.archive =
            Archive{.path = folder / archive["path"].text,
                    .pace = parse_duration(text_of(archive["pace"], "chains[].archive.pace")).value()};
    return chain;
}

EntityConfig build_entity(const ConfigNode& node) {
    EntityConfig entity{.id = node["id"].text, .name = node["name"].text};
    if (entity.name.empty()) entity.name = entity.id;
    for (const auto& root : node["roots"].items) entity.roots.push_back(Address::from_hex(root.text).value());
    if (const auto& aum = node["aum_usd"]; aum.kind == ConfigNode::Kind::scalar)
        entity.aum = parse_usd(aum.text).value();
    return entity;
}

SignalsConfig build_signals(const ConfigNode& node) {
    SignalsConfig signals{.min_usd = parse_usd(text_of(node["min_usd"], "signals.min_usd")).value()};
    for (const auto& [id, _, settings] : node.entries) {
        if (settings.kind != ConfigNode::Kind::map) continue;
        auto& signal = signals.by_id[id];
        for (const auto& [key, line, value] : settings.entries) {
            if (key == "enabled")
                signal.is_enabled = value.text != "false";
            else if (value.kind == ConfigNode::Kind::scalar)
                signal.values[key] = without_groups(value.text);
        }
    }
    return signals;
}

std::vector<std::string> texts_of(const ConfigNode& list) {
    std::vector<std::string> texts;
    for (const auto& item : list.items) texts.push_back(item.text);
    return texts;
}

ChannelsConfig build_channels(const ConfigNode& node) {
    ChannelsConfig channels;
    if (node.kind == ConfigNode::Kind::absent) channels.console.emplace();
    for (const auto& [name, _, channel] : node.entries) {
        if (name != "console" && why_off(name, channel).empty()) channels.undelivered.push_back(name);
        if (name == "console")
            channels.console = {.min_severity = choice_of<signals::Severity>(channel["min_severity"],
                                                                             "channels.console.min_severity"),
                                .entities = texts_of(channel["entities"]),
                                .rules = texts_of(channel["rules"])};
    }
    return channels;
}

}  // namespace

Config build_config(const ConfigNode& root, const std::string& file) {
    const auto folder = std::filesystem::path{file}.parent_path();
    Config config{.folder = folder,
                  .database = {.url = Secret{text_of(root["database"]["url"], "database.url")}},
                  .lists = build_lists(root["lists"], folder),
                  .signals = build_signals(root["signals"]),
                  .channels = build_channels(root["channels"]),
                  .log = {.level = choice_of<LogLevel>(root["log"]["level"], "log.level"),
                          .format = choice_of<LogFormat>(root["log"]["format"], "log.format")}};
    if (root["data_dir"].kind == ConfigNode::Kind::scalar) config.data_dir = folder / root["data_dir"].text;
    for (const auto& chain : root["chains"].items) config.chains.push_back(build_chain(chain, folder));
    for (const auto& entity : root["entities"].items) config.entities.push_back(build_entity(entity));
    return config;
}

}  // namespace moneytrail
