#pragma once

// The database's URL, read once: what libpq is given and what people may see of it.

#include <expected>
#include <string>

namespace moneytrail::postgres {

struct ServerUrl {
    std::string conninfo;  // key='value' …, with our limits where the URL sets none; has the password
    std::string shown;     // database "moneytrail" at db.example.org:5432
};

// Or what would be right, without a word of the URL: a password with a wrong character in it can look like
// any part. What libpq would refuse only as it connects is refused here.
std::expected<ServerUrl, std::string> parse_server_url(const std::string& url);

}  // namespace moneytrail::postgres
