#include "check_config.hpp"
#include "problem.hpp"
#include "replay.hpp"
#include "run.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace moneytrail {
namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

// CLI11 would say that a subcommand is required, but neither what stands in its place nor which there are.
int no_command(const CLI::App& app) {
    const auto words = app.remaining();
    std::string why = "a command is missing";
    if (!words.empty())
        why =
            in_quotes(words.front()) + (words.front().starts_with('-') ? " is no option" : " is no command");
    std::string names;
    for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; }))
        names += (names.empty() ? "" : ", ") + command->get_name();
    std::cerr << why << "; the commands are: " << names << "\nRun with --help for more information.\n";
    return kUsage;
}

int command_line(int argc, char** argv) {
    CLI::App app{
        "Moneytrail follows money on Ethereum: it reads every block, judges what the addresses you care "
        "about do, and says so once."};
    app.set_version_flag("--version", "moneytrail " MONEYTRAIL_VERSION);
    app.require_subcommand(0, 1);
    app.fallthrough();
    std::string config = "configs/moneytrail.yaml";
    const auto* config_option =
        app.add_option("--config", config, "The configuration (YAML)")->capture_default_str();

    ReplayOptions options;
    bool keep_going = false;
    auto* replay_command = app.add_subcommand(
        "replay",
        "Recorded blocks through the pipeline; alerts as JSON lines on standard output, a summary on "
        "standard error");
    replay_command->add_option("ARCHIVE", options.archives,
                               ".jsonl, .jsonl.gz, .json, .json.gz or a folder of them; default: the chain's "
                               "archive in the configuration");
    replay_command->add_option("--addresses", options.addresses, "More to follow: CSV address,entity,label");
    replay_command->add_flag("--keep-going", keep_going, "Count and skip lines that cannot be read");

    auto* run_command = app.add_subcommand(
        "run",
        "The daemon: follows the chain, keeps what it sees in the database, shows alerts on the channels");

    std::string checked;
    auto* check_command = app.add_subcommand(
        "check-config", "Every problem of a configuration at once: file, line, key and what would be right");
    check_command->add_option("FILE", checked, "The configuration; default: that of --config");

    // It may stand behind the command too, whose own help would not show it.
    for (auto* command : {replay_command, check_command})
        command->footer("Option of every command:\n" + CLI::Formatter{}.make_option(config_option, false));

    try {
        app.parse(argc, argv);
    } catch (const CLI::ExtrasError& error) {
        return app.get_subcommands().empty() ? no_command(app) : (app.exit(error), kUsage);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kUsage;
    }
    if (app.get_subcommands().empty()) return no_command(app);
    if (check_command->parsed())
        return check_config(checked.empty() ? config : checked, std::cout, std::cerr);
    if (run_command->parsed()) return run(config, std::cout, std::cerr);
    options.config_file = config;
    options.on_bad_line = keep_going ? OnBadLine::count_and_go_on : OnBadLine::stop;
    return replay(options, std::cout, std::cerr);
}

}  // namespace
}  // namespace moneytrail

int main(int argc, char** argv) try {
    std::ios::sync_with_stdio(false);
    return moneytrail::command_line(argc, argv);
} catch (const std::exception& error) {
    std::cerr << "moneytrail: " << error.what() << '\n';
    return moneytrail::kFailed;
}
