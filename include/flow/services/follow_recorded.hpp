#pragma once

// Follows recorded blocks with a store: judged in batches, each batch one transaction with its alerts. While
// one is stored, the next is read.

#include "ports/block_source.hpp"
#include "ports/store.hpp"
#include "services/admission.hpp"

#include <exception>
#include <functional>

namespace moneytrail {

struct FollowSettings {
    JudgeSettings judge;
    Duration pace{0};       // between blocks; zero: as fast as it goes
    std::size_t batch = 1;  // blocks a transaction when there is no pace
    std::uint64_t watch_version = 0;
    std::size_t roll_up_after = 0;  // blocks between two steps of the roll-up; 0: none on the way
    // Going on so many blocks or more behind the stored tip than this is refused; none: across any gap.
    std::optional<std::uint64_t> max_gap;
};

// What the service tells the outside, in the order in which it happens.
struct FollowHooks {
    std::function<std::string(const Alert&)> to_content;       // the documented JSON
    std::function<std::vector<Target>(const Alert&)> targets;  // who is to be told
    std::function<void(const std::string& place, const Block&, const Admission&)> seen;
    std::function<void()> committed;  // deliveries may wait
    // What the judge's `following` refers to is to have them in it from now on.
    std::function<void(const std::vector<WatchChange>&)> watch_list_changed;
};

class FollowRecorded {
  public:
    FollowRecorded(BlockSource& source, Store& store, StoredChain stored, FollowSettings settings,
                   FollowHooks hooks);

    // Ends at the source's end. Throws what store and source throw, WatchListChanged when the changed list
    // proves a block wrong that was taken, TooFarBehind before anything is stored behind too wide a gap, and
    // OtherChain at a block that is proven to be another chain's.
    Task<> run();

  private:
    struct Examined {
        Block block;
        ExaminedBlock examined;
        bool is_behind_gap = false;
    };
    // Blocks that are stored together: behind the stored tip, or behind the fork's ancestor. A gap lies only
    // before the first of them, so that prices can go back to where they were before it.
    struct Batch {
        std::optional<Fork> fork;
        std::vector<Examined> blocks;
        std::size_t weight = 0;
    };

    Task<> read_ahead();
    std::optional<SourcedBlock> next_sourced();
    void take(SourcedBlock sourced);
    void check_chain(const SourcedBlock& sourced, const Verification& verification) const;
    void check_resumption(BlockNumber next) const;
    bool is_whole(const Batch& batch) const;
    Task<BlockBatch> judge_in_hand();
    Task<> store(BlockBatch batch);
    bool take_up(const WatchChanges& changes);
    HistoryQuestion question(const Batch& batch) const;
    BlockRecord judged(const Examined& each, History& history);
    Task<> roll_up_behind(std::size_t stored_blocks);

    BlockSource& source_;
    Store& store_;
    FollowSettings settings_;
    FollowHooks hooks_;
    // Of what was read.
    ChainWindow window_{ChainWindow::kDepth};
    bool is_resuming_;        // nothing was taken yet, and there is something to go on behind
    bool is_first_ = true;    // the pace is kept between blocks
    bool is_at_end_ = false;  // of the source, or of what can be read of it
    std::exception_ptr unreadable_;
    Batch in_hand_;  // is judged and stored
    Batch ahead_;    // to be stored next
    Batch begun_;    // by a fork or behind a gap, behind the one above
    // Of what was stored.
    PriceBook prices_;
    std::optional<BlockLink> stored_tip_;
    std::size_t stored_since_roll_up_ = 0;
};

// To be answered by starting again from the store. The block is then refused when it is read, so this happens
// at most once for each block that lies.
struct WatchListChanged : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Somebody must say whether what lies between is to be passed over.
struct TooFarBehind : std::runtime_error {
    TooFarBehind(BlockNumber tip, BlockNumber next)
        : std::runtime_error{"the database ends with block " + std::to_string(tip) + ", the next block is " +
                             std::to_string(next)} {}
};

// What is configured and what is read are of two chains: nothing of this source can be believed to belong
// here.
struct OtherChain : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace moneytrail
