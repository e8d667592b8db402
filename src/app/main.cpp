#include "base/printable.hpp"
#include "commands/addresses_command.hpp"
#include "commands/alerts_command.hpp"
#include "commands/check_config.hpp"
#include "commands/lists_command.hpp"
#include "commands/migrate_command.hpp"
#include "commands/replay.hpp"
#include "daemon/init_process.hpp"
#include "daemon/run.hpp"
#include "output/standard_files.hpp"
#include "text/problem.hpp"
#include "text/usage_error.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <iostream>

namespace moneytrail {
namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

// As CLI11 says it, but it quotes arguments as they are.
int refuse(const std::string& why) {
    std::cerr << printable(why) << "\nRun with --help for more information.\n";
    return kUsage;
}

// CLI11 would say that a subcommand is required, but neither what stands in its place nor which there are.
int no_command(const CLI::App& app) {
    const auto words = app.remaining();
    const auto why = words.empty()
                         ? std::string{"a command is missing"}
                         : in_quotes(words.front()) +
                               (words.front().starts_with('-') ? " is no option" : " is no command");
    std::string names;
    for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; }))
        names += (names.empty() ? "" : ", ") + command->get_name();
    return refuse(why + "; the commands are: " + names);
}

// The command line: each command says its words and what it does with them.
class CommandLine {
  public:
    CommandLine() {
        app_.set_version_flag("--version", "moneytrail " MONEYTRAIL_VERSION);
        app_.require_subcommand(0, 1);
        app_.fallthrough();
        const auto* config = app_.add_option("--config", database_.config_file, "The configuration (YAML)")
                                 ->capture_default_str();
        add_run();
        add_replay();
        add_check_config();
        add_migrate();
        add_addresses();
        add_lists();
        add_alerts();
        add_explain();
        // It may stand behind the command too, whose own help would not show it.
        for (const auto& [command, _] : commands_)
            command->footer("Option of every command:\n" + CLI::Formatter{}.make_option(config, false));
    }

