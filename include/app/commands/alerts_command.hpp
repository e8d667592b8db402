#pragma once

// The commands alerts list, alerts export and explain: what was raised, from the database.

#include "wiring/command_options.hpp"

#include <iosfwd>
#include <optional>
#include <string>

namespace moneytrail {

// Each answers the exit code and throws UsageError for what is wrong with its words, Permanent for an alert
// that is not there, and what open_database throws.

struct AlertWords {
    std::optional<std::string> entity;
    std::optional<std::string> from;  // a day or a time, both UTC; that or later
    std::optional<std::string> to;    // earlier than that
};

// A line an alert for people, the newest first.
int list_alerts(const DatabaseOptions& options, const AlertWords& words, std::ostream& out);

// JSON: the documented line each. CSV: a header, then a line a reason. Both in the order of the chain.
enum class ExportForm { json, csv };
int export_alerts(const DatabaseOptions& options, const AlertWords& words, ExportForm form,
                  std::ostream& out);

// One alert for people: what it is about, every reason with its evidence, and who was told. `id` is the
// beginning of its id, 8 digits or more.
int explain_alert(const DatabaseOptions& options, const std::string& id, std::ostream& out);

}  // namespace moneytrail
