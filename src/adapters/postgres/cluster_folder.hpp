#pragma once

// Where a cluster and what belongs to it are on disk.

#include "postgres/embedded_cluster.hpp"
#include "server_user.hpp"

#include <filesystem>

namespace moneytrail::postgres {

// All below data_dir/postgres, a folder of the server's user and closed to others.
struct ClusterFolder {
    std::filesystem::path root;
    std::filesystem::path cluster() const { return root / "cluster"; }  // PGDATA
    std::filesystem::path unfinished() const { return root / "cluster.unfinished"; }
    std::filesystem::path log() const { return root / "server.log"; }
    std::filesystem::path turn() const { return root / "turn.lock"; }      // held while starting or stopping
    std::filesystem::path shares() const { return root / "shares.lock"; }  // shared by all who use the server
};

// Makes the folder where it is missing. Throws ClusterMisconfigured where the server's user cannot get there.
ClusterFolder open_cluster_folder(const ClusterOptions& options, const ServerUser& user);

// A folder for the socket whose path is short enough for one: in the cluster's own, or under /tmp.
std::filesystem::path open_socket_folder(const ClusterFolder& folder, const ServerUser& user);

// The folder of the programs that fit the cluster: its own major version, the newest for a new cluster.
std::filesystem::path programs_for(const ClusterFolder& folder, const std::filesystem::path& programs);

}  // namespace moneytrail::postgres
