#pragma once

// The command line: each command says its words beside what it does with them, main lists the commands.

#include "wiring/command_options.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace moneytrail {

class CommandLine {
  public:
    explicit CommandLine(const std::string& version);
    ~CommandLine();
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;

    // What every command on the database can be told; known once an action runs.
    const DatabaseOptions& database() const { return database_; }

    // A command, or a group of them; `action` answers the exit code and throws UsageError for what is wrong
    // with its words.
    CLI::App* add(const char* name, const char* description, std::function<int()> action);
    CLI::App* add_group(const char* name, const char* description);
    CLI::App* add(CLI::App* group, const char* name, const char* description, std::function<int()> action);
    // Lets a command choose among the chains of the database.
    void add_chain_option(CLI::App* command);

    // Answers the exit code. Throws UsageError for words that are no command or none of the command's, and
    // what the command throws.
    int execute(int argc, char** argv);

  private:
    struct Command {
        CLI::App* words;
        std::function<int()> action;
    };

    std::unique_ptr<CLI::App> app_;
    CLI::Option* config_ = nullptr;
    DatabaseOptions database_{.config_file = "configs/moneytrail.yaml", .chain = {}};
    std::vector<Command> commands_;
};

}  // namespace moneytrail
