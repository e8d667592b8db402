#include "config/config.hpp"

#include "config_check.hpp"
#include "text/text_file.hpp"

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace moneytrail {
namespace {

constexpr std::size_t kMostProblems = 1000;
constexpr std::size_t kMostSecretBytes = 64UL * 1024;

std::unexpected<Problems> only(Problem problem) {
    Problems problems{1};
    problems.add(std::move(problem));
    return std::unexpected{std::move(problems)};
}

}  // namespace

ConfigInputs process_inputs() {
    return {
        .environment = [](const std::string& name) -> std::optional<std::string> {
            const char* value = std::getenv(name.c_str());
            if (!value) return std::nullopt;
            return value;
        },
        .read_file = [](const std::filesystem::path& path) { return read_text_file(path, kMostSecretBytes); },
    };
}

Checked<Config> parse_config(const std::string& text, const std::string& file, const ConfigInputs& inputs) {
    if (text.size() > kMostConfigBytes)
        return only({file, 0, "", "is larger than 4 MiB, the most that a configuration may have"});
    if (const auto bad = find_bad_text(text)) return only({file, bad->line, "", bad->why});
    auto root = parse_yaml(text, file);
    if (!root) return only(root.error());

    CheckContext context{.file = file, .problems = Problems{kMostProblems}};
    expand_variables(*root, inputs, context);
    check_keys(*root, context);
    check_relations(*root, context);
    if (!context.problems.empty()) return std::unexpected{std::move(context.problems)};
    auto config = build_config(*root, file);
    std::ranges::sort(context.notes, {}, [](const Problem& note) { return std::tie(note.line, note.key); });
    config.notes = std::move(context.notes);
    config.warnings = context.problems.warnings();
    return config;
}

Checked<Config> load_config(const std::string& path) {
    const auto text = read_text_file(path, kMostConfigBytes);
    if (!text) return only({path, 0, "", text.error()});
    return parse_config(*text, path, process_inputs());
}

}  // namespace moneytrail
