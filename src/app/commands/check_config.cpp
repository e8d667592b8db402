#include "commands/check_config.hpp"

#include "base/printable.hpp"
#include "commands/command_line.hpp"
#include "lists/inputs.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace moneytrail {

void check_config(const std::string& path, std::ostream& out, std::ostream& err) {
    const auto inputs = load_inputs(path);
    for (const auto& warning : inputs.warnings()) err << warning << '\n';
    out << printable(path) << ": fine\n";
    for (const auto& note : inputs.config.notes) out << to_string(note) << '\n';
    for (const auto& note : inputs.lists.notes) out << printable(note) << '\n';
    if (inputs.lists.labels.lines != 0) out << "lists.labels: " << summary_of(inputs.lists.labels) << '\n';
}

void add_check_config(CommandLine& line) {
    const auto file = std::make_shared<std::string>();
    auto* words = line.add(
        "check-config", "Every problem of a configuration at once: file, line, key and what would be right",
        [&line, file] {
            check_config(file->empty() ? line.database().config_file : *file, std::cout, std::cerr);
            return 0;
        });
    words->add_option("FILE", *file, "The configuration; default: that of --config");
}

}  // namespace moneytrail
