#pragma once

// A data_dir for embedded clusters, made once for a test program because making one takes a second.

#include "postgres/embedded/embedded_cluster.hpp"
#include "support/temporary_folder.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace moneytrail::test {

// rw-r--r--, and rwxr-xr-x
constexpr auto kOpenFile = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write |
                           std::filesystem::perms::group_read | std::filesystem::perms::others_read;
constexpr auto kOpenFolder = kOpenFile | std::filesystem::perms::owner_exec |
                             std::filesystem::perms::group_exec | std::filesystem::perms::others_exec;

class ClusterPlace {
  public:
    ClusterPlace() {
        // Root's clusters are user postgres's, who must get there.
        std::filesystem::permissions(outer_.path(), kOpenFolder);
    }

    std::filesystem::path folder() const { return outer_.path() / "data"; }
    std::filesystem::path cluster() const { return folder() / "postgres/cluster"; }
    postgres::ClusterOptions options() const { return {.data_dir = folder(), .settings = {"fsync=off"}}; }

    std::filesystem::path write_public(const char* name, std::string_view text) const {
        const auto path = outer_.write(name, text);
        std::filesystem::permissions(path, kOpenFile);
        return path;
    }

  private:
    TemporaryFolder outer_;
};

inline ClusterPlace& cluster_place() {
    static ClusterPlace place;
    return place;
}

// What is said of it.
inline std::string misconfigured(const postgres::ClusterOptions& options) {
    try {
        const postgres::EmbeddedCluster cluster{options};
    } catch (const postgres::ClusterMisconfigured& error) {
        return error.what();
    }
    return "started";
}

// data_dir/postgres as the first start makes it, without a cluster.
inline void make_folder(const ClusterPlace& place) {
    auto options = place.options();
    options.programs = "/nonexistent";
    misconfigured(options);
}

}  // namespace moneytrail::test
