#pragma once

// The same blocks through `replay` and through the daemon's service into PostgreSQL, timed by the clock on
// the wall: the server's own work counts.

#include "bench/replay.hpp"
#include "bench/workload.hpp"
#include "support/store_daemon.hpp"

#include <string>
#include <vector>

namespace moneytrail::bench {

class StoreRun {
  public:
    // Of `recordings`, in their order. Those of `watched` are followed; the schema is made on the test
    // server.
    StoreRun(const std::vector<Recording>& recordings, const std::vector<Address>& watched);

    // Seconds from the first block's text to the last one's alerts as JSON.
    double replay();
    // Seconds from an empty database, so many blocks a commit, to the last commit.
    double store(std::size_t batch);

    // What the database then holds: "118 blocks, 2113 activities, 240 alerts".
    std::string summary() const;

  private:
    void empty();

    const std::vector<Recording>& recordings_;
    Replay replay_;
    test::StoreSchema schema_;
};

}  // namespace moneytrail::bench
