#pragma once

// The command check-config: everything that is wrong with a configuration and the lists it names, in one go.

#include <iosfwd>
#include <string>

namespace moneytrail {

class CommandLine;

// Writes "PATH: fine" and the notes to `out` and warnings to `err`, or throws UsageError with every problem.
void check_config(const std::string& path, std::ostream& out, std::ostream& err);

void add_check_config(CommandLine& line);

}  // namespace moneytrail
