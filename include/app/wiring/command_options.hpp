#pragma once

// What every command on the database can be told.

#include <optional>
#include <string>

namespace moneytrail {

struct DatabaseOptions {
    std::string config_file;
    std::optional<std::string> chain;  // its name in the configuration; none: the first
};

}  // namespace moneytrail
