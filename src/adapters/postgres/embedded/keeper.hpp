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
    std::vector<std::string> settings;
};

// Makes the cluster; nothing is left of an earlier attempt. Throws Permanent with initdb's words, Transient
// where somebody has killed it.
void make_cluster(const Launch& launch);

// Starts the server and does not wait for it to be ready. Between it and this process stands the keeper: it
// asks the server to stop when nobody shares `folder.shares()` any more, however they ended; and should the
// keeper itself be killed, the kernel asks the server. A death signal of this process alone would take the
// server from other commands that use it. Returns the server's process id; throws Permanent if there can be
// no process.
pid_t start_server(const Launch& launch);

// The end of the server's log on one line, for messages.
std::string log_tail(const std::filesystem::path& log);

off_t log_size(const std::filesystem::path& log);

// Whether a server that ended could start a moment later, by what the log has from `since` on: it was killed,
// or met what another one had not let go of yet. A setting it cannot use does not pass.
bool may_pass(const std::filesystem::path& log, off_t since);

}  // namespace moneytrail::postgres
