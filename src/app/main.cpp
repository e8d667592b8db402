#include "base/printable.hpp"
#include "commands/addresses_command.hpp"
#include "commands/alerts_command.hpp"
#include "commands/check_config.hpp"
#include "commands/command_line.hpp"
#include "commands/lists_command.hpp"
#include "commands/migrate_command.hpp"
#include "commands/replay.hpp"
#include "daemon/init_process.hpp"
#include "daemon/run.hpp"
#include "output/standard_files.hpp"
#include "text/usage_error.hpp"

#include <exception>
#include <iostream>

namespace moneytrail {
namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

int execute(int argc, char** argv) {
    CommandLine line{MONEYTRAIL_VERSION};
    add_run(line);
    add_replay(line);
    add_check_config(line);
    add_migrate(line);
    add_addresses(line);
    add_labels(line);
    add_tokens(line);
    add_alerts(line);
    add_explain(line);
    return line.execute(argc, argv);
}

}  // namespace
}  // namespace moneytrail

int main(int argc, char** argv) try {
    moneytrail::hold_standard_files();
    moneytrail::stay_behind_as_init();
    return moneytrail::answered(moneytrail::execute(argc, argv));
} catch (const moneytrail::UsageError& error) {
    const auto text = moneytrail::printable_lines(error.what());
    std::cerr << text << (text.ends_with('\n') ? "" : "\n");
    return moneytrail::kUsage;
} catch (const std::exception& error) {
    std::cerr << "moneytrail: " << moneytrail::printable_lines(error.what()) << '\n';
    return moneytrail::kFailed;
}
