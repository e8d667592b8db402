#pragma once

// The commands addresses add, remove, list and import: what a user adds to the watch list and takes out of
// it. A running daemon takes changes up before its next block.

namespace moneytrail {

class CommandLine;

void add_addresses(CommandLine& line);

}  // namespace moneytrail
