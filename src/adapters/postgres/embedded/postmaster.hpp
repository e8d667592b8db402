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
    bool is_stopping = false;
};

// The server that runs on the cluster, by its postmaster.pid and /proc. A pid file that is empty, garbled, or
// names a process that is no server of this cluster finds none.
std::optional<Postmaster> find_postmaster(const ClusterFolder& folder, const ServerUser& user);

}  // namespace moneytrail::postgres
