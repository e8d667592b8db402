#pragma once

// Standard input, output and error, which whoever starts the program may have left closed.

namespace moneytrail {

// Otherwise the next file that is opened, the database's lock or socket, would take a closed one's place and
// get what is printed. Input and output are opened so that writing fails, as on a closed one; what is said on
// a closed standard error is for nobody. Before anything else in the program. Throws when one cannot be
// opened.
void hold_standard_files();

// The exit code of a command that ended with `code`. Throws when it succeeded but what it printed did not
// arrive.
int answered(int code);

}  // namespace moneytrail
