#include "wiring/open_database.hpp"

#include "postgres/migrate.hpp"
#include "text/usage_error.hpp"

#include <unistd.h>

namespace moneytrail {
namespace {

postgres::ClusterOptions cluster_options(const Config& config) {
    auto data_dir = config.data_dir;
    // Beside the configuration: from another working directory it is the same database. Root has a default of
    // its own.
    if (!data_dir && ::geteuid() != 0) data_dir = config.folder / "data";
    return {.data_dir = std::move(data_dir)};
}

std::unique_ptr<postgres::EmbeddedCluster> open_cluster(const Config& config) {
    try {
        return std::make_unique<postgres::EmbeddedCluster>(cluster_options(config));
    } catch (const postgres::ClusterMisconfigured& error) {
        throw UsageError{error.what()};
    }
}

}  // namespace

postgres::Database::Where OpenDatabase::where() const {
    if (cluster) return [server = cluster.get()] { return server->running_url(); };
    return [name = url] { return name.reveal(); };
}

void OpenDatabase::stop_waiting() const {
    if (cluster) cluster->stop_waiting();
}

OpenDatabase open_database(const Config& config) {
    OpenDatabase out{.url = config.database.url};
    if (config.database.is_embedded()) out.cluster = open_cluster(config);
    asio::io_context loop{1};
    postgres::Database database{out.where(), {}};
    out.migrations_applied = settle(loop, out, [&database] { return postgres::migrate(database); });
    return out;
}

}  // namespace moneytrail
