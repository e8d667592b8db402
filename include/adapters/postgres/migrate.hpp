#pragma once

// Brings the database's schema up to date, forward only.

#include "postgres/database.hpp"

#include <span>
#include <string>
#include <vector>

namespace moneytrail::postgres {

struct Migration {
    std::string file;    // 001_ground.sql
    std::string sha256;  // of the file, 64 hex digits
    std::string sql;
};

// The files of sql/ as they were when the program was built, in order.
std::span<const Migration> own_migrations();

// Applies what is missing, each file in a transaction of its own and at most one program at a time (an
// advisory lock, waited for up to 10 s), and says how many there were. Throws Permanent, and changes nothing,
// where the record of the database and the files disagree: a file was changed, one is missing, or the schema
// is newer.
Task<int> migrate(Database& database);
Task<int> migrate(Database& database, std::vector<Migration> migrations);

}  // namespace moneytrail::postgres
