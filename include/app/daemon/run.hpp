#pragma once

// The command run: the daemon.

namespace moneytrail {

class CommandLine;

void add_run(CommandLine& line);

}  // namespace moneytrail
