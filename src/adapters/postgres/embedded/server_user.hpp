#pragma once

// Whom the server runs as: the user of this process, or, because PostgreSQL refuses root, user postgres.

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace moneytrail::postgres {

enum class Change { stays, drops };

struct ServerUser {
    std::string name;
    uid_t uid = 0;
    gid_t gid = 0;
    std::vector<gid_t> groups;
    Change change = Change::stays;
};

// Throws ClusterMisconfigured as root where there is no user postgres.
ServerUser server_user();

// For a child process: nothing but system calls. False when the kernel refuses.
bool become(const ServerUser& user);

// The first folder on the way to `path`, itself included, that `user` cannot enter; folders that are not
// there yet do not count. `path` is absolute.
std::optional<std::filesystem::path> first_closed(const std::filesystem::path& path, const ServerUser& user);

}  // namespace moneytrail::postgres
