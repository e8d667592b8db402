#include "commands/migrate_command.hpp"

#include "commands/command_line.hpp"
#include "wiring/database_session.hpp"

#include <iostream>

namespace moneytrail {
namespace {

int migrate_database(const DatabaseOptions& options, std::ostream& out) {
    const auto opened = open_database(choose_chain(options).config);
    if (opened.migrations_applied == 0)
        out << "the schema is up to date\n";
    else
        out << "the schema is up to date: " << opened.migrations_applied << " migrations applied\n";
    finish_output(out);
    return 0;
}

}  // namespace

void add_migrate(CommandLine& line) {
    line.add("migrate", "Brings the database's schema up to date; `run` does it by itself",
             [&line] { return migrate_database(line.database(), std::cout); });
}

}  // namespace moneytrail
