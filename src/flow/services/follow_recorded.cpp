#include "services/follow_recorded.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace moneytrail {
namespace {

// A batch is in memory until it is stored, and the next one beside it. A transaction with its receipt is
// about 1 kB, a log 0.3 kB with its data, a frame 0.1 kB: 40 000 of them are at most 40 MB. 64 blocks of
// today are fewer.
constexpr std::size_t kMostWeight = 40'000;

std::size_t weight_of(const Block& block) {
    auto out = block.transactions.size();
    for (const auto& receipt : block.receipts) out += receipt.logs.size();
    return out;
}

}  // namespace

FollowRecorded::FollowRecorded(BlockSource& source, Store& store, StoredChain stored, FollowSettings settings,
                               FollowHooks hooks)
    : source_{source},
      store_{store},
      settings_{settings},
      hooks_{std::move(hooks)},
      list_up_to_{end_of(settings_.watch_version)},
      prices_{settings_.judge.feeds, settings_.judge.tokens} {
    for (const auto& update : stored.prices) prices_.learn(update);
    for (const auto& link : stored.window) {
        if (window_.tip())
            window_.push(link);
        else
            window_.restart_at(link);
    }
    stored_tip_ = window_.tip();
    has_tip_ = settings_.is_behind_tip;
}

Task<> FollowRecorded::run() {
    co_await read_ahead();
    while (!ahead_.blocks.empty()) {
        in_hand_ = std::exchange(ahead_, std::exchange(begun_, {}));
        if (!is_list_whole_) take_up(co_await store_.watch_changes(about_list()));
        auto judged = co_await judge_in_hand();
        std::vector<Task<>> side_by_side;
        side_by_side.push_back(store(std::move(judged)));
        side_by_side.push_back(read_ahead());
        co_await run_all(std::move(side_by_side));
    }
    // What was read before that is kept.
    if (stopped_by_) std::rethrow_exception(stopped_by_);
    co_await store_.withdraw_all();
    hooks_.committed();
    co_await check_end();
}

// Until a batch is whole or nothing is left.
Task<> FollowRecorded::read_ahead() {
    while (!is_whole(ahead_) && begun_.blocks.empty() && !is_at_end_) {
        const bool is_paced = settings_.pace > Duration::zero() && !is_first_;
        // Who waits for the loop has a turn after every block.
        co_await sleep_for(is_paced ? settings_.pace : Duration::zero());
        is_first_ = false;
        if (auto sourced = next_sourced()) take(std::move(*sourced));
    }
}

std::optional<SourcedBlock> FollowRecorded::next_sourced() {
    std::optional<SourcedBlock> out;
    try {
        out = source_.next();
    } catch (...) {
        stopped_by_ = std::current_exception();
    }
    is_at_end_ = !out;
    return out;
}

// A fork ends the batch before it, as it may reach into that; it is stored with the blocks behind it, so that
// a crash never leaves the chain without either branch.
void FollowRecorded::take(SourcedBlock sourced) {
    const auto& header = sourced.block.header;
    if (!has_taken_ && header.number < settings_.from) {
        passed_over_ = std::max(passed_over_, header.number);
        return;
    }
    is_from_reached_ = true;
    auto examined = examine(sourced.block, settings_.judge);
    check_chain(sourced, examined.verification);
    if (!examined.verification.wrong() && is_too_far(header.number)) return stop_before(sourced);
    const auto admission = admit({header.number, header.hash, header.parent}, examined.verification, window_);
    hooks_.seen(sourced.place, sourced.block, admission);
    note(header, admission);
    if (!admission.is_taken()) return;
    has_taken_ = true;
    const bool forks = admission.step == Step::forks;
    const bool crosses_gap = admission.step == Step::crosses_gap;
    auto& batch = (forks || crosses_gap) && !ahead_.blocks.empty() ? begun_ : ahead_;
    if (forks) batch.fork = Fork{admission.ancestor, admission.old_tip};
    batch.weight += weight_of(sourced.block);
    batch.blocks.push_back(
        {std::move(sourced.block), std::move(sourced.position), std::move(examined), crosses_gap});
}

bool FollowRecorded::is_whole(const Batch& batch) const {
    // Prices go back no further than a fork reaches.
    const auto most = settings_.pace > Duration::zero() ? 1 : std::min(settings_.batch, ChainWindow::kDepth);
    return batch.blocks.size() >= most || batch.weight >= kMostWeight;
}

// One lying block would be passed over; an honest block of another chain comes with more of them, and those
// without transactions could not be told from ours.
void FollowRecorded::check_chain(const SourcedBlock& sourced, const Verification& verification) const {
    const auto ours = settings_.judge.chain_id;
    if (const auto other = proven_other_chain(sourced.block, verification, ours))
        throw OtherChain{sourced.place + ": block " + std::to_string(sourced.block.header.number) +
                         " is of chain " + std::to_string(*other) + ", the configuration says chain_id " +
                         std::to_string(ours)};
}

HistoryQuery FollowRecorded::question(const Batch& batch) const {
    HistoryQueryBuilder query{settings_.judge};
    for (const auto& each : batch.blocks) query.add(each.examined);
    const auto as_of = batch.fork ? batch.fork->ancestor : stored_tip_ ? stored_tip_->number : 0;
    return std::move(query).finish(as_of, batch.blocks.front().block.header.time);
}

