#pragma once

// The commands labels import, remove and show and tokens import and remove: lists from outside, kept in the
// database.

#include "wiring/command_options.hpp"

#include <filesystem>
#include <iosfwd>
#include <string>

namespace moneytrail {

// Each answers the exit code and throws UsageError for what is wrong with its words or files,
// std::runtime_error for a name that another kind of list has or that no list has, and what open_database
// throws.

// All of a file or, when anything is wrong with it or with all lists together, nothing. A list of the same
// file name is replaced. A daemon that is running goes on with what it has until it is started anew.
int import_label_list(const DatabaseOptions& options, const std::filesystem::path& file, std::ostream& out,
                      std::ostream& err);
int import_token_list(const DatabaseOptions& options, const std::filesystem::path& file, std::ostream& out,
                      std::ostream& err);

// Takes an imported list out, also one with which nothing else would start.
int remove_label_list(const DatabaseOptions& options, const std::string& name, std::ostream& out);
int remove_token_list(const DatabaseOptions& options, const std::string& name, std::ostream& out);

// Who an address is by the configuration's and the imported lists, and what other sources say.
int show_label(const DatabaseOptions& options, const std::string& address, std::ostream& out);

}  // namespace moneytrail
