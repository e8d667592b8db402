#include "pipeline/replay.hpp"

#include <algorithm>
#include <utility>

namespace moneytrail {

ReplayBlocks::ReplayBlocks(JudgeSettings settings, BlockNumber reorg_grace)
    : settings_{settings},
      reorg_grace_{reorg_grace},
      history_{signals::pair_gates(settings.rules)},
      prices_{settings.feeds, settings.tokens} {}

Taken ReplayBlocks::take(const Block& block) {
    const auto examined = examine(block, settings_);
    const auto before = window_.tip();
    auto admission =
        admit({block.header.number, block.header.hash, block.header.parent}, examined.verification, window_);
    Taken taken{admission.fate, std::move(admission.notice), {}};
    if (admission.step == Step::forks) roll_back(admission);
    if (admission.step == Step::crosses_gap) {
        ++totals_.gaps;
        prices_.forget_pools();
        gap_before_ = before->number;
        gap_behind_ = block.header.number;
    }
    if (taken.fate == Fate::orphan) note_left_behind(block.header.number);
    if (admission.is_taken()) judge_into(block, examined, taken);
    ++totals_.blocks[taken.fate];
    return taken;
}

void ReplayBlocks::note_left_behind(BlockNumber number) {
    if (number <= gap_before_ || number >= gap_behind_) return;
    auto& left = totals_.left_behind;
    left.first = left.blocks == 0 ? number : std::min(left.first, number);
    left.last = std::max(left.last, number);
    left.ahead = gap_behind_;
    ++left.blocks;
}

void ReplayBlocks::roll_back(const Admission& fork) {
    ++totals_.reorgs;
    history_.rollback_above(fork.ancestor);
    prices_.rollback_above(fork.ancestor);
    // In block order, so that what is retracted later comes in the order it was raised.
    for (auto entry = by_block_.upper_bound(fork.ancestor); entry != by_block_.end();
         entry = by_block_.erase(entry))
        for (const auto& id : entry->second) {
            auto& shown = shown_.at(id);
            if (!shown.on_chain || shown.kept_by != entry->first) continue;
            shown.on_chain = false;
            due_[fork.old_tip + reorg_grace_].push_back(id);
        }
}

void ReplayBlocks::judge_into(const Block& block, const ExaminedBlock& examined, Taken& taken) {
    if (!is_begun_) history_.begin(block.header.time);
    is_begun_ = true;
    const auto number = block.header.number;
    count_price(number, prices_.price(std::nullopt, block.header.time).has_value());
    auto judged = judge(block, examined, settings_, history_, prices_);

    totals_.counts += examined.decoded.counts;
    totals_.transfers += examined.decoded.transfers.size();
    totals_.activities += judged.activities.size();
    totals_.unpriced += judged.unpriced;
    totals_.without_traces += block.frames ? 0 : 1;
    for (const auto& [rule, count] : judged.unknown) totals_.unknown[rule] += count;
    for (auto& alert : judged.alerts) show(std::move(alert), taken.alerts);
    retract_due(number, taken.alerts);
    settle(number);
}

// That it came late is one thing, that it went again another.
void ReplayBlocks::count_price(BlockNumber number, bool is_priced) {
    was_priced_ = was_priced_ || is_priced;
    if (is_priced) return;
    if (!was_priced_) {
        totals_.unpriced_until = number;
        return;
    }
    ++totals_.unpriced_again;
    totals_.last_unpriced = number;
}

void ReplayBlocks::show(Alert alert, std::vector<Alert>& out) {
    const auto number = alert.block_num;
    const auto [entry, is_new] = shown_.try_emplace(alert.id);
    auto& shown = entry->second;
    by_block_[number].push_back(alert.id);
    const bool same = !is_new && shown.alert == alert;
    if (is_new) ++totals_.raised;
    if (is_new)
        for (const auto rule : alert.rules()) ++totals_.reasons[rule];
    if (!is_new && !same) ++totals_.revised;
    shown = {std::move(alert), true, number};
    if (!same) out.push_back(shown.alert);
}

void ReplayBlocks::retract_due(BlockNumber tip, std::vector<Alert>& out) {
    for (auto entry = due_.begin(); entry != due_.end() && entry->first <= tip; entry = due_.erase(entry))
        for (const auto& id : entry->second) {
            auto& shown = shown_.at(id);
            if (shown.on_chain || shown.alert.status == AlertStatus::retracted) continue;
            shown.alert.status = AlertStatus::retracted;
            shown.kept_by = tip;
            by_block_[tip].push_back(id);
            ++totals_.retracted;
            out.push_back(shown.alert);
        }
}

// Forgets what no reorg can reach any more.
void ReplayBlocks::settle(BlockNumber tip) {
    if (tip < ChainWindow::kDepth) return;
    const auto settled = tip - ChainWindow::kDepth;
    history_.settle_below(settled);
    const auto end = by_block_.lower_bound(settled);
    for (auto entry = by_block_.begin(); entry != end; entry = by_block_.erase(entry))
        for (const auto& id : entry->second) {
            const auto shown = shown_.find(id);
            const bool waits = shown != shown_.end() && !shown->second.on_chain &&
                               shown->second.alert.status == AlertStatus::raised;
            if (shown != shown_.end() && !waits && shown->second.kept_by == entry->first) shown_.erase(shown);
        }
}

std::vector<Alert> ReplayBlocks::finish() {
    std::vector<Alert> out;
    if (!due_.empty()) retract_due(due_.rbegin()->first, out);
    return out;
}

}  // namespace moneytrail
