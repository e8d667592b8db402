#include "config/config_keys.hpp"
#include "config/config_values.hpp"
#include "config_check.hpp"
#include "signals/catalogue.hpp"
#include "signals/params.hpp"
#include "text/address_text.hpp"
#include "text/edit_distance.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace moneytrail {
namespace {

constexpr std::size_t kMostElements = 10'000;

// The keys of config_keys() as a tree. A list's node stands for its elements.
struct Known {
    const KeyRule* rule = nullptr;  // none: a map
    bool is_list = false;
    bool acts = false;                            // this version acts on it or on something below it
    const signals::SignalType* signal = nullptr;  // knows all its keys but `enabled` by itself
    std::map<std::string_view, Known> children;
};

Known make_known() {
    Known root;
    for (const auto& rule : config_keys()) {
        auto* at = &root;
        for (auto rest = rule.key; !rest.empty();) {
            const auto dot = std::min(rest.find('.'), rest.size());
            auto name = rest.substr(0, dot);
            rest.remove_prefix(std::min(dot + 1, rest.size()));
            const bool is_list = name.ends_with("[]");
            if (is_list) name.remove_suffix(2);
            at = &at->children[name];
            at->is_list = is_list;
            at->acts = at->acts || rule.effect == Effect::now;
        }
        at->rule = &rule;
    }
    static constexpr KeyRule kEnabled{"enabled", {.kind = ValueKind::flag}, "true"};
    for (const auto* signal : signals::catalogue()) {
        auto& known = root.children["signals"].children[signal->id];
        if (signal->make) {
            known.signal = signal;
            known.acts = true;
            known.children.clear();  // a rule of ours for one of its keys would be a second truth
        }
        known.children["enabled"] = {.rule = &kEnabled, .acts = known.acts};
    }
    return root;
}

// " (did you mean …?)" when exactly one known key is nearest, else the keys there are.
std::string hint(std::string_view key, const Known& map) {
    constexpr std::size_t kNear = 2;
    constexpr std::size_t kLongestKey = 64;
    std::size_t nearest = kNear + 1;
    std::string_view best;
    std::string all;
    for (const auto& [name, _] : map.children) {
        all.append(all.empty() ? "" : ", ").append(name);
        const auto distance = key.size() > kLongestKey ? nearest : edit_distance(key, name);
        if (distance == nearest) best = {};
        if (distance >= nearest) continue;
        nearest = distance;
        best = name;
    }
    if (!best.empty()) return "; did you mean '" + std::string{best} + "'?";
    return "; known here: " + all;
}

class KeyChecker {
  public:
    explicit KeyChecker(CheckContext& context) : context_{context} {}

    void check(const Known& known, const ConfigNode& node, const ConfigPath& path) {
        if (node.kind == ConfigNode::Kind::absent || node.kind == ConfigNode::Kind::unusable) return;
        if (!known.is_list)
            check_one(known, node, path);
        else if (node.kind != ConfigNode::Kind::list)
            expected("a list", node, path);
        else
            check_list(known, node, path);
    }

  private:
    void check_list(const Known& known, const ConfigNode& node, const ConfigPath& path) {
        if (node.items.size() > kMostElements) {
            context_.wrong(node.line, to_string(path),
                           "expected at most 10000 elements, got " + std::to_string(node.items.size()));
            return;
        }
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const ConfigPath element{.parent = &path, .index = i};
            if (node.items[i].kind != ConfigNode::Kind::unusable) check_one(known, node.items[i], element);
        }
    }

    void check_one(const Known& known, const ConfigNode& node, const ConfigPath& path) {
        const auto right_kind = known.rule ? ConfigNode::Kind::scalar : ConfigNode::Kind::map;
        if (node.kind != right_kind)
            expected(known.rule ? describe(known.rule->value) : "a map of keys", node, path);
        else if (known.rule)
            check_value(known.rule->value, node, path);
        else
            check_map(known, node, path);
    }

    void check_value(const ValueRule& rule, const ConfigNode& node, const ConfigPath& path) {
        if (node.has_file_text && !rule.is_secret) return refuse_file(node, path);
        if (fits(rule, node.text)) {
            if (rule.kind == ValueKind::address) check_checksum(node, path);
            return;
        }
        const bool is_hidden = rule.is_secret || node.is_expanded;
        context_.wrong(node.line, to_string(path),
                       "expected " + describe(rule) + ", got " +
                           (is_hidden ? std::string{kHidden} : in_quotes(node.text)));
    }

    void check_checksum(const ConfigNode& node, const ConfigPath& path) {
        auto wrong = wrong_checksum(node.text);
        if (wrong.empty()) return;
        if (node.is_expanded) wrong = "the checksum (EIP-55) of " + std::string{kHidden} + " is wrong";
        context_.problems.warn({context_.file, node.line, to_string(path), std::move(wrong)});
    }