BlockRecord FollowRecorded::judged(const Examined& each, History& history) {
    const auto& header = each.block.header;
    if (each.is_behind_gap) prices_.forget_pools();
    auto judgement = judge(each.block, each.examined, settings_.judge, history, prices_);
    BlockRecord out;
    out.link = {header.number, header.hash, header.parent};
    out.position = each.position;
    out.time = header.time;
    out.verified = each.examined.verification.usable();
    out.activities = std::move(judgement.activities);
    for (const auto& activity : out.activities) {
        auto& names = out.names.emplace_back();
        names.entity = settings_.judge.following.entities[*activity.entity].id;
        for (const auto index : activity.touched())
            names.organisations.push_back(settings_.judge.names.labels.organisation(index).id);
    }
    out.repeat_keys = std::move(judgement.repeat_keys);
    out.prices = std::move(judgement.prices);
    out.is_behind_gap = each.is_behind_gap;
    for (auto& alert : judgement.alerts) {
        auto content = hooks_.to_content(alert);
        auto targets = hooks_.targets(alert);
        out.alerts.push_back({std::move(alert), std::move(content), std::move(targets)});
    }
    return out;
}

// At first nothing is read meanwhile: a block that waits to be judged goes before the next one.
Task<BlockBatch> FollowRecorded::judge_in_hand() {
    const auto& first = in_hand_.blocks.front().block.header;
    // Behind a fork, and when the batch was judged before. What is learned does not depend on who is watched.
    prices_.rollback_above(std::max<BlockNumber>(first.number, 1) - 1);
    auto history = co_await store_.load_history(question(in_hand_));
    history.begin(first.time);
    BlockBatch out{
        .after = stored_tip_, .fork = in_hand_.fork, .watch_version = settings_.watch_version, .blocks = {}};
    for (const auto& each : in_hand_.blocks) out.blocks.push_back(judged(each, history));
    co_return out;
}

// Every batch is stored at the second attempt at the latest, however often the list changes: after the first
// the list is held until the batch is committed. Who changes it waits that long, and the store takes the hold
// in turn with them. Mostly a change is about nobody in the batch, and then it is not judged again.
Task<> FollowRecorded::store(BlockBatch batch) {
    const auto stored_blocks = batch.blocks.size();
    auto committed = co_await store_.commit(batch);
    while (committed == Committed::judge_again) {
        const auto changes = co_await store_.hold_watch_list(about_list());
        if (take_up(changes)) {
            auto judged = co_await judge_in_hand();
            batch = std::move(judged);
        }
        batch.watch_version = settings_.watch_version;
        committed = co_await store_.commit(batch);
    }
    stored_tip_ = batch.blocks.back().link;
    in_hand_ = {};
    hooks_.committed();
    co_await take_up_rest();
    co_await roll_up_behind(stored_blocks);
}

WatchQuestion FollowRecorded::about_list() const {
    std::unordered_set<Address> mentioned;
    for (const auto& each : in_hand_.blocks) collect_mentioned(each.block, each.examined.decoded, mentioned);
    return {.behind = list_up_to_, .about = {mentioned.begin(), mentioned.end()}};
}

// Of a long list, part by part while no batch waits; until then each batch asks for its own addresses.
Task<> FollowRecorded::take_up_rest() {
    while (!is_list_whole_) {
        take_up(co_await store_.watch_changes({.behind = list_up_to_, .about = {}}));
        if (is_whole(ahead_) || !begun_.blocks.empty() || is_at_end_) break;
    }
}

// True: what is in hand is to be judged again. None of its blocks is behind the tip at which the list
// changed, so all of it is; a new address is judged from its own first block on all the same.
bool FollowRecorded::take_up(const WatchChanges& changes) {
    hooks_.watch_list_changed(changes.changes);
    settings_.watch_version = changes.version;
    list_up_to_ = changes.up_to;
    is_list_whole_ = changes.is_all;
    std::unordered_set<Address> changed;
    for (const auto& each : changes.changes) changed.insert(each.watched.address);
    bool is_in_hand = false;
    for (auto* batch : {&in_hand_, &ahead_, &begun_})
        for (auto& [block, position, examined, is_behind_gap] : batch->blocks) {
            if (!mentions(block, examined.decoded, changed)) continue;
            examine_again(block, settings_.judge, examined);
            if (examined.verification.wrong())
                throw WatchListChanged{"block " + std::to_string(block.header.number) +
                                       " is wrong: " + examined.verification.why};
            is_in_hand = is_in_hand || batch == &in_hand_;
        }
    return is_in_hand;
}

// As fast as blocks come, so that what is counted anew for every batch does not grow.
Task<> FollowRecorded::roll_up_behind(std::size_t stored_blocks) {
    stored_since_roll_up_ += stored_blocks;
    if (settings_.roll_up_after == 0 || stored_since_roll_up_ < settings_.roll_up_after) co_return;
    stored_since_roll_up_ = 0;
    co_await store_.roll_up();
}

}  // namespace moneytrail
