#include "services/follow_recorded.hpp"

#include <algorithm>
#include <utility>

namespace moneytrail {
namespace {

// A batch is in memory while it is read and judged. A transaction with its receipt is about 1 kB, a log 0.3
// kB with its data, a frame 0.1 kB: 40 000 of them are at most 40 MB. 64 blocks of today are fewer.
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
      prices_{settings_.judge.feeds, settings_.judge.tokens} {
    for (const auto& update : stored.prices) prices_.learn(update);
    for (const auto& link : stored.window) {
        if (window_.tip())
            window_.push(link);
        else
            window_.restart_at(link);
    }
    stored_tip_ = window_.tip();
    is_resuming_ = stored_tip_.has_value();
}

Task<> FollowRecorded::run() {
    co_await read_ahead();
    while (!ahead_.blocks.empty()) {
        auto judged = co_await judge_batch(std::exchange(ahead_, std::exchange(begun_, {})));
        std::vector<Task<>> side_by_side;
        side_by_side.push_back(store(std::move(judged)));
        side_by_side.push_back(read_ahead());
        co_await run_all(std::move(side_by_side));
    }
    // What was read before a line that is no block is kept.
    if (unreadable_) std::rethrow_exception(unreadable_);
    co_await store_.withdraw_all();
    hooks_.committed();
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
        unreadable_ = std::current_exception();
    }
    is_at_end_ = !out;
    return out;
}

// A fork ends the batch before it, as it may reach into that; it is stored with the blocks behind it, so that
// a crash never leaves the chain without either branch.
void FollowRecorded::take(SourcedBlock sourced) {
    auto examined = examine(sourced.block, settings_.judge);
    const auto& header = sourced.block.header;
    check_chain(sourced, examined.verification);
    if (is_resuming_ && !examined.verification.wrong()) check_resumption(header.number);
    const auto admission = admit({header.number, header.hash, header.parent}, examined.verification, window_);
    hooks_.seen(sourced.place, sourced.block, admission);
    if (!admission.is_taken()) return;
    is_resuming_ = false;
    const bool forks = admission.step == Step::forks;
    auto& batch = forks && !ahead_.blocks.empty() ? begun_ : ahead_;
    if (forks) batch.fork = Fork{admission.ancestor, admission.old_tip};
    batch.weight += weight_of(sourced.block);
    batch.blocks.push_back(
        {std::move(sourced.block), std::move(examined), admission.step == Step::crosses_gap});
}

bool FollowRecorded::is_whole(const Batch& batch) const {
    const auto most = settings_.pace > Duration::zero() ? 1 : settings_.batch;
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

void FollowRecorded::check_resumption(BlockNumber next) const {
    const auto tip = stored_tip_->number;
    if (settings_.max_gap && next > tip && next - tip > *settings_.max_gap) throw TooFarBehind{tip, next};
}

HistoryQuestion FollowRecorded::question(const Batch& batch) const {
    HistoryQuestion out;
    out.as_of = batch.fork ? batch.fork->ancestor : stored_tip_ ? stored_tip_->number : 0;
    out.time = batch.blocks.front().block.header.time;
    const auto& with = settings_.judge;
    const auto& following = with.following;
    const signals::Facts facts{with.tokens, following, std::nullopt, with.names, with.learning};
    for (const auto& each : batch.blocks) {
        const auto activities =
            observe(each.block, each.examined.followed, {following, prices_, with.tokens, with.names});
        for (const auto& activity : activities) {
            const auto& entity = following.entities[*activity.entity].id;
            out.movements.push_back({activity.subject, entity, *activity.entity, one_token(activity.token)});
            if (!activity.is_dealing()) continue;
            out.pairs.push_back({activity.subject, *activity.counterparty});
            for (const auto index : activity.touched())
                out.organisations.push_back({activity.subject, entity, *activity.entity,
                                             with.names.labels.organisation(index).id, index});
        }
        std::ranges::move(signals::repeat_keys(activities, with.rules, facts),
                          std::back_inserter(out.repeat_keys));
    }
    const auto sort_once = [](auto& list) {
        std::ranges::sort(list);
        const auto repeated = std::ranges::unique(list);
        list.erase(repeated.begin(), repeated.end());
    };
    sort_once(out.movements);
    sort_once(out.organisations);
    sort_once(out.pairs);
    sort_once(out.repeat_keys);
    return out;
}

BlockRecord FollowRecorded::judged(const Examined& each, History& history) {
    const auto& header = each.block.header;
    if (each.is_behind_gap) prices_.forget_pools();
    auto judgement = judge(each.block, each.examined, settings_.judge, history, prices_);
    BlockRecord out;
    out.link = {header.number, header.hash, header.parent};
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

// Nothing is read meanwhile: a block that waits to be judged goes before the next one.
Task<BlockBatch> FollowRecorded::judge_batch(Batch batch) {
    if (batch.fork) prices_.rollback_above(batch.fork->ancestor);
    auto history = co_await store_.load_history(question(batch));
    history.begin(batch.blocks.front().block.header.time);
    BlockBatch out{
        .after = stored_tip_, .fork = batch.fork, .watch_version = settings_.watch_version, .blocks = {}};
    for (const auto& each : batch.blocks) out.blocks.push_back(judged(each, history));
    stored_tip_ = out.blocks.back().link;
    co_return out;
}

Task<> FollowRecorded::store(BlockBatch batch) {
    const auto stored_blocks = batch.blocks.size();
    const auto committed = co_await store_.commit(std::move(batch));
    if (committed == Committed::judge_again) throw WatchListChanged{"the watch list has changed"};
    hooks_.committed();
    co_await roll_up_behind(stored_blocks);
}

// As fast as blocks come, so that what is counted anew for every batch does not grow.
Task<> FollowRecorded::roll_up_behind(std::size_t stored_blocks) {
    stored_since_roll_up_ += stored_blocks;
    if (settings_.roll_up_after == 0 || stored_since_roll_up_ < settings_.roll_up_after) co_return;
    stored_since_roll_up_ = 0;
    co_await store_.roll_up();
}

}  // namespace moneytrail
