#pragma once

// The processes that work on a folder, whoever started them and whatever a pid file says.

#include "server_user.hpp"

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <vector>

namespace moneytrail::postgres {

// A backend is a child that every server has several of, and outlives one that is killed. All else is a
// server: postgres itself, initdb and what that runs.
enum class Role { server, backend };

struct ServerProcess {
    pid_t pid = 0;
    Role role = Role::server;
};

// Those of the server's user that PostgreSQL's programs have on `folder`. Zombies do not count.
std::vector<ServerProcess> processes_on(const std::filesystem::path& folder, const ServerUser& user);

// None: it is not there, a zombie, or has nothing to do with `folder`.
std::optional<ServerProcess> process_on(pid_t pid, const std::filesystem::path& folder,
                                        const ServerUser& user);

bool is_running(pid_t pid);

}  // namespace moneytrail::postgres
