#pragma once

// Where a cluster and what belongs to it are on disk.

#include "postgres/embedded/embedded_cluster.hpp"
#include "server_user.hpp"

#include <filesystem>
#include <string_view>

namespace moneytrail::postgres {

constexpr std::string_view kSocketName = ".s.PGSQL.5432";

// All below data_dir/postgres, a folder of the server's user and closed to others.
struct ClusterFolder {
    std::filesystem::path root;
    std::filesystem::path cluster() const { return root / "cluster"; }  // PGDATA
    std::filesystem::path unfinished() const { return root / "cluster.unfinished"; }
    std::filesystem::path pid_file() const { return cluster() / "postmaster.pid"; }
    std::filesystem::path socket_folder() const { return root / "socket"; }
    std::filesystem::path log() const { return root / "server.log"; }
    std::filesystem::path turn() const { return root / "turn.lock"; }      // held while starting or stopping
    std::filesystem::path shares() const { return root / "shares.lock"; }  // shared by all who use the server
};

// Makes the folders where they are missing. Throws ClusterMisconfigured where the server's user cannot get
// there, and as root where another user could put something else in its place.
ClusterFolder open_cluster_folder(const ClusterOptions& options, const ServerUser& user);

// Whether the path of a socket in `folder` can be told to PostgreSQL and to libpq, which both take lists.
// If not, the server gets there from its cluster and a client over an open descriptor.
bool is_plain_socket_folder(const std::filesystem::path& folder);

// The folder of the programs that fit the cluster: its own major version, the newest for a new cluster.
std::filesystem::path programs_for(const ClusterFolder& folder, const std::filesystem::path& programs);

}  // namespace moneytrail::postgres
