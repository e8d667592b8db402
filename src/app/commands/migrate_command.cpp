#include "commands/migrate_command.hpp"

#include "wiring/database_session.hpp"

#include <ostream>

namespace moneytrail {

int migrate_database(const DatabaseOptions& options, std::ostream& out) {
    const auto opened = open_database(choose_chain(options).config);
    if (opened.migrations_applied == 0)
        out << "the schema is up to date\n";
    else
        out << "the schema is up to date: " << opened.migrations_applied << " migrations applied\n";
    finish_output(out);
    return 0;
}

}  // namespace moneytrail
