#pragma once

// Recorded blocks through the pipeline, one after the other, with the chain's forks followed in memory.

#include "pipeline/chain_update.hpp"

#include <map>
#include <string>
#include <unordered_map>

namespace moneytrail {

struct Taken {
    Fate fate = Fate::judged;
    std::string notice;         // what a person should know: what is wrong, a gap, a fork; mostly empty
    std::vector<Alert> alerts;  // raised, revised or retracted by this block: each in its present state
};

// Blocks that came behind one that is ahead of them, in the gap before that: if it is not the chain's, the
// chain's own blocks were left out.
struct LeftBehind {
    std::uint64_t blocks = 0;
    BlockNumber first = 0;
    BlockNumber last = 0;
    BlockNumber ahead = 0;  // the block at the gap's end
};

struct ReplayTotals {
    std::map<Fate, std::uint64_t> blocks;
    std::uint64_t gaps = 0;
    std::uint64_t reorgs = 0;
    std::uint64_t without_traces = 0;
    std::uint64_t transfers = 0;
    std::uint64_t activities = 0;
    std::uint64_t unpriced = 0;
    std::uint64_t raised = 0;
    std::uint64_t revised = 0;
    std::uint64_t retracted = 0;
    std::map<std::string_view, std::uint64_t> reasons;  // of raised alerts, by rule
    std::map<std::string_view, std::uint64_t> unknown;  // verdicts, by rule
    DecodeCounts counts;
    LeftBehind left_behind;
    // ETH's price: the last block before there was one, and at how many blocks' start it was gone again.
    std::optional<BlockNumber> unpriced_until;
    std::uint64_t unpriced_again = 0;
    BlockNumber last_unpriced = 0;
};

class ReplayBlocks {
  public:
    // `reorg_grace`: so many blocks after a fork, what is still off the chain is retracted.
    ReplayBlocks(JudgeSettings settings, BlockNumber reorg_grace);

    Taken take(const Block& block);
    // At the archive's end: what is off the chain now stays off it.
    std::vector<Alert> finish();

    const ReplayTotals& totals() const { return totals_; }

  private:
    struct Shown {
        Alert alert;
        bool on_chain = true;
        BlockNumber kept_by = 0;  // the block whose age decides when it is forgotten
    };

    void roll_back(const Admission& fork);
    void note_left_behind(BlockNumber number);
    void judge_into(const Block& block, const ExaminedBlock& examined, Taken& taken);
    void count_price(BlockNumber number, bool is_priced);
    void settle(BlockNumber tip);
    void show(Alert alert, std::vector<Alert>& out);
    void retract_due(BlockNumber tip, std::vector<Alert>& out);

    JudgeSettings settings_;
    BlockNumber reorg_grace_;
    ChainWindow window_{ChainWindow::kDepth};
    History history_;
    PriceBook prices_;
    bool is_begun_ = false;
    // The newest gap: the blocks at its two ends.
    BlockNumber gap_before_ = 0;
    BlockNumber gap_behind_ = 0;
    bool was_priced_ = false;  // ETH, at the start of any block so far
    // Alerts of blocks that a reorg can still reach, and those that wait to be retracted.
    std::unordered_map<AlertId, Shown> shown_;
    std::map<BlockNumber, std::vector<AlertId>> by_block_;
    std::map<BlockNumber, std::vector<AlertId>> due_;  // by the block that retracts them
    ReplayTotals totals_;
};

}  // namespace moneytrail
