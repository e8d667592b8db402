#pragma once

// The command replay: recorded blocks in, alerts out, without database or network.

namespace moneytrail {

class CommandLine;

void add_replay(CommandLine& line);

}  // namespace moneytrail
