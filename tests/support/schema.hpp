#pragma once

// The test server, and a place on it that no other test sees.

#include <pqxx/pqxx>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <utility>

namespace moneytrail::test {

// The URL of the server that tests/support/postgres.sh runs; ends so that "&key=value" can follow.
inline std::string server_url() {
    const char* url = std::getenv("MONEYTRAIL_TEST_DB");
    if (!url)
        throw std::runtime_error{"MONEYTRAIL_TEST_DB is not set: run through tests/support/postgres.sh"};
    return std::string{url}.contains('?') ? url : std::string{url} + "?";
}

// A schema of one test's own, dropped at its end. Without a server the test fails.
class Schema {
  public:
    explicit Schema(std::string name) : Schema{std::move(name), server_url()} {}
    // On another server, whose URL ends so that "&key=value" can follow.
    Schema(std::string name, std::string server) : name_{std::move(name)}, server_{std::move(server)} {
        replace("create schema " + name_);
    }
    ~Schema() { replace("select 1"); }
    Schema(const Schema&) = delete;
    Schema& operator=(const Schema&) = delete;

    std::string url() const { return server_ + "&options=-csearch_path%3D" + name_; }

  private:
    void replace(const std::string& then) const {
        pqxx::connection connection{server_};
        pqxx::nontransaction tx{connection};
        tx.exec("set client_min_messages = warning; drop schema if exists " + name_ + " cascade; " + then);
    }

    std::string name_;
    std::string server_;
};

}  // namespace moneytrail::test
