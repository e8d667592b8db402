#pragma once

// The command run: the daemon.

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace moneytrail {

// Where to go on, and what to do at a gap of more than `max_gap` blocks.
enum class Resume {
    ask,         // behind the database's last block; stop at such a gap and say so
    catch_up,    // the same, across any gap
    latest,      // with the last block there is, then as `ask`
    from_block,  // with the block of this number: what is stored from there on is taken back; then as `ask`
};

struct Start {
    Resume resume = Resume::ask;
    std::uint64_t from = 0;  // the first block that is read again
};

// `latest` or a number; none: it is neither.
std::optional<Start> parse_start(std::string_view text);
std::string what_start_is();

struct RunOptions {
    std::string config_file;
    Start start;
};

// Follows the first chain of the configuration, keeps what it sees in the database and shows alerts on the
// channels; `out` is the console's. An archive's end is the daemon's: 0. The first SIGINT or SIGTERM ends it
// in good order, also 0. 1: it failed; 2: configuration, or somebody must say
// how to go on.
int run(const RunOptions& options, std::ostream& out, std::ostream& err);

}  // namespace moneytrail
