#pragma once

// Where `run` begins.

#include "archive/archive_source.hpp"
#include "daemon/run.hpp"
#include "ports/store.hpp"

namespace moneytrail {

struct Begin {
    BlockNumber from = 0;        // blocks below it are passed over
    bool is_behind_tip = false;  // the archive has the stored tip, and goes on behind it
};

// Brings the archive to where `start` says.
Begin begin_of(const Start& start, ArchiveSource& archive, const StoredChain& stored, std::uint64_t chain_id);

void tell(const GoneBack& gone, BlockNumber first);

}  // namespace moneytrail
