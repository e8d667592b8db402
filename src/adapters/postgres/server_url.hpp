#pragma once

// The database's URL, read once: what libpq is given and what people may see of it.

#include <string>

namespace moneytrail::postgres {

struct ServerUrl {
    std::string conninfo;  // key='value' …, with our limits where the URL sets none; has the password
    std::string shown;     // database "moneytrail" at db.example.org:5432
};

// Throws Permanent, without a word of the URL: a password with a wrong character in it can look like any
// part.
ServerUrl parse_server_url(const std::string& url);

}  // namespace moneytrail::postgres
