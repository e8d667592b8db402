#pragma once

// The command migrate: the database's schema up to date, and nothing else.

#include "wiring/command_options.hpp"

#include <iosfwd>

namespace moneytrail {

// Answers the exit code. Throws UsageError, or what open_database throws.
int migrate_database(const DatabaseOptions& options, std::ostream& out);

}  // namespace moneytrail
