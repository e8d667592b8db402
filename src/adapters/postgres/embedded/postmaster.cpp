#include "postmaster.hpp"

#include "file_handle.hpp"
#include "server_process.hpp"

#include <sstream>
#include <vector>

namespace moneytrail::postgres {

std::optional<Postmaster> find_postmaster(const ClusterFolder& folder, const ServerUser& user) {
    // Lines of postmaster.pid (PostgreSQL's miscinit.h): pid, cluster, start, port, socket folder, addresses,
    // shared memory, state.
    constexpr std::size_t kMost = 16'384;
    constexpr std::size_t kLines = 8;
    std::istringstream file{read_plain(folder.pid_file(), 0, kMost)};
    std::vector<std::string> lines;
    for (std::string line; lines.size() < kLines && std::getline(file, line);) lines.push_back(line);
    lines.resize(kLines);
    std::istringstream first{lines[0]};
    pid_t pid = 0;
    if (!(first >> pid) || pid <= 0) return std::nullopt;
    const auto process = process_on(pid, folder.cluster(), user);
    if (!process || process->role != Role::server) return std::nullopt;
    // A socket whose path would be too long has one from the cluster.
    const auto socket_folder = lines[4].empty() ? std::filesystem::path{} : folder.cluster() / lines[4];
    return Postmaster{.pid = pid,
                      .socket_folder = socket_folder.lexically_normal(),
                      .port = lines[3],
                      .is_stopping = lines[7].starts_with("stopping")};
}

}  // namespace moneytrail::postgres
