#pragma once

// Transactions for coroutines: one PostgreSQL connection on one thread.

#include "async/task.hpp"
#include "postgres/errors.hpp"

#include <boost/asio/thread_pool.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <type_traits>
#include <utility>

namespace pqxx {
class transaction_base;  // NOLINT(readability-identifier-naming)
}

namespace moneytrail::postgres {

using Work = pqxx::transaction_base;

// One connection on one thread. Coroutines await transactions; SQL never runs on the event loop.
// The loop must outlive it: the thread still touches the loop just after it has woken an awaiter.
class Database {
  public:
    // Runs in a transaction of its own on every new connection, the first and each later one: what a
    // connection that was lost took with it (locks, lease) is made again here.
    using OnOpen = std::function<void(Work&)>;

    // Answers the postgresql:// URL, before every new connection: a server that has died may have been
    // started again elsewhere, or be started by this. Runs on the database's thread, and may wait there.
    using Where = std::function<std::string()>;

    // Connects at the first transaction. Throws Permanent for anything that is no postgresql:// URL.
    explicit Database(const std::string& url);
    Database(const std::string& url, OnOpen on_open);
    Database(Where where, OnOpen on_open);
    // `patience`: how long a server without a free connection is asked for one; a minute in the others.
    Database(Where where, OnOpen on_open, Duration patience);
    ~Database();  // waits for the transaction that is running

    // Runs `body(Work&)` in a transaction and commits; what `body` throws rolls back and reaches the caller.
    // A server that has no free connection, or is about to start or stop, is asked again for up to a minute.
    // Errors of the database: ConnectionLost, InDoubt (the commit may have happened), Transient
    // (serialization failure, deadlock, time limit, starting or stopping server, too many connections) or
    // Permanent, with a text that names the database and never shows a password. Cancelling the caller
    // ends the waiting for a connection, and cuts nothing else short.
    template <class Body>
    Task<std::invoke_result_t<Body, Work&>> transact(Body body) {
        using Result = std::invoke_result_t<Body, Work&>;
        if constexpr (std::is_void_v<Result>) {
            co_await run(std::move(body));
        } else {
            std::optional<Result> result;
            co_await run([&](Work& tx) { result.emplace(body(tx)); });
            co_return std::move(*result);
        }
    }

  private:
    using Body = std::function<void(Work&)>;
    struct Connection;

    Task<> run(Body body);
    Task<> run_on_thread(Body body);
    Duration pause_after(int refusals);
    void run_now(const Body& body);
    void open();

    std::string conninfo_;
    std::string shown_;  // names the database in messages
    Where where_;
    OnOpen on_open_;
    std::unique_ptr<Connection> connection_;  // touched by thread_ only
    Duration patience_;
    std::minstd_rand random_{std::random_device{}()};
    asio::thread_pool thread_{1};
};

}  // namespace moneytrail::postgres
