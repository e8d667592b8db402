#pragma once

// The small process between a command and the server, and how the server is started under it.

#include "cluster_folder.hpp"

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace moneytrail::postgres {

struct Launch {
    ServerUser user;
    ClusterFolder folder;
    std::filesystem::path programs;
    std::filesystem::path socket_folder;
    std::vector<std::string> settings;
};

// Makes the cluster. A half-made one of an earlier attempt is thrown away. Throws Permanent with initdb's
// words.
void make_cluster(const Launch& launch);

// Starts the server and does not wait for it to be ready. Between it and this process stands the keeper: it
// asks the server to stop when nobody shares `folder.shares()` any more, however they ended; and should the
// keeper itself be killed, the kernel asks the server. A death signal of this process alone would take the
// server from other commands that use it. Returns the server's process id; throws Permanent if there can be
// no process.
pid_t start_server(const Launch& launch);

// The end of the server's log on one line, for messages.
std::string log_tail(const std::filesystem::path& log);

}  // namespace moneytrail::postgres
