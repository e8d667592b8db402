#pragma once

// The commands labels import, remove and show and tokens import and remove: lists from outside, kept in the
// database. A daemon that is running goes on with what it has until it is started anew.

namespace moneytrail {

class CommandLine;

void add_labels(CommandLine& line);
void add_tokens(CommandLine& line);

}  // namespace moneytrail
