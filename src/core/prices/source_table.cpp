#include "prices/source_table.hpp"

#include "chain/window.hpp"

#include <algorithm>

namespace moneytrail {

std::string_view to_string(PriceSource::Kind kind) {
    switch (kind) {
        case PriceSource::Kind::feed:
            return "feed";
        case PriceSource::Kind::reserves:
            return "reserves";
        case PriceSource::Kind::liquidity:
            return "liquidity";
        case PriceSource::Kind::executed:
            break;
    }
    return "executed";
}

Word source_id(const Address& address) {
    Word id;
    std::ranges::copy(address.bytes(), id.bytes().begin() + (Word::kSize - Address::kSize));
    return id;
}

std::span<const PriceUpdate> SourceTable::of(const Word& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? std::span<const PriceUpdate>{} : found->second;
}

const PriceUpdate* SourceTable::find(const PriceSource& source) const {
    const auto pairs = of(source.id);
    const auto found = std::ranges::find(pairs, source, &PriceUpdate::source);
    return found == pairs.end() ? nullptr : &*found;
}

std::span<const Word> SourceTable::pools_of(const Address& token) const {
    const auto found = by_token_.find(token);
    return found == by_token_.end() ? std::span<const Word>{} : found->second;
}

void SourceTable::put(const PriceUpdate& update) {
    const auto* known = find(update.source);
    Undo undo{update.block_num, update.source, known ? std::optional{*known} : std::nullopt};
    if (!set(update)) return;
    undo_.push_back(std::move(undo));
    while (undo_.front().block_num + ChainWindow::kDepth < update.block_num) undo_.pop_front();
    if (update.time - swept_ >= std::chrono::days{1}) sweep(update.time);
}

void SourceTable::rollback_above(BlockNumber block_num) {
    for (; !undo_.empty() && undo_.back().block_num > block_num; undo_.pop_back()) {
        const auto& undo = undo_.back();
        if (undo.before)
            set(*undo.before);
        else
            erase(undo.source);
    }
}

void SourceTable::forget_pools() {
    const auto is_pool = [](const PriceSource& source) { return source.kind != PriceSource::Kind::feed; };
    std::erase_if(undo_, [&](const Undo& undo) { return is_pool(undo.source); });
    std::erase_if(by_id_, [&](const auto& entry) { return is_pool(entry.second.front().source); });
    by_token_.clear();
}

std::vector<PriceUpdate> SourceTable::newest() const {
    std::vector<PriceUpdate> out;
    for (const auto& [_, pairs] : by_id_) out.insert(out.end(), pairs.begin(), pairs.end());
    std::ranges::sort(out, {}, &PriceUpdate::source);
    return out;
}

// False: there is no room for it.
bool SourceTable::set(const PriceUpdate& update) {
    const auto& source = update.source;
    const auto entry = by_id_.find(source.id);
    if (entry == by_id_.end()) {
        if (by_id_.size() >= kMostIds) return false;
        by_id_[source.id].push_back(update);
    } else {
        auto& pairs = entry->second;
        if (const auto known = std::ranges::find(pairs, source, &PriceUpdate::source); known != pairs.end()) {
            *known = update;
            return true;
        }
        if (pairs.size() >= kMostPairs) return false;
        pairs.push_back(update);
    }
    if (source.kind != PriceSource::Kind::feed)
        for (const auto& token : {source.token0, source.token1}) index(token, source.id);
    return true;
}

void SourceTable::erase(const PriceSource& source) {
    const auto entry = by_id_.find(source.id);
    if (entry == by_id_.end()) return;
    auto& pairs = entry->second;
    std::erase_if(pairs, [&](const PriceUpdate& update) { return update.source == source; });
    for (const auto& token : {source.token0, source.token1}) {
        const bool still = std::ranges::any_of(pairs, [&](const PriceUpdate& update) {
            return update.source.token0 == token || update.source.token1 == token;
        });
        if (!still) drop_index(token, source.id);
    }
    if (pairs.empty()) by_id_.erase(entry);
}

void SourceTable::index(const Address& token, const Word& id) {
    auto& ids = by_token_[token];
    // A pool with several pairs names its tokens again; it was indexed last or long ago.
    if (of(id).size() == 1 || std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
}

void SourceTable::drop_index(const Address& token, const Word& id) {
    const auto entry = by_token_.find(token);
    if (entry == by_token_.end()) return;
    std::erase(entry->second, id);
    if (entry->second.empty()) by_token_.erase(entry);
}

// Only what no fork can bring back to life: a day is far more than the window.
void SourceTable::sweep(BlockTime now) {
    swept_ = now;
    std::vector<PriceSource> idle;
    for (const auto& [_, pairs] : by_id_)
        for (const auto& update : pairs)
            if (update.source.kind != PriceSource::Kind::feed &&
                now - update.time > kForgotten + std::chrono::days{1})
                idle.push_back(update.source);
    for (const auto& source : idle) erase(source);
}

}  // namespace moneytrail
