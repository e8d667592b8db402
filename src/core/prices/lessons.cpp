#include "lessons.hpp"

#include "chain/contracts.hpp"
#include "chain/events.hpp"
#include "log_words.hpp"
#include "pool_math.hpp"

#include <algorithm>

namespace moneytrail {

using Kind = PriceSource::Kind;

std::vector<PriceUpdate> Lessons::learn() {
    follow_transfers();
    for (const auto& receipt : block_.receipts) {
        txn_index_ = receipt.index;
        for (const auto& log : receipt.logs)
            if (log.topic_count != 0) take(log);
    }
    std::vector<PriceUpdate> out;
    const auto now = block_.header.time;
    for (auto& [id, pairs] : touched_)
        for (auto& update : pairs) {
            const bool told = update.priced == now;
            if (update.source.kind == Kind::liquidity) prove_holdings(update);
            if (told && update.source.kind != Kind::feed)
                compare_with_past(update, block_.header.number, now);
            const auto* before = sources_.find(update.source);
            if (!told && before && *before == update) continue;
            update.block_num = block_.header.number;
            update.time = now;
            out.push_back(update);
        }
    std::ranges::sort(out, {}, &PriceUpdate::source);
    return out;
}

// What pools are proven to hold follows the tokens that come and go, in whatever way. Pools that the block is
// the first to show begin with nothing.
void Lessons::follow_transfers() {
    for (const auto& transfer : transfers_) {
        if (transfer.kind != Transfer::Kind::erc20) continue;
        const auto move = [&](const Address& end, Flow flow) {
            const auto id = source_id(end);
            if (sources_.of(id).empty()) return;
            if (auto* pairs = touch(id))
                for (auto& pool : *pairs) move_held(pool, transfer.token, to_raw(transfer.amount), flow);
        };
        move(transfer.from, Flow::out);
        move(transfer.to, Flow::in);
    }
}

void Lessons::move_held(PriceUpdate& pool, const Address& token, const Raw& amount, Flow flow) {
    // A pair says what it has, and a feed has nothing.
    if (pool.source.kind != Kind::liquidity && pool.source.kind != Kind::executed) return;
    static const Raw kMost = (Raw{1} << kAmountBits) - 1;
    const auto move = [&](Raw& held) {
        if (flow == Flow::in)
            held = amount > kMost - held ? kMost : Raw{held + amount};
        else
            held = amount > held ? Raw{0} : Raw{held - amount};
    };
    if (token == pool.source.token0) move(pool.held0);
    if (token == pool.source.token1) move(pool.held1);
}

void Lessons::take(const Log& log) {
    const auto& topic = log.topics[0];
    switch (first_bytes(topic)) {
        case first_bytes(events::kAnswerUpdated):
            if (topic == events::kAnswerUpdated && log.topic_count == 3) take_answer(log, log.topics[1]);
            return;
        case first_bytes(events::kNewTransmission):
            if (topic == events::kNewTransmission && has_words(log, 1)) take_answer(log, data_word(log, 0));
            return;
        case first_bytes(events::kNewTransmission2):
            if (topic == events::kNewTransmission2 && has_words(log, 1)) take_answer(log, data_word(log, 0));
            return;
        case first_bytes(events::kTransfer):
            return;  // most of them
        default:
            take_of_pool(log);
    }
}

// A feed that answers nothing or less is believed to have no price, not to have its last one.
void Lessons::take_answer(const Log& log, const Word& answer) {
    constexpr unsigned kAnswerBits = 120;
    if (!feeds_.find(log.address)) return;
    const auto id = source_id(log.address);
    auto* feed = only(id, Kind::feed);
    if (!feed) feed = &add({Kind::feed, id, {}, {}});
    feed->first = to_number(answer, kAnswerBits).value_or(0);
    tell(*feed);
}

// The working state of what the contract is known for; null: nothing is.
Lessons::Pairs* Lessons::touch(const Word& id) {
    if (const auto found = touched_.find(id); found != touched_.end()) return &found->second;
    const auto known = sources_.of(id);
    if (known.empty()) return nullptr;
    Pairs pairs;
    for (const auto& update : known)
        if (block_.header.time - update.time <= SourceTable::kForgotten) pairs.push_back(update);
    if (pairs.empty()) return nullptr;
    return &touched_.emplace(id, std::move(pairs)).first->second;
}

PriceUpdate* Lessons::only(const Word& id, Kind kind) {
    auto* pairs = touch(id);
    return pairs && pairs->front().source.kind == kind ? &pairs->front() : nullptr;
}

PriceUpdate& Lessons::add(const PriceSource& source) {
    auto& update = touched_[source.id].emplace_back();
    update.source = source;
    return update;
}

void Lessons::tell(PriceUpdate& update) {
    update.priced = block_.header.time;
}

std::span<const Transfer> Lessons::of_transaction() const {
    const auto range = std::ranges::equal_range(
        transfers_, txn_index_, {}, [](const Transfer& transfer) { return transfer.position.txn_index; });
    return {range.begin(), range.end()};
}

// The tokens that came to the pool or left it in this transaction, in ascending order.
std::vector<Address> Lessons::tokens_at(const Address& pool) const {
    // A genuine pool needs two; each more costs another round of hashes.
    constexpr std::size_t kMost = 4;
    std::vector<Address> out;
    for (const auto& transfer : of_transaction()) {
        const bool counts = transfer.kind == Transfer::Kind::erc20 &&
                            (transfer.from == pool || transfer.to == pool) &&
                            std::ranges::find(out, transfer.token) == out.end();
        if (counts) out.push_back(transfer.token);
        if (out.size() == kMost) break;
    }
    std::ranges::sort(out);
    return out;
}

}  // namespace moneytrail
