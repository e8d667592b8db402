#include "postgres/database.hpp"

#include "async/retry.hpp"
#include "postgres/server_url.hpp"
#include "sort_error.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <pqxx/pqxx>

#include <chrono>

namespace moneytrail::postgres {
namespace {

// How long a server without a free connection is asked for one.
constexpr auto kPatience = std::chrono::minutes{1};
constexpr Backoff kBetweenTries{
    .first = std::chrono::milliseconds{50}, .longest = std::chrono::seconds{1}, .tries = 0};

ServerUrl server_at(const std::string& url) {
    auto parsed = parse_server_url(url);
    if (!parsed) throw Permanent{"database.url: " + parsed.error()};
    return std::move(*parsed);
}

}  // namespace

struct Database::Connection : pqxx::connection {
    explicit Connection(const std::string& conninfo) : pqxx::connection{conninfo}, quiet_{*this} {
        // libpqxx would quietly reconnect, without our settings and locks.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
        inhibit_reactivation(true);
#pragma clang diagnostic pop
    }

  private:
    pqxx::quiet_errorhandler quiet_;  // what fails is thrown; without this it is printed as well
};

Database::Database(const std::string& url) : Database{url, {}} {}

Database::Database(const std::string& url, OnOpen on_open)
    : Database{[url] { return url; }, std::move(on_open)} {
    server_at(url);
}

Database::Database(Where where, OnOpen on_open) : Database{std::move(where), std::move(on_open), kPatience} {}

Database::Database(Where where, OnOpen on_open, Duration patience)
    : where_{std::move(where)}, on_open_{std::move(on_open)}, patience_{patience} {}

Database::~Database() {
    thread_.join();
}

Task<> Database::run(Body body) {
    const auto deadline = std::chrono::steady_clock::now() + patience_;
    for (int refusals = 1;; ++refusals) {
        try {
            // An empty slot: a transaction is committed or rolled back, never abandoned half way.
            auto uncancellable = asio::bind_cancellation_slot(asio::cancellation_slot{}, asio::use_awaitable);
            co_await asio::co_spawn(thread_, run_on_thread(body), uncancellable);
            co_return;
        } catch (const ServerBusy&) {
            if (std::chrono::steady_clock::now() >= deadline) throw;
        }
        co_await sleep_for(pause_after(refusals));
    }
}

Duration Database::pause_after(int refusals) {
    return delay_after(refusals, kBetweenTries, std::nullopt, std::generate_canonical<double, 16>(random_));
}

Task<> Database::run_on_thread(Body body) {
    try {
        run_now(body);
    } catch (const ConnectionLost&) {
        connection_.reset();
        throw;
    } catch (const InDoubt&) {
        connection_.reset();
        throw;
    }
    co_return;
}

void Database::run_now(const Body& body) {
    if (!connection_ || !connection_->is_open()) open();
    try {
        pqxx::work tx{*connection_};
        body(tx);
        tx.commit();
    } catch (...) {
        rethrow_sorted(shown_);
    }
}

void Database::open() {
    connection_.reset();
    auto parsed = server_at(where_());
    conninfo_ = std::move(parsed.conninfo);
    shown_ = std::move(parsed.shown);
    std::unique_ptr<Connection> connection;
    try {
        connection = std::make_unique<Connection>(conninfo_);
    } catch (const pqxx::broken_connection& error) {
        throw_refused(shown_, error.what(), sqlstate_of_refusal(conninfo_));
    }
    try {
        {
            pqxx::nontransaction session{*connection};
            // The keepalives are the server's: it must notice a client that vanished, and let go of its
            // locks. What is planned once a connection would otherwise be planned again whenever the
            // parameters promise a little less work than usual.
            session.exec(
                "set statement_timeout = '30s'; set lock_timeout = '5s'; set client_min_messages = warning; "
                "set timezone = 'UTC'; set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; "
                "set tcp_keepalives_count = 3; set tcp_user_timeout = 30000; "
                "set plan_cache_mode = force_generic_plan");
        }
        if (on_open_) {
            pqxx::work tx{*connection};
            on_open_(tx);
            tx.commit();
        }
    } catch (const pqxx::in_doubt_error& error) {
        // The hook is made to run again, on every connection.
        throw ConnectionLost{shown_ + " was lost: " + error.what()};
    } catch (...) {
        rethrow_sorted(shown_);
    }
    connection_ = std::move(connection);
}

}  // namespace moneytrail::postgres
