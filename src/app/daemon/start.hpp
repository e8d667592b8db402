#pragma once

// Where `run` begins.

#include "archive/archive_source.hpp"
#include "ports/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace moneytrail {

// Where to go on, and what to do at a gap of more than `max_gap` blocks.
enum class Resume {
    ask,         // behind the database's last block; stop at such a gap and say so
    catch_up,    // the same, across any gap
    latest,      // with the last block there is, then as `ask`
    from_block,  // with the block of this number: what is stored from there on is taken back; then as `ask`
};

struct Start {
    Resume resume = Resume::ask;
    std::uint64_t from = 0;  // the first block that is read again
};

// `latest` or a number; none: it is neither.
std::optional<Start> parse_start(std::string_view text);
std::string what_start_is();

struct Begin {
    BlockNumber from = 0;        // blocks below it are passed over
    bool is_behind_tip = false;  // the archive has the stored tip, and goes on behind it
};

// Brings the archive to where `start` says.
Begin begin_of(const Start& start, ArchiveSource& archive, const StoredChain& stored, std::uint64_t chain_id);

void tell(const GoneBack& gone, BlockNumber first);

}  // namespace moneytrail
