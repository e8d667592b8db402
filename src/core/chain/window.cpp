#include "chain/window.hpp"

#include <cassert>

namespace moneytrail {

ChainWindow::ChainWindow(std::size_t depth) : depth_{depth} {
    assert(depth > 0);
}

HeaderVerdict ChainWindow::classify(const BlockLink& block) const {
    if (blocks_.empty()) return Extends{};
    const BlockLink& last = blocks_.back();
    if (block.number > last.number) {
        if (block.number - last.number > 1) return Gap{last.number + 1};
        if (block.parent && *block.parent != last.hash) return ForksBelow{last.number};
        return Extends{};
    }
    const BlockLink* ours = at(block.number);
    if (ours == nullptr) return BelowWindow{};
    if (ours->hash == block.hash) return AlreadyKnown{};
    // Nothing is held below the lowest block: only a common parent shows that the fork is no deeper.
    if (ours == &blocks_.front() && !ancestor_of(block)) return BelowWindow{};
    return ForksBelow{block.number};
}

std::optional<BlockNumber> ChainWindow::ancestor_of(const BlockLink& block) const {
    if (!block.parent || block.number == 0) return std::nullopt;
    const BlockLink* ours = at(block.number);
    const bool siblings = ours != nullptr && ours->parent == block.parent;
    if (siblings || contains(block.number - 1, *block.parent)) return block.number - 1;
    return std::nullopt;
}

bool ChainWindow::contains(BlockNumber number, const BlockHash& hash) const {
    const BlockLink* ours = at(number);
    return ours != nullptr && ours->hash == hash;
}

std::optional<BlockLink> ChainWindow::tip() const {
    if (blocks_.empty()) return std::nullopt;
    return blocks_.back();
}

std::optional<BlockLink> ChainWindow::find(BlockNumber number) const {
    if (blocks_.empty() || number < blocks_.front().number || number > blocks_.back().number)
        return std::nullopt;
    return blocks_[static_cast<std::size_t>(number - blocks_.front().number)];
}

std::optional<BlockNumber> ChainWindow::lowest() const {
    if (blocks_.empty()) return std::nullopt;
    return blocks_.front().number;
}

void ChainWindow::push(const BlockLink& block) {
    assert(std::holds_alternative<Extends>(classify(block)));
    blocks_.push_back(block);
    if (blocks_.size() > depth_) blocks_.pop_front();
}

void ChainWindow::truncate_above(BlockNumber number) {
    while (!blocks_.empty() && blocks_.back().number > number) blocks_.pop_back();
}

void ChainWindow::restart_at(const BlockLink& block) {
    blocks_.clear();
    push(block);
}

const BlockLink* ChainWindow::at(BlockNumber number) const {
    if (blocks_.empty() || number < blocks_.front().number || number > blocks_.back().number) return nullptr;
    return &blocks_[number - blocks_.front().number];
}

}  // namespace moneytrail
