#pragma once

// The daemon's patience with a database that comes and goes, and what it says of it.

#include "async/retry.hpp"
#include "postgres/database.hpp"

#include <spdlog/spdlog.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace moneytrail {

// Says once that the database is lost, and once that it is back: both services and every attempt meet it.
class Connection {
  public:
    void lost(const std::string& why) {
        if (!is_lost_.exchange(true)) spdlog::warn("{}; trying again", why);
    }
    // On the database's thread.
    void made() {
        if (is_lost_.exchange(false)) spdlog::info("the database is back");
    }

  private:
    std::atomic<bool> is_lost_{false};
};

// A database that is away for longer ends the daemon; its supervisor starts it again.
inline constexpr Backoff kDaemonPatience{
    .first = std::chrono::milliseconds{250}, .longest = std::chrono::seconds{10}, .tries = 12};

// A commit in doubt is as passing as a lost connection: every attempt begins with what the database says.
template <class Attempt>
auto patiently(Attempt attempt, const std::uint64_t& progress, Connection& connection)
    -> decltype(attempt()) {
    const auto sorted = [&attempt, &connection]() -> decltype(attempt()) {
        try {
            co_return co_await attempt();
        } catch (const postgres::InDoubt& doubt) {
            connection.lost(doubt.what());
            throw Transient{doubt.what()};
        } catch (const postgres::ConnectionLost& error) {
            connection.lost(error.what());
            throw;
        }
    };
    co_return co_await retry(kDaemonPatience, sorted, [&progress] { return progress; });
}

// An idle daemon learns so that its server has died, and starts it again. Never ends by itself.
inline Task<> look_after(postgres::Database& database, Connection& connection) {
    constexpr auto kBetweenLooks = std::chrono::seconds{2};
    std::uint64_t looks = 0;
    const auto look = [&database] { return database.transact([](postgres::Work&) {}); };
    for (;; ++looks) {
        co_await sleep_for(kBetweenLooks);
        co_await patiently(look, looks, connection);
    }
}

}  // namespace moneytrail
