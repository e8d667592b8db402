#include "config_check.hpp"

#include <algorithm>

namespace moneytrail {
namespace {

constexpr std::string_view kForms = "expected ${NAME}, ${NAME:-default} or ${file:PATH}";
constexpr std::size_t kLongestValue = 64UL * 1024;

bool is_variable_name(std::string_view name) {
    const auto is_letter = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    };
    const auto fits = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
    return !name.empty() && name.size() <= 128 && is_letter(name.front()) && std::ranges::all_of(name, fits);
}

using Expanded = std::expected<std::string, std::string>;

Expanded read_secret_file(std::string_view path, const ConfigInputs& inputs) {
    auto text = inputs.read_file(std::filesystem::path{path});
    if (!text) return std::unexpected{"the file of ${file:" + std::string{path} + "} " + text.error()};
    // Editors and `echo` end a file with a line end that is no part of the secret.
    if (text->ends_with('\n')) text->pop_back();
    if (text->ends_with('\r')) text->pop_back();
    return text;
}

// What stands between "${" and "}".
Expanded value_of(std::string_view inside, const ConfigInputs& inputs) {
    constexpr std::string_view kFile = "file:";
    if (inside.starts_with(kFile)) {
        if (inside.size() == kFile.size())
            return std::unexpected{"${file:} without a path, " + std::string{kForms}};
        return read_secret_file(inside.substr(kFile.size()), inputs);
    }
    const auto separator = inside.find(":-");
    const auto name = inside.substr(0, separator);
    if (!is_variable_name(name))
        return std::unexpected{"no variable's name after '${', " + std::string{kForms}};
    auto value = inputs.environment(std::string{name});
    if (separator != std::string_view::npos)
        return value && !value->empty() ? *value : std::string{inside.substr(separator + 2)};
    if (value) return *value;
    return std::unexpected{"the environment variable " + std::string{name} +
                           " is not set: set it, or give a default as ${" + std::string{name} + ":-default}"};
}

// One pass: what came out of a variable is not expanded again.
Expanded expand(std::string_view text, const ConfigInputs& inputs) {
    std::string out;
    for (std::size_t at = 0;;) {
        const auto open = text.find("${", at);
        out += text.substr(at, open - at);
        if (open == std::string_view::npos) break;
        const auto close = text.find('}', open);
        if (close == std::string_view::npos)
            return std::unexpected{"'${' without '}', " + std::string{kForms}};
        auto value = value_of(text.substr(open + 2, close - open - 2), inputs);
        if (!value) return value;
        out += *value;
        at = close + 1;
        if (out.size() > kLongestValue) return std::unexpected{"becomes longer than 65536 bytes"};
    }
    if (std::ranges::any_of(out, [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
        return std::unexpected{
            "what it expands to holds a control character or a second line, expected one line of text"};
    return out;
}

void expand_below(ConfigNode& node, const ConfigPath& path, const ConfigInputs& inputs,
                  CheckContext& context) {
    if (node.kind == ConfigNode::Kind::scalar && node.text.find("${") != std::string::npos) {
        auto text = expand(node.text, inputs);
        node.is_expanded = true;
        node.has_file_text = text && node.text.find("${file:") != std::string::npos;
        // What stands there now would only be reported a second time.
        if (!text) {
            context.wrong(node.line, to_string(path), text.error());
            node.kind = ConfigNode::Kind::unusable;
        }
        node.text = std::move(text).value_or(std::string{});
    }
    for (std::size_t i = 0; i < node.items.size(); ++i)
        expand_below(node.items[i], {.parent = &path, .index = i}, inputs, context);
    for (auto& entry : node.entries)
        expand_below(entry.value, {.parent = &path, .key = entry.key}, inputs, context);
}

}  // namespace

void expand_variables(ConfigNode& root, const ConfigInputs& inputs, CheckContext& context) {
    expand_below(root, {}, inputs, context);
}

}  // namespace moneytrail
