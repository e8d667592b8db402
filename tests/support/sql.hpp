#pragma once

// A Database and its loop for tests that only want to run a statement.

#include "postgres/database.hpp"
#include "support/run_task.hpp"

#include <pqxx/pqxx>

#include <string>

namespace moneytrail::test {

struct Sql {
    explicit Sql(const std::string& url) : database{url} {}
    Sql(const std::string& url, postgres::Database::OnOpen on_open) : database{url, std::move(on_open)} {}

    void exec(const std::string& statement) {
        run(loop, database.transact([statement](postgres::Work& tx) { tx.exec(statement); }));
    }
    template <class Body>
    void transact(Body body) {
        run(loop, database.transact([body](postgres::Work& tx) { body(tx); }));
    }
    // The only field of the only row, as text.
    std::string text(const std::string& query) {
        std::string out;
        transact([&](postgres::Work& tx) { out = tx.exec1(query)[0].as<std::string>(); });
        return out;
    }

    asio::io_context loop{1};  // outlives the database
    postgres::Database database;
};

}  // namespace moneytrail::test
