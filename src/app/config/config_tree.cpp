#include "config_tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <optional>
#include <sstream>

namespace moneytrail {
namespace {

constexpr std::size_t kMostLevels = 64;
constexpr std::size_t kMostValues = 500'000;
constexpr std::size_t kLongestScalar = 64UL * 1024;

std::size_t line_of(const YAML::Mark& mark) {
    return mark.line < 0 ? 0 : static_cast<std::size_t>(mark.line) + 1;
}

struct Refused {
    std::size_t line;
    std::string why;
};

// Builds the tree from the parser's events. Throwing out of one ends the parser before it goes deeper, so its
// recursion is bounded by kMostLevels.
class TreeBuilder final : public YAML::EventHandler {
  public:
    ConfigNode take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ > 1)
            throw Refused{line_of(mark), "a second document, expected only one in the file"};
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse_anchor(mark, anchor);
        put({.line = line_of(mark)}, false);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override { refuse_anchor(mark, 1); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        if (value.size() > kLongestScalar) throw Refused{line_of(mark), "text of more than 65536 bytes"};
        put({.kind = ConfigNode::Kind::scalar, .line = line_of(mark), .text = value}, true);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override {
        open(mark, tag, anchor, ConfigNode::Kind::list);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override {
        open(mark, tag, anchor, ConfigNode::Kind::map);
    }
    void OnMapEnd() override { close(); }

  private:
    struct Level {
        ConfigNode node;
        std::optional<ConfigEntry> key;  // read, its value not yet
    };

    static void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor != 0)
            throw Refused{line_of(mark),
                          "anchors (&name) and aliases (*name) are not taken: write the value out"
                          ", between quotes when it starts with & or *"};
    }
    // "?" is none, "!" is a scalar between quotes.
    static void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (!tag.empty() && tag != "?" && tag != "!")
            throw Refused{line_of(mark),
                          "tags (!name) are not taken: leave it out, or write text that starts "
                          "with ! between quotes"};
    }

    void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, ConfigNode::Kind kind) {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        if (levels_.size() >= kMostLevels)
            throw Refused{line_of(mark), "more than 64 levels of lists and maps, one inside the other"};
        if (is_key_next()) throw Refused{line_of(mark), "a list or map as a key, expected text"};
        levels_.push_back({.node = {.kind = kind, .line = line_of(mark)}});
    }

    void close() {
        auto node = std::move(levels_.back().node);
        levels_.pop_back();
        put(std::move(node), false);
    }

    bool is_key_next() const {
        return !levels_.empty() && levels_.back().node.kind == ConfigNode::Kind::map && !levels_.back().key;
    }

    void put(ConfigNode node, bool may_be_key) {
        if (++values_ > kMostValues) throw Refused{node.line, "more than 500000 values in the file"};
        if (levels_.empty()) {
            root_ = std::move(node);
        } else if (auto& level = levels_.back(); level.node.kind == ConfigNode::Kind::list) {
            level.node.items.push_back(std::move(node));
        } else if (level.key) {
            level.key->value = std::move(node);
            level.node.entries.push_back(std::move(*level.key));
            level.key.reset();
        } else {
            if (!may_be_key) throw Refused{node.line, "a key is missing, expected text before the ':'"};
            level.key = ConfigEntry{.key = std::move(node.text), .line = node.line};
        }
    }

    ConfigNode root_;
    std::vector<Level> levels_;
    std::size_t documents_ = 0;
    std::size_t values_ = 0;
};

}  // namespace

const ConfigNode& ConfigNode::operator[](std::string_view key) const {
    static const ConfigNode kAbsent;
    for (const auto& entry : entries)
        if (entry.key == key) return entry.value;
    return kAbsent;
}

std::string kind_name(ConfigNode::Kind kind) {
    switch (kind) {
        case ConfigNode::Kind::absent:
            return "nothing";
        case ConfigNode::Kind::scalar:
            return "a single value";
        case ConfigNode::Kind::list:
            return "a list";
        case ConfigNode::Kind::map:
            return "a map";
        case ConfigNode::Kind::unusable:
            return std::string{kHidden};
    }
    return {};
}

std::string to_string(const ConfigPath& path) {
    auto text = path.parent ? to_string(*path.parent) : std::string{};
    if (path.key.empty()) return path.parent ? text + '[' + std::to_string(path.index) + ']' : text;
    return text.empty() ? std::string{path.key} : text + '.' + std::string{path.key};
}

std::expected<ConfigNode, Problem> parse_yaml(const std::string& text, const std::string& file) {
    TreeBuilder builder;
    try {
        std::istringstream in{text};
        YAML::Parser parser{in};
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const Refused& refused) {
        return std::unexpected{Problem{file, refused.line, "", refused.why}};
    } catch (const YAML::Exception& error) {
        return std::unexpected{Problem{file, line_of(error.mark), "", "no valid YAML: " + error.msg}};
    }
    return builder.take();
}

}  // namespace moneytrail
