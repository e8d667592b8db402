#include "services/follow_recorded.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace moneytrail {

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
    std::exception_ptr unreadable;
    for (;;) {
        std::optional<SourcedBlock> sourced;
        try {
            sourced = source_.next();
        } catch (...) {
            unreadable = std::current_exception();
        }
        if (!sourced) break;
        co_await take(std::move(*sourced));
        if (settings_.pace > Duration::zero()) co_await sleep_for(settings_.pace);
    }
    // What was read before a line that is no block is kept.
    co_await flush();
    if (unreadable) std::rethrow_exception(unreadable);
    co_await store_.withdraw_all();
    hooks_.committed();
}

Task<> FollowRecorded::take(SourcedBlock sourced) {
    auto examined = examine(sourced.block, settings_.judge);
    const auto& header = sourced.block.header;
    if (is_resuming_ && !examined.verification.wrong()) check_resumption(header.number);
    const auto admission = admit({header.number, header.hash, header.parent}, examined.verification, window_);
    hooks_.seen(sourced.place, sourced.block, admission);
    if (!admission.is_taken()) co_return;
    is_resuming_ = false;
    if (admission.step == Step::forks) co_await fork(admission);
    waiting_.push_back({std::move(sourced.block), std::move(examined), admission.step == Step::crosses_gap});
    if (settings_.pace > Duration::zero() || waiting_.size() >= settings_.batch) co_await flush();
}

void FollowRecorded::check_resumption(BlockNumber next) const {
    const auto tip = stored_tip_->number;
    if (settings_.max_gap && next > tip && next - tip > *settings_.max_gap) throw TooFarBehind{tip, next};
}

// What waits is stored first: the fork may reach into it. The fork itself is stored with the blocks behind
// it, so that a crash never leaves the chain without either branch.
Task<> FollowRecorded::fork(const Admission& admission) {
    co_await flush();
    fork_ = Fork{admission.ancestor, admission.old_tip};
    prices_.rollback_above(admission.ancestor);
}

HistoryQuestion FollowRecorded::question() const {
    HistoryQuestion out;
    out.as_of = fork_ ? fork_->ancestor : stored_tip_ ? stored_tip_->number : 0;
    out.time = waiting_.front().block.header.time;
    const auto& with = settings_.judge;
    const auto& following = with.following;
    const signals::Facts facts{with.tokens, following, std::nullopt, with.names, with.learning};
    for (const auto& each : waiting_) {
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

Task<> FollowRecorded::flush() {
    if (waiting_.empty()) co_return;
    auto history = co_await store_.load_history(question());
    history.begin(waiting_.front().block.header.time);
    BlockBatch batch{.after = stored_tip_,
                     .fork = std::exchange(fork_, std::nullopt),
                     .watch_version = settings_.watch_version,
                     .blocks = {}};
    for (const auto& each : waiting_) batch.blocks.push_back(judged(each, history));
    waiting_.clear();
    stored_tip_ = batch.blocks.back().link;
    const auto committed = co_await store_.commit(std::move(batch));
    if (committed == Committed::judge_again) throw WatchListChanged{"the watch list has changed"};
    hooks_.committed();
}

}  // namespace moneytrail
