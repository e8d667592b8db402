#pragma once

// The database that the configuration names: there, reachable and with an up-to-date schema.

#include "config.hpp"
#include "postgres/embedded_cluster.hpp"
#include "secret.hpp"

#include <memory>

namespace moneytrail {

struct OpenDatabase {
    std::unique_ptr<postgres::EmbeddedCluster> cluster;  // none: a server of the user's own
    Secret url;  // for any number of postgres::Database, each gone before this
    int migrations_applied = 0;
};

// Starts or adopts the embedded server where one is configured, and migrates. It waits for all that: outside
// the event loop only. Throws UsageError for a URL or data_dir that cannot be used, else what
// postgres::EmbeddedCluster, Database and migrate throw.
OpenDatabase open_database(const Config& config);

}  // namespace moneytrail
