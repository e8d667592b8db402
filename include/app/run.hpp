#pragma once

// The command run: the daemon.

#include <iosfwd>
#include <string>

namespace moneytrail {

// How to go on when the chain is more than `max_gap` blocks ahead of the database.
enum class Resume {
    ask,       // stop and say so
    catch_up,  // with the first block there is
    latest,    // with the last block there is, always
};

struct RunOptions {
    std::string config_file;
    Resume resume = Resume::ask;
};

// Follows the first chain of the configuration, keeps what it sees in the database and shows alerts on the
// channels; `out` is the console's. An archive's end is the daemon's: 0. The first SIGINT or SIGTERM ends it
// in good order, also 0. 1: it failed; 2: configuration.
int run(const RunOptions& options, std::ostream& out, std::ostream& err);

}  // namespace moneytrail
