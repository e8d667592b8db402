#pragma once

// "url: embedded": a private PostgreSQL that starts with the first command and stops with the last.

#include "async/errors.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace moneytrail::postgres {

// The place or the programs that the configuration leads to cannot be used.
struct ClusterMisconfigured : Permanent {
    using Permanent::Permanent;
};

struct ClusterOptions {
    // As configured. None: /var/lib/moneytrail as root, ./data otherwise.
    std::optional<std::filesystem::path> data_dir;
    std::filesystem::path programs =
        "/usr/lib/postgresql";          // VERSION/bin/ in it; the newest makes new clusters
    std::vector<std::string> settings;  // more of the server's, name=value; those of the first command count
};

// A share in the server of data_dir/postgres. The first share makes the cluster (initdb) where there is none
// and starts its server; others, of any process, adopt it; the last stops it (fast shutdown), also when that
// process is killed. Root leaves the server to user postgres. No TCP: a unix socket in a folder closed to
// everybody else. What a crash left behind is cleared away; what it still does is waited for, some ten
// seconds. Construction, destruction and running_url wait for the server: outside the event loop only.
class EmbeddedCluster {
  public:
    // Throws ClusterMisconfigured for a data_dir that cannot be reached or that root cannot trust, missing
    // programs or another major version; Transient while another command takes too long to start or stop it;
    // Permanent if the server does not start, with the end of its log.
    explicit EmbeddedCluster(const ClusterOptions& options);
    ~EmbeddedCluster();  // every Database on it is gone by then
    EmbeddedCluster(const EmbeddedCluster&) = delete;
    EmbeddedCluster& operator=(const EmbeddedCluster&) = delete;

    // Of the server as it was last seen.
    std::string url() const;

    // Makes sure that there is a server: one that has died is started again, or adopted where another command
    // did that first. From any thread; throws what construction does.
    std::string running_url();

    // From any thread: a running_url() that waits throws Transient soon, and so does every later one.
    void stop_waiting();

  private:
    struct Share;

    std::unique_ptr<Share> share_;
};

}  // namespace moneytrail::postgres