    int execute(int argc, char** argv) {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::ExtrasError& error) {
            return app_.get_subcommands().empty() ? no_command(app_) : refuse(error.what());
        } catch (const CLI::ParseError& error) {
            return error.get_exit_code() == 0 ? app_.exit(error) : refuse(error.what());
        }
        if (app_.get_subcommands().empty()) return no_command(app_);
        for (const auto& [command, action] : commands_)
            if (command->parsed()) return action();
        return kUsage;
    }

  private:
    struct Command {
        CLI::App* words;
        std::function<int()> action;
    };

    void add(CLI::App* words, std::function<int()> action) {
        commands_.push_back({words, std::move(action)});
    }

    // A command that works on one chain of the database.
    CLI::App* chain_command(CLI::App& parent, const char* name, const char* description) {
        auto* words = parent.add_subcommand(name, description);
        words->add_option("--chain", database_.chain, "A chain of the configuration; default: its first");
        return words;
    }

    void add_run() {
        auto* words =
            app_.add_subcommand("run",
                                "The daemon: follows the chain, keeps what it sees in the database, "
                                "shows alerts on the channels");
        auto* catch_up = words->add_flag_callback(
            "--catch-up", [this] { start_.resume = Resume::catch_up; },
            "Goes on across every gap, however wide");
        words
            ->add_option_function<std::string>(
                "--from", [this](const std::string& text) { start_ = parse_start(text).value(); },
                "latest: goes on with the newest block; BLOCK: with that number, taking back what is stored "
                "from it on and passing over what is missing before it")
            ->check([](const std::string& text) {
                return parse_start(text) ? "" : what_start_is() + ", got " + in_quotes(text);
            })
            ->excludes(catch_up);
        add(words, [this] { return run({database_.config_file, start_}, std::cout, std::cerr); });
    }

    void add_replay() {
        auto* words = app_.add_subcommand(
            "replay",
            "Recorded blocks through the pipeline; alerts as JSON lines on standard output, a summary on "
            "standard error");
        words->add_option("ARCHIVE", replay_.archives,
                          ".jsonl, .jsonl.gz, .json, .json.gz or a folder of them; default: the chain's "
                          "archive in the configuration");
        words->add_option("--addresses", replay_.addresses, "More to follow: CSV address,entity,label");
        words->add_flag("--keep-going", is_keeping_going_, "Count and skip lines that cannot be read");
        add(words, [this] {
            replay_.config_file = database_.config_file;
            replay_.on_bad_line = is_keeping_going_ ? OnBadLine::count_and_go_on : OnBadLine::stop;
            return replay(replay_, std::cout, std::cerr);
        });
    }

    void add_check_config() {
        auto* words = app_.add_subcommand(
            "check-config",
            "Every problem of a configuration at once: file, line, key and what would be right");
        words->add_option("FILE", checked_, "The configuration; default: that of --config");
        add(words, [this] {
            return check_config(checked_.empty() ? database_.config_file : checked_, std::cout, std::cerr);
        });
    }

    void add_migrate() {
        add(app_.add_subcommand("migrate",
                                "Brings the database's schema up to date; `run` does it by itself"),
            [this] { return migrate_database(database_, std::cout); });
    }

    void add_addresses() {
        auto* group =
            app_.add_subcommand("addresses", "The watch list; the daemon takes changes up at its next block")
                ->require_subcommand(1);
        auto* words = chain_command(*group, "add", "Watches an address, also one that was removed");
        words->add_option("ADDRESS", address_.address, "0x and 40 hex digits")->required();
        words->add_option("ENTITY", address_.entity, "The id of an entity of the configuration")->required();
        words->add_option("LABEL", address_.label, "What people call it");
        add(words, [this] { return add_address(database_, address_, std::cout); });

        words = chain_command(*group, "remove", "Watches it no longer, until somebody adds it again");
        words->add_option("ADDRESS", address_.address, "0x and 40 hex digits")->required();
        add(words, [this] { return remove_address(database_, address_.address, std::cout); });

        words = chain_command(*group, "list", "What is watched, and since when");
        words->add_option("ENTITY", alerts_.entity, "Only of this entity");
        words->add_flag("--csv", is_csv_, "As CSV address,entity,label, which import reads");
        add(words, [this] {
            return list_addresses(database_, alerts_.entity, is_csv_ ? ListForm::csv : ListForm::table,
                                  std::cout);
        });
        words = chain_command(*group, "import",
                              "Watches all addresses of a CSV file, or none if it has mistakes");
        words->add_option("FILE", import_, "CSV address,entity,label; the label may be left out")->required();
        add(words, [this] { return import_addresses(database_, import_, std::cout, std::cerr); });
    }

    void add_lists() {
        auto* group = app_.add_subcommand("labels", "Whose addresses are whose, by open lists and your own")
                          ->require_subcommand(1);
        add(import_command(*group, "CSV address,entity,category,label,source; .gz too"),
            [this] { return import_label_list(database_, import_, std::cout, std::cerr); });
        add(remove_command(*group),
            [this] { return remove_label_list(database_, import_.string(), std::cout); });
        auto* words = group->add_subcommand("show", "Who an address is, and what other sources say");
        words->add_option("ADDRESS", address_.address, "0x and 40 hex digits")->required();
        add(words, [this] { return show_label(database_, address_.address, std::cout); });
        group = app_.add_subcommand("tokens", "Symbols and decimals of tokens, by open lists and your own")
                    ->require_subcommand(1);
        add(import_command(*group, "CSV address,symbol,decimals,name,protected,listed; .gz too"),
            [this] { return import_token_list(database_, import_, std::cout, std::cerr); });
        add(remove_command(*group),
            [this] { return remove_token_list(database_, import_.string(), std::cout); });
    }

    CLI::App* import_command(CLI::App& parent, const char* columns) {
        auto* words = parent.add_subcommand("import", "Takes all of a CSV file, or none if it has mistakes");
        words->add_option("FILE", import_, columns)->required();
        return words;
    }

    CLI::App* remove_command(CLI::App& parent) {
        auto* words = parent.add_subcommand("remove", "Takes an imported list out, by the name of its file");
        words->add_option("NAME", import_, "As the import named it")->required();
        return words;
    }

    CLI::App* alerts_command(CLI::App& parent, const char* name, const char* description) {
        auto* words = chain_command(parent, name, description);
        words->add_option("--entity", alerts_.entity, "Only of the entity with this id");
        words->add_option("--from", alerts_.from, "Only of blocks from this UTC day or time on");
        words->add_option("--to", alerts_.to, "Only of blocks before this UTC day or time");
        return words;
    }

    void add_alerts() {
        auto* group =
            app_.add_subcommand("alerts", "What was raised, from the database")->require_subcommand(1);
        auto* words = alerts_command(*group, "list", "A line an alert, the newest first");
        add(words, [this] { return list_alerts(database_, alerts_, std::cout); });

        words = alerts_command(*group, "export", "All there is of them, in the order of the chain");
        auto* form = words->add_option_group("form");
        form->add_flag("--json", is_json_, "A JSON line an alert, as replay prints them");
        form->add_flag("--csv", is_csv_, "A table with a line a reason");
        form->require_option(1);
        add(words, [this] {
            return export_alerts(database_, alerts_, is_csv_ ? ExportForm::csv : ExportForm::json, std::cout);
        });
    }

    void add_explain() {
        auto* words = app_.add_subcommand("explain", "An alert with its reasons, evidence and deliveries");
        words->add_option("ALERT", explained_, "The beginning of its id: 8 digits or more")->required();
        add(words, [this] { return explain_alert(database_, explained_, std::cout); });
    }

    CLI::App app_{
        "Moneytrail follows money on Ethereum: it reads every block, judges what the addresses you care "
        "about do, and says so once."};
    std::vector<Command> commands_;
    DatabaseOptions database_{.config_file = "configs/moneytrail.yaml"};
    ReplayOptions replay_;
    bool is_keeping_going_ = false;
    Start start_;
    std::string checked_;
    AddressWords address_;
    std::filesystem::path import_;
    AlertWords alerts_;
    bool is_json_ = false;
    bool is_csv_ = false;
    std::string explained_;
};

}  // namespace
}  // namespace moneytrail

int main(int argc, char** argv) try {
    moneytrail::hold_standard_files();
    moneytrail::stay_behind_as_init();
    return moneytrail::answered(moneytrail::CommandLine{}.execute(argc, argv));
} catch (const moneytrail::UsageError& error) {
    const auto text = moneytrail::printable_lines(error.what());
    std::cerr << text << (text.ends_with('\n') ? "" : "\n");
    return moneytrail::kUsage;
} catch (const std::exception& error) {
    std::cerr << "moneytrail: " << moneytrail::printable_lines(error.what()) << '\n';
    return moneytrail::kFailed;
}