    // It would be shown: in an alert, or as the path of what cannot be opened.
    void refuse_file(const ConfigNode& node, const ConfigPath& path) {
        context_.wrong(
            node.line, to_string(path),
            "${file:…} is taken only where a secret is expected: write the value here, or ${NAME}");
    }

    void check_map(const Known& known, const ConfigNode& node, const ConfigPath& path) {
        std::map<std::string_view, std::size_t> lines;
        for (const auto& entry : node.entries) {
            const ConfigPath below{.parent = &path, .key = entry.key};
            const auto [first, is_new] = lines.emplace(entry.key, entry.line);
            if (!is_new)
                context_.wrong(entry.line, shown(below),
                               "the key is there twice, first in line " + std::to_string(first->second));
            const auto found = known.children.find(entry.key);
            if (found == known.children.end() && known.signal) continue;
            if (found == known.children.end())
                context_.wrong(entry.line, shown(below),
                               "unknown key" + (context_.problems.full() ? "" : hint(entry.key, known)));
            else
                check(found->second, entry.value, below);
        }
        if (known.signal) check_signal(*known.signal, node, path);
        for (const auto& [name, child] : known.children)
            if (child.rule && child.rule->is_required && node[name].kind == ConfigNode::Kind::absent)
                context_.wrong(node.line, to_string({.parent = &path, .key = name}),
                               "missing, expected " + describe(child.rule->value));
    }

    // The signal says what is wrong, this says where.
    void check_signal(const signals::SignalType& signal, const ConfigNode& node, const ConfigPath& path) {
        std::map<std::string, std::string> values;
        for (const auto& [key, line, value] : node.entries) {
            if (key == "enabled") continue;
            if (value.has_file_text)
                refuse_file(value, {.parent = &path, .key = key});
            else if (value.kind == ConfigNode::Kind::scalar)
                values[key] = without_groups(value.text);
            if (value.kind == ConfigNode::Kind::list || value.kind == ConfigNode::Kind::map)
                expected("a single value", value, {.parent = &path, .key = key});
        }
        signals::Params params{std::move(values), Usd{}};
        std::ignore = signal.make(params);
        for (const auto& [key, why] : params.errors()) {
            const auto& value = node[key];
            // It quotes what it got last, and what came out of ${…} must not be shown.
            const auto got = value.is_expanded ? why.find(", got ") : std::string::npos;
            context_.wrong(
                value.line, shown({.parent = &path, .key = key}),
                got == std::string::npos ? why : why.substr(0, got) + ", got " + std::string{kHidden});
        }
    }

    // Names the kind only: text in the wrong place may be a secret.
    void expected(const std::string& right, const ConfigNode& node, const ConfigPath& path) {
        context_.wrong(node.line, to_string(path), "expected " + right + ", got " + kind_name(node.kind));
    }

    // A key comes from the file as well: it can be long or odd.
    static std::string shown(const ConfigPath& path) {
        const auto key = in_quotes(path.key);
        return to_string({.parent = path.parent, .key = std::string_view{key}.substr(1, key.size() - 2)});
    }

    CheckContext& context_;
};

// One note for each topmost key below which nothing has an effect, where it first stands.
class IdleNotes {
  public:
    explicit IdleNotes(CheckContext& context) : context_{context} {}

    void visit(const Known& known, const ConfigNode& node, const ConfigPath& path) {
        for (std::size_t i = 0; i < node.items.size(); ++i)
            visit(known, node.items[i], {.parent = &path, .index = i});
        for (const auto& entry : node.entries) {
            const auto found = known.children.find(entry.key);
            if (found == known.children.end() || entry.value.kind == ConfigNode::Kind::absent) continue;
            const ConfigPath below{.parent = &path, .key = entry.key};
            if (found->second.acts)
                visit(found->second, entry.value, below);
            else if (noted_.insert(&found->second).second)
                context_.note(entry.line, to_string(below), "known, but this version does not act on it yet");
        }
    }

  private:
    CheckContext& context_;
    std::set<const Known*> noted_;
};

}  // namespace

void check_keys(const ConfigNode& root, CheckContext& context) {
    static const auto kKnown = make_known();
    if (root.kind != ConfigNode::Kind::absent && root.kind != ConfigNode::Kind::map) {
        context.wrong(root.line, "", "expected a map of keys, got " + kind_name(root.kind));
        return;
    }
    KeyChecker{context}.check(kKnown, root, {});
    IdleNotes{context}.visit(kKnown, root, {});
}

}  // namespace moneytrail
