#pragma once

// The server's main process, found again by its pid file.

#include "cluster_folder.hpp"

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

namespace moneytrail::postgres {

struct Postmaster {
    pid_t pid = 0;
    std::filesystem::path socket_folder;  // empty while it has not got that far
    std::string port;
};

// The server that runs on the cluster, by its postmaster.pid and /proc. A pid file that names a process which
// is no server of this cluster is stale and removed: PostgreSQL would take that process for one.
std::optional<Postmaster> find_postmaster(const ClusterFolder& folder);

bool is_running(pid_t pid);

}  // namespace moneytrail::postgres
