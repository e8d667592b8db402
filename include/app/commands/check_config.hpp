#pragma once

// The command check-config: everything that is wrong with a configuration and the lists it names, in one go.

#include <iosfwd>
#include <string>

namespace moneytrail {

// Writes "PATH: fine" and the notes to `out` and answers 0, or every problem to `err` and answers 2.
int check_config(const std::string& path, std::ostream& out, std::ostream& err);

}  // namespace moneytrail
