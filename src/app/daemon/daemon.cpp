#include "daemon.hpp"

#include "alerts/alert_json.hpp"
#include "wiring/following_from.hpp"
#include "wiring/routing.hpp"
#include "wiring/rules_from.hpp"

#include <boost/asio/this_coro.hpp>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <utility>

namespace moneytrail {
namespace {

// As many blocks a transaction while nobody waits for them: beyond, a commit's own cost no longer shows.
constexpr std::size_t kBulk = 64;

void log_block(const std::string& place, const Block& block, const Admission& admission) {
    const auto number = block.header.number;
    spdlog::debug("{}: block {} {}", place, number, to_string(admission.fate));
    if (!admission.notice.empty())
        spdlog::warn("{}: block {} {}: {}", place, number, to_string(admission.fate), admission.notice);
}

}  // namespace

Daemon::Daemon(Setting setting, postgres::Database& database, const postgres::Lease& lease,
               Connection& connection, std::ostream& out)
    : setting_{setting},
      database_{database},
      connection_{connection},
      store_{database, lease, setting.chain.chain_id, setting.chain.reorg_grace,
             signals::pair_gates(setting.rules)},
      outbox_{database, lease},
      console_{out, isatty(STDOUT_FILENO) == 1 ? Colour::by_severity : Colour::none} {}

Task<> Daemon::run() {
    WakeUp wake_up{co_await asio::this_coro::executor};
    DeliverAlerts deliver{outbox_, console_, console_target(), wake_up};
    std::vector<Task<>> services;
    services.push_back(follow_until_end(wake_up, deliver));
    services.push_back(deliver_with_patience(deliver));
    co_await race(run_all(std::move(services)), look_after(database_, connection_));
    if (undecided_) std::rethrow_exception(undecided_);
}

Task<> Daemon::follow_until_end(WakeUp& wake_up, DeliverAlerts& deliver) {
    const auto renew = [&] { return judge_stored_again(); };
    co_await patiently(renew, committed_, connection_);
    const auto go_back = [&] { return take_back(); };
    if (setting_.start.resume == Resume::from_block) co_await patiently(go_back, committed_, connection_);
    const auto sync = [&] { return sync_roots(); };
    co_await patiently(sync, committed_, connection_);
    const auto attempt = [&] { return follow(wake_up); };
    try {
        for (bool again = true; again;) again = co_await patiently(attempt, committed_, connection_);
    } catch (const Undecided&) {
        // What was stored before is told first.
        undecided_ = std::current_exception();
    }
    deliver.finish();
}

Task<> Daemon::judge_stored_again() {
    const auto count = co_await store_.judge_stored_again(setting_.feeds, setting_.tokens, setting_.names);
    if (count == 0) co_return;
    spdlog::warn(
        "{} activities that another version stored were judged anew by today's rules and lists; what a "
        "Safe's "
        "batch called, and who signed through a module or a newer entry point, is not known of them",
        count);
}

Task<> Daemon::take_back() {
    tell(co_await store_.go_back(setting_.start.from), setting_.start.from);
}

// True: everything is to be read again.
Task<bool> Daemon::follow(WakeUp& wake_up) {
    auto stored = co_await store_.load();
    auto followed = following_from(setting_.config, std::exchange(stored.watched, {}));
    const auto& following = followed.following();
    spdlog::info("following {} addresses of {} entities", following.tracked.size(),
                 following.entities.size());
    ArchiveSource source{{setting_.chain.archive->path}, trace_policy(setting_.chain.traces)};
    // What was asked for holds until something is stored.
    const auto begin =
        begin_of(committed_ == 0 ? setting_.start : Start{}, source, stored, setting_.chain.chain_id);
    const auto settings = follow_settings(following, stored, begin);
    FollowRecorded service{source, store_, std::move(stored), settings, follow_hooks(wake_up, followed)};
    try {
        co_await service.run();
    } catch (const WatchListChanged& changed) {
        spdlog::warn("{}", changed.what());
        co_return true;
    }
    while (co_await store_.roll_up()) {
    }
    co_return false;
}

FollowSettings Daemon::follow_settings(const Following& following, const StoredChain& stored,
                                       const Begin& begin) const {
    const auto& chain = setting_.chain;
    return {
        .judge = {.chain_id = chain.chain_id,
                  .rules = setting_.rules,
                  .following = following,
                  .tokens = setting_.tokens,
                  .feeds = setting_.feeds,
                  .names = setting_.names},
        .pace = chain.archive->pace,
        .batch = kBulk,
        .watch_version = stored.watch_version,
        .roll_up_after = kBulk,
        .max_gap = setting_.start.resume == Resume::catch_up ? std::nullopt : std::optional{chain.max_gap},
        .from = begin.from,
        .is_behind_tip = begin.is_behind_tip};
}

FollowHooks Daemon::follow_hooks(WakeUp& wake_up, FollowedList& followed) {
    return {.to_content = to_json,
            .targets = [this](const Alert& alert) { return targets_of(alert, setting_.config.channels); },
            .seen = log_block,
            .committed =
                [this, &wake_up] {
                    ++committed_;
                    wake_up.ring();
                },
            .watch_list_changed = [&followed](const auto& changes) { followed.apply(changes); }};
}

Task<> Daemon::deliver_with_patience(DeliverAlerts& deliver) {
    const auto attempt = [&] { return deliver.run(); };
    co_await patiently(attempt, deliver.sent(), connection_);
}

Task<> Daemon::sync_roots() {
    std::vector<WatchedAddress> roots;
    for (const auto& entity : setting_.config.entities)
        for (const auto& root : entity.roots) roots.push_back({root, entity.id, {}});
    const auto chain_id = setting_.chain.chain_id;
    const auto synced = co_await in_transaction(std::move(roots), chain_id);
    for (const auto& note : synced.notes) spdlog::warn("{}", note);
}

Task<postgres::RootsSynced> Daemon::in_transaction(std::vector<WatchedAddress> roots,
                                                   std::uint64_t chain_id) {
    return database_.transact([roots = std::move(roots), chain_id](postgres::Work& tx) {
        return postgres::sync_roots(tx, chain_id, roots);
    });
}

}  // namespace moneytrail
