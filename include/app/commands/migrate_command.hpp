#pragma once

// The command migrate: the database's schema up to date, and nothing else.

namespace moneytrail {

class CommandLine;

void add_migrate(CommandLine& line);

}  // namespace moneytrail
