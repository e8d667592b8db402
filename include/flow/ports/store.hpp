#pragma once

// What is kept of the followed chain: every write is one transaction, and a crash between two loses nothing.

#include "async/task.hpp"
#include "chain/window.hpp"
#include "pipeline/history_query.hpp"
#include "ports/block_source.hpp"
#include "ports/watch_changes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace moneytrail {

// Where the last run stopped.
struct StoredChain {
    std::vector<BlockLink> window;  // the newest blocks, in chain order; empty at the first start
    std::uint64_t watch_version = 0;
    std::vector<WatchedAddress> watched;
    std::vector<PriceUpdate> prices;         // what a book learns to be where it was, in block order
    std::optional<SourcePosition> position;  // of the newest block, where it was read
};

// Blocks that are missing below one that is stored.
struct StoredGap {
    std::optional<BlockNumber> before;  // the stored block below them; none: they lie below the first
};

struct GoneBack {
    std::optional<BlockNumber> old_tip;  // none: nothing was stored from that block on
    std::uint64_t blocks = 0;
    std::uint64_t alerts = 0;  // retracted
    bool has_prices = true;    // false: what was known of prices is gone too
};

struct Target {
    std::string channel;
    std::string target;
};

struct StoredAlert {
    Alert alert;
    std::string content;          // the documented JSON
    std::vector<Target> targets;  // who is to be told
};

// What an activity's indexes stand for.
struct ActivityNames {
    std::string entity;
    std::vector<std::string> organisations;  // that it deals with
};

// One judged block with everything that hangs on it.
struct BlockRecord {
    BlockLink link;
    SourcePosition position;
    BlockTime time{};
    bool verified = false;
    std::vector<Activity> activities;
    std::vector<ActivityNames> names;  // of each activity
    std::vector<std::string> repeat_keys;
    std::vector<PriceUpdate> prices;  // what it taught
    bool is_behind_gap = false;       // nobody knows what pools did before it
    std::vector<StoredAlert> alerts;
};

// Blocks above `ancestor` are gone; `old_tip` was the last of them.
struct Fork {
    BlockNumber ancestor = 0;
    BlockNumber old_tip = 0;
};

struct BlockBatch {
    std::optional<BlockLink> after;  // the stored tip; none at the very first
    std::optional<Fork> fork;        // happens first: the blocks then extend its ancestor
    std::uint64_t watch_version = 0;
    std::vector<BlockRecord> blocks;  // in chain order, at least one
};

enum class Committed {
    now,
    before,       // the tip was already the batch's last block: an earlier try had succeeded
    judge_again,  // the watch list has changed since
};

class Store {
  public:
    virtual ~Store() = default;

    virtual Task<StoredChain> load() = 0;
    // By a fixed number of statements, however many blocks and activities are asked about.
    virtual Task<History> load_history(HistoryQuery question) = 0;
    virtual Task<Committed> commit(BlockBatch batch) = 0;
    // What changed on the watch list.
    virtual Task<WatchChanges> watch_changes(WatchQuestion question) = 0;
    // The same, and nobody changes the list from then on until the next commit or load: what is judged with
    // the changes can be stored.
    virtual Task<WatchChanges> hold_watch_list(WatchQuestion question) = 0;
    // Nothing more will come: what is off the chain is to be taken back without waiting for the grace.
    virtual Task<> withdraw_all() = 0;
    // Sums up what no fork can reach any more. Background work: in small steps, false when there is none
    // left.
    virtual Task<bool> roll_up() = 0;
    // Takes back what is stored from block `first` on, however deep. Alerts wait for their grace as behind a
    // fork.
    virtual Task<GoneBack> go_back(BlockNumber first) = 0;
    // In which this block would lie; none: it is stored, or above the last one.
    virtual Task<std::optional<StoredGap>> gap_at(BlockNumber number) = 0;
};

}  // namespace moneytrail
