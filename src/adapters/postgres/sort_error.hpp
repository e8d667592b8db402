#pragma once

// libpqxx's errors, told apart by what can be done about them.

#include <string>

namespace moneytrail::postgres {

// Call it in a handler. libpqxx's failures come out as ConnectionLost, InDoubt, Transient or Permanent; all
// else (an error of the caller's own, a bug) as it is. `database` names it in the text.
[[noreturn]] void rethrow_sorted(const std::string& database);

// The same for a connection that could not be opened, of which libpqxx knows only the text.
[[noreturn]] void throw_refused(const std::string& database, const std::string& text,
                                const std::string& sqlstate);

// Asks the server once more, for the SQLSTATE of its refusal alone: libpq's text is in the server's language.
// Empty when there is no answer at all, 00000 when it now lets us in.
std::string sqlstate_of_refusal(const std::string& conninfo);

}  // namespace moneytrail::postgres
