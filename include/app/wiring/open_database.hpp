#pragma once

// The database that the configuration names: there, reachable and with an up-to-date schema.

#include "async/retry.hpp"
#include "config/config.hpp"
#include "postgres/database.hpp"
#include "postgres/embedded/embedded_cluster.hpp"
#include "text/secret.hpp"
#include "wiring/run_task.hpp"

#include <chrono>
#include <memory>

namespace moneytrail {

struct OpenDatabase {
    // Calls it before every connection: an embedded server that has died is started again. This object, in
    // its place, outlives what it is given to.
    postgres::Database::Where where() const;
    // From any thread: what waits for an embedded server gives up.
    void stop_waiting() const;

    std::unique_ptr<postgres::EmbeddedCluster> cluster;  // none: a server of the user's own
    Secret url;                                          // of such a server
    int migrations_applied = 0;
};

// Starts or adopts the embedded server where one is configured, and migrates. It waits for all that: outside
// the event loop only. What passes within seconds, such as a server that is killed in between, is waited out.
// Throws UsageError for a URL or data_dir that cannot be used, else what postgres::EmbeddedCluster, Database
// and migrate throw.
OpenDatabase open_database(const Config& config);

// Where the first transactions of a command are: answers what `attempt()`, a Task, does, and repeats it for
// some seconds while it fails in a way that passes. A server of the user's own that cannot be reached is no
// such.
template <class Attempt>
auto settle(asio::io_context& loop, const OpenDatabase& opened, Attempt attempt) {
    constexpr Backoff kPatience{
        .first = std::chrono::milliseconds{100}, .longest = std::chrono::seconds{2}, .tries = 10};
    const bool is_embedded = opened.cluster != nullptr;
    const auto sorted = [&attempt, is_embedded]() -> decltype(attempt()) {
        try {
            co_return co_await attempt();
        } catch (const postgres::InDoubt& doubt) {
            throw Transient{doubt.what()};
        } catch (const postgres::Unreachable& error) {
            if (is_embedded) throw;
            throw Permanent{error.what()};
        }
    };
    return run_task(loop, retry(kPatience, sorted));
}

}  // namespace moneytrail
