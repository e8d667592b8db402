#pragma once

// The commands addresses add, remove, list and import: what a user adds to the watch list and takes out of
// it.

#include "wiring/command_options.hpp"

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>

namespace moneytrail {

// Each answers the exit code and throws UsageError for what is wrong with its words or files,
// std::runtime_error for what the watch list refuses, and what open_database throws. A running daemon takes
// changes up before its next block.

struct AddressWords {
    std::string address;
    std::string entity;  // one of the configuration's
    std::string label;   // may be empty
};
int add_address(const DatabaseOptions& options, const AddressWords& words, std::ostream& out);

int remove_address(const DatabaseOptions& options, const std::string& address, std::ostream& out);

enum class ListForm { table, csv };  // the CSV is what import_addresses reads
int list_addresses(const DatabaseOptions& options, const std::optional<std::string>& entity, ListForm form,
                   std::ostream& out);

// CSV address,entity[,label]: all of it or, when anything is wrong with the file, nothing. Roots stay where
// they are and are named on `err`.
int import_addresses(const DatabaseOptions& options, const std::filesystem::path& file, std::ostream& out,
                     std::ostream& err);

}  // namespace moneytrail
