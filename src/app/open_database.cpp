#include "open_database.hpp"

#include "postgres/database.hpp"
#include "postgres/migrate.hpp"
#include "run_task.hpp"
#include "usage_error.hpp"

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

std::unique_ptr<postgres::Database> make_database(const Secret& url) {
    try {
        return std::make_unique<postgres::Database>(url.reveal());
    } catch (const Permanent& error) {  // nothing is connected yet: it is the URL
        throw UsageError{error.what()};
    }
}

}  // namespace

OpenDatabase open_database(const Config& config) {
    OpenDatabase out{.url = config.database.url};
    if (config.database.is_embedded()) {
        out.cluster = open_cluster(config);
        out.url = Secret{out.cluster->url()};
    }
    asio::io_context loop{1};
    const auto database = make_database(out.url);
    out.migrations_applied = run_task(loop, postgres::migrate(*database));
    return out;
}

}  // namespace moneytrail
