#pragma once

// The commands alerts list, alerts export and explain: what was raised, from the database.

namespace moneytrail {

class CommandLine;

void add_alerts(CommandLine& line);
void add_explain(CommandLine& line);

}  // namespace moneytrail
