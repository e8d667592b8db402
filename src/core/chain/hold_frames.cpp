#include "created_address.hpp"
#include "frames.hpp"

#include <algorithm>

namespace moneytrail {
namespace {

bool is_of_block(const Whose& whose, const Header& header) {
    const bool has_hash = whose.block_hash.empty() || BlockHash::from_hex(whose.block_hash) == header.hash;
    return has_hash && (whose.block_num.empty() || json::whole_of(whose.block_num) == header.number);
}

// What the transaction and its receipt say to the frame that should be its own; empty: nothing against it.
std::string_view contradiction(const Frame& own, const Transaction& txn, const Receipt* receipt) {
    const auto made = created_address(txn);
    const auto to = txn.to ? txn.to : made ? made : receipt ? receipt->contract_address : std::nullopt;
    const bool is_other_kind = (own.kind == Frame::Kind::create) != !txn.to;
    const bool goes_elsewhere = to && own.to != *to && !(own.failed && !txn.to);
    if (is_other_kind || goes_elsewhere || own.from != txn.from || (txn.value && own.value != *txn.value))
        return flaws::kOtherSides;
    if (receipt && receipt->succeeded && *receipt->succeeded == own.failed) return flaws::kOtherOutcome;
    return {};
}

// Finds a block's transactions by their hash: nearly always it is the one behind the last.
class ByHash {
  public:
    explicit ByHash(const std::vector<Transaction>& txns) : txns_{txns} {}

    const Transaction* find(std::string_view text) {
        const auto hash = TxHash::from_hex(text);
        if (!hash) return nullptr;
        if (next_ < txns_.size() && txns_[next_].hash == *hash) return &txns_[next_++];
        if (sorted_.empty()) sort();
        const auto found =
            std::ranges::lower_bound(sorted_, *hash, {}, [](const auto* txn) { return txn->hash; });
        if (found == sorted_.end() || (*found)->hash != *hash) return nullptr;
        next_ = static_cast<std::size_t>(*found - txns_.data()) + 1;
        return *found;
    }

  private:
    void sort() {
        for (const auto& txn : txns_) sorted_.push_back(&txn);
        std::ranges::sort(sorted_, {}, [](const auto* txn) { return txn->hash; });
    }

    const std::vector<Transaction>& txns_;
    std::vector<const Transaction*> sorted_;
    std::size_t next_ = 0;
};

// The frames of each transaction of the block, null where none are given; counts those of no transaction.
std::vector<Traced*> by_transaction(ParsedFrames& parsed, Block& block) {
    const auto& txns = block.transactions;
    std::vector<Traced*> out(txns.size());
    ByHash by_hash{txns};
    for (auto& traced : parsed.transactions) {
        const auto position = traced.whose.position;
        const auto* txn = !position ? by_hash.find(traced.whose.txn_hash)
                          : *position > UINT32_MAX
                              ? nullptr
                              : find_transaction(block, static_cast<std::uint32_t>(*position));
        if (!txn) {
            block.stray_frames += std::max<std::uint64_t>(traced.given, 1);
            continue;
        }
        auto*& place = out[static_cast<std::size_t>(txn - txns.data())];
        if (place)
            place->flaw = flaws::kTwice;
        else
            place = &traced;
    }
    return out;
}

std::string_view flaw_of(const Traced* traced, const Transaction& txn, const Block& block) {
    if (!traced) return flaws::kNotGiven;
    const auto& hash = traced->whose.txn_hash;
    if (!is_of_block(traced->whose, block.header)) return flaws::kOtherBlock;
    if (!hash.empty() && TxHash::from_hex(hash) != txn.hash) return flaws::kOtherTransaction;
    if (!traced->flaw.empty()) return traced->flaw;
    return contradiction(traced->own, txn, find_receipt(block, txn.index));
}

}  // namespace

void add_frames(ParsedFrames parsed, Block& block) {
    block.stray_frames = parsed.stray;
    const auto traces = by_transaction(parsed, block);
    auto& frames = block.frames.emplace();
    frames.reserve(parsed.frames.size());
    for (std::size_t i = 0; i < traces.size(); ++i) {
        const auto& txn = block.transactions[i];
        if (const auto flaw = flaw_of(traces[i], txn, block); !flaw.empty()) {
            block.untraced.push_back({txn.index, flaw});
            continue;
        }
        for (auto k = traces[i]->first; k < traces[i]->end; ++k) {
            frames.push_back(parsed.frames[k]);
            frames.back().txn_index = txn.index;
        }
    }
}

}  // namespace moneytrail
