#pragma once

// Transactions for coroutines: one PostgreSQL connection on one thread.

#include "async/task.hpp"
#include "postgres/errors.hpp"

#include <boost/asio/thread_pool.hpp>

#include <functional>
#include <memory>
#include <optional>
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

    // Connects at the first transaction. Throws Permanent for anything that is no postgresql:// URL.
    explicit Database(const std::string& url);
    Database(const std::string& url, OnOpen on_open);
    ~Database();  // waits for the transaction that is running

    // Runs `body(Work&)` in a transaction and commits; what `body` throws rolls back and reaches the caller.
    // Errors of the database: ConnectionLost, InDoubt (the commit may have happened), Transient
    // (serialization failure, deadlock, time limit, starting or stopping server, too many connections) or
    // Permanent, with a text that names the database and never shows a password. Cancelling the caller does
    // not cut it short.
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
    void run_now(const Body& body);
    void open();

    std::string conninfo_;
    std::string shown_;  // names the database in messages
    OnOpen on_open_;
    std::unique_ptr<Connection> connection_;  // touched by thread_ only
    asio::thread_pool thread_{1};
};

}  // namespace moneytrail::postgres
