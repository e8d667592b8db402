#pragma once

// Follows recorded blocks with a store: judged in batches, each batch one transaction with its alerts. While
// one is stored, the next is read.

#include "pipeline/chain_update.hpp"
#include "ports/block_source.hpp"
#include "ports/store.hpp"
#include "services/undecided.hpp"

#include <exception>
#include <functional>

namespace moneytrail {

struct FollowSettings {
    JudgeSettings judge;
    Duration pace{0};       // between blocks; zero: as fast as it goes
    std::size_t batch = 1;  // blocks a transaction when there is no pace
    std::uint64_t watch_version = 0;
    std::size_t roll_up_after = 0;  // blocks between two steps of the roll-up; 0: none on the way
    // Going on more blocks than this behind the last one is refused; none: across any gap.
    std::optional<std::uint64_t> max_gap;
    BlockNumber from = 0;        // blocks below are passed over until one is taken
    bool is_behind_tip = false;  // the source was found to have the stored tip, and goes on behind it
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
    // proves a block wrong that was taken, TooFarBehind before too wide a gap, when what comes before it is
    // stored, TipAhead at the end of a source that ends below the stored tip, NotReached at that of one
    // without a block to begin with, and OtherChain at a block that is proven to be another chain's.
    Task<> run();

  private:
    struct Examined {
        Block block;
        SourcePosition position;
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
    bool is_too_far(BlockNumber next) const;
    void stop_before(const SourcedBlock& sourced);
    void note(const Header& header, const Admission& admission);
    Task<> check_end();
    bool is_whole(const Batch& batch) const;
    Task<BlockBatch> judge_in_hand();
    Task<> store(BlockBatch batch);
    WatchQuestion about_list() const;
    bool take_up(const WatchChanges& changes);
    Task<> take_up_rest();
    HistoryQuery question(const Batch& batch) const;
    BlockRecord judged(const Examined& each, History& history);
    Task<> roll_up_behind(std::size_t stored_blocks);

    BlockSource& source_;
    Store& store_;
    FollowSettings settings_;
    FollowHooks hooks_;
    WatchCursor list_up_to_;
    bool is_list_whole_ = true;
    // Of what was read.
    ChainWindow window_{ChainWindow::kDepth};
    bool has_taken_ = false;  // a block
    bool has_tip_;            // the source has the tip
    bool is_from_reached_ = false;
    BlockNumber passed_over_ = 0;  // the highest
    std::optional<BlockNumber> lowest_seen_;
    std::optional<BlockNumber> highest_seen_;
    std::optional<BlockNumber> highest_below_;  // of orphans below the window
    bool is_first_ = true;                      // the pace is kept between blocks
    bool is_at_end_ = false;                    // of the source, or of what is read of it
    std::exception_ptr stopped_by_;
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

// What is configured and what is read are of two chains: nothing of this source can be believed to belong
// here.
struct OtherChain : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace moneytrail
