#include "commands/command_line.hpp"

#include "base/printable.hpp"
#include "text/problem.hpp"
#include "text/usage_error.hpp"

#include <CLI/CLI.hpp>

#include <utility>

namespace moneytrail {
namespace {

// As CLI11 says it, but it quotes arguments as they are.
UsageError refused(const std::string& why) {
    return UsageError{printable(why) + "\nRun with --help for more information."};
}

// CLI11 would say that a subcommand is required, but neither what stands in its place nor which there are.
UsageError no_command(const CLI::App& app) {
    const auto words = app.remaining();
    const auto why = words.empty()
                         ? std::string{"a command is missing"}
                         : in_quotes(words.front()) +
                               (words.front().starts_with('-') ? " is no option" : " is no command");
    std::string names;
    for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; }))
        names += (names.empty() ? "" : ", ") + command->get_name();
    return refused(why + "; the commands are: " + names);
}

}  // namespace

CommandLine::CommandLine(const std::string& version)
    : app_{std::make_unique<CLI::App>(
          "Moneytrail follows money on Ethereum: it reads every block, judges what the addresses you care "
          "about do, and says so once.")} {
    app_->set_version_flag("--version", "moneytrail " + version);
    app_->require_subcommand(0, 1);
    app_->fallthrough();
    config_ = app_->add_option("--config", database_.config_file, "The configuration (YAML)")
                  ->capture_default_str();
}

CommandLine::~CommandLine() = default;

CLI::App* CommandLine::add(const char* name, const char* description, std::function<int()> action) {
    return add(app_.get(), name, description, std::move(action));
}

CLI::App* CommandLine::add_group(const char* name, const char* description) {
    return app_->add_subcommand(name, description)->require_subcommand(1);
}

CLI::App* CommandLine::add(CLI::App* group, const char* name, const char* description,
                           std::function<int()> action) {
    auto* words = group->add_subcommand(name, description);
    // --config may stand behind the command too, whose own help would not show it.
    words->footer("Option of every command:\n" + CLI::Formatter{}.make_option(config_, false));
    commands_.push_back({words, std::move(action)});
    return words;
}

void CommandLine::add_chain_option(CLI::App* command) {
    command->add_option("--chain", database_.chain,
                        "A chain of the configuration; default: its first, or only one");
}

int CommandLine::execute(int argc, char** argv) {
    try {
        app_->parse(argc, argv);
    } catch (const CLI::ExtrasError& error) {
        throw app_->get_subcommands().empty() ? no_command(*app_) : refused(error.what());
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != 0) throw refused(error.what());
        return app_->exit(error);
    }
    for (const auto& [words, action] : commands_)
        if (words->parsed()) return action();
    throw no_command(*app_);
}

}  // namespace moneytrail
