#pragma once

// What a crash leaves in a cluster's folder, and how it is cleared away before the next start.

#include "cluster_folder.hpp"

#include <chrono>

namespace moneytrail::postgres {

enum class Cleared { yes, not_yet };

// Each is called again until it is done, by the holder of folder.turn(), and without a server that
// find_postmaster finds. `since`: how long it has been tried.

// A start beside a backend that outlived its server would be refused, and its pid file may name a zombie or
// whoever has that number now. Backends are ended, at first kindly; a server that has lost its pid file, and
// so is about to end by itself, is asked to stop; then pid file and socket are nobody's and removed.
Cleared clear_server(const ClusterFolder& folder, const ServerUser& user, std::chrono::milliseconds since);

// A half-made cluster, and an initdb that still makes it.
Cleared clear_unfinished(const ClusterFolder& folder, const ServerUser& user);

}  // namespace moneytrail::postgres
