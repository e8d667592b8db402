#pragma once

// The command run: the daemon.

#include <iosfwd>
#include <string>

namespace moneytrail {

// Follows the first chain of the configuration, keeps what it sees in the database and shows alerts on the
// channels; `out` is the console's. An archive's end is the daemon's: 0. The first SIGINT or SIGTERM ends it
// in good order, also 0. 1: it failed; 2: configuration.
int run(const std::string& config_file, std::ostream& out, std::ostream& err);

}  // namespace moneytrail
