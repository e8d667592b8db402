#include "daemon/run.hpp"

#include "alerts/alert_json.hpp"
#include "base/printable.hpp"
#include "config/config.hpp"
#include "connection.hpp"
#include "lists/feed_list.hpp"
#include "lists/known_lists.hpp"
#include "output/console_channel.hpp"
#include "postgres/chain_store.hpp"
#include "postgres/delivery_outbox.hpp"
#include "postgres/watch_list.hpp"
#include "services/deliver_alerts.hpp"
#include "services/follow_recorded.hpp"
#include "start.hpp"
#include "text/usage_error.hpp"
#include "wiring/following_from.hpp"
#include "wiring/logging.hpp"
#include "wiring/open_database.hpp"
#include "wiring/routing.hpp"
#include "wiring/rules_from.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/this_coro.hpp>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <csignal>
#include <ostream>
#include <utility>

namespace moneytrail {
namespace {

constexpr auto kLeaseWait = std::chrono::seconds{10};
// As many blocks a transaction while nobody waits for them: beyond, a commit's own cost no longer shows.
constexpr std::size_t kBulk = 64;

// Everything that does not change while the daemon runs.
struct Setting {
    const Config& config;
    const ChainConfig& chain;
    Start start;
    const TokenList& tokens;
    const Feeds& feeds;
    const labels::KnownNames& names;
    const signals::Rules& rules;
};

// The set dies with the first signal, so a second one kills.
Task<> shutdown_requested(const OpenDatabase& opened) {
    asio::signal_set signals{co_await asio::this_coro::executor, SIGINT, SIGTERM};
    const int number = co_await signals.async_wait(asio::use_awaitable);
    spdlog::info("signal {}: stopping", number);
    opened.stop_waiting();
}

void tell(const std::string& place, const Block& block, const Admission& admission) {
    const auto number = block.header.number;
    spdlog::debug("{}: block {} {}", place, number, to_string(admission.fate));
    if (!admission.notice.empty())
        spdlog::warn("{}: block {} {}: {}", place, number, to_string(admission.fate), admission.notice);
}

class Daemon {
  public:
    Daemon(Setting setting, postgres::Database& database, const postgres::Lease& lease,
           Connection& connection, std::ostream& out)
        : setting_{setting},
          database_{database},
          connection_{connection},
          store_{database, lease, setting.chain.chain_id, setting.chain.reorg_grace,
                 signals::pair_gates(setting.rules)},
          outbox_{database, lease},
          console_{out, isatty(STDOUT_FILENO) == 1 ? Colour::by_severity : Colour::none} {}

    Task<> run() {
        WakeUp wake_up{co_await asio::this_coro::executor};
        DeliverAlerts deliver{outbox_, console_, console_target(), wake_up};
        std::vector<Task<>> services;
        services.push_back(follow_until_end(wake_up, deliver));
        services.push_back(deliver_with_patience(deliver));
        co_await race(run_all(std::move(services)), look_after(database_, connection_));
        if (undecided_) std::rethrow_exception(undecided_);
    }

  private:
    Task<> follow_until_end(WakeUp& wake_up, DeliverAlerts& deliver) {
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

    Task<> take_back() { tell(co_await store_.go_back(setting_.start.from), setting_.start.from); }

    // True: everything is to be read again.
    Task<bool> follow(WakeUp& wake_up) {
        auto stored = co_await store_.load();
        auto followed = following_from(setting_.config, std::exchange(stored.watched, {}));
        const auto& following = followed.following();
        spdlog::info("following {} addresses of {} entities", following.tracked.size(),
                     following.entities.size());
        ArchiveSource source{{setting_.chain.archive->path}, trace_policy(setting_.chain.traces)};
        // What was asked for holds until something is stored.
        const auto begin =
            begin_of(committed_ == 0 ? setting_.start : Start{}, source, stored, setting_.chain.chain_id);
        const FollowSettings settings{.judge = {.chain_id = setting_.chain.chain_id,
                                                .rules = setting_.rules,
                                                .following = following,
                                                .tokens = setting_.tokens,
                                                .feeds = setting_.feeds,
                                                .names = setting_.names},
                                      .pace = setting_.chain.archive->pace,
                                      .batch = kBulk,
                                      .watch_version = stored.watch_version,
                                      .roll_up_after = kBulk,
                                      .max_gap = setting_.start.resume == Resume::catch_up
                                                     ? std::nullopt
                                                     : std::optional{setting_.chain.max_gap},
                                      .from = begin.from,
                                      .is_behind_tip = begin.is_behind_tip};
        FollowHooks hooks{
            .to_content = to_json,
            .targets = [this](const Alert& alert) { return targets_of(alert, setting_.config.channels); },
            .seen = tell,
            .committed =
                [this, &wake_up] {
                    ++committed_;
                    wake_up.ring();
                },
            .watch_list_changed = [&followed](const auto& changes) { followed.apply(changes); }};
        FollowRecorded service{source, store_, std::move(stored), settings, std::move(hooks)};
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

    Task<> deliver_with_patience(DeliverAlerts& deliver) {
        const auto attempt = [&] { return deliver.run(); };
        co_await patiently(attempt, deliver.sent(), connection_);
    }

    Task<> sync_roots() {
        std::vector<WatchedAddress> roots;
        for (const auto& entity : setting_.config.entities)
            for (const auto& root : entity.roots) roots.push_back({root, entity.id, {}});
        const auto chain_id = setting_.chain.chain_id;
        const auto synced = co_await in_transaction(std::move(roots), chain_id);
        for (const auto& note : synced.notes) spdlog::warn("{}", note);
    }

    Task<postgres::RootsSynced> in_transaction(std::vector<WatchedAddress> roots, std::uint64_t chain_id) {
        return database_.transact([roots = std::move(roots), chain_id](postgres::Work& tx) {
            return postgres::sync_roots(tx, chain_id, roots);
        });
    }

    Setting setting_;
    postgres::Database& database_;
    Connection& connection_;
    postgres::ChainStore store_;
    postgres::DeliveryOutbox outbox_;
    ConsoleChannel console_;
    std::uint64_t committed_ = 0;  // batches of blocks
    std::exception_ptr undecided_;
};

// The imported lists are taken up now; a list that is imported later, at the next start.
Checked<KnownLists> with_imported(const Config& config, KnownLists configured, const OpenDatabase& opened,
                                  postgres::Database& database) {
    asio::io_context loop{1};  // its own: one that has run out of work does not run again
    auto imported = settle(loop, opened, [&database] { return database.transact(read_imported); });
    if (imported.labels.empty() && imported.tokens.empty()) return configured;
    return load_known_lists(config.lists, std::move(imported));
}

int serve(const Config& config, const RunOptions& options, KnownLists configured, const Feeds& feeds,
          std::ostream& out) {
    const auto& chain = config.chains.front();
    const auto opened = open_database(config);
    asio::io_context loop{1};
    postgres::Lease lease{chain.chain_id, kLeaseWait};
    Connection connection;
    postgres::Database database{opened.where(), [&](postgres::Work& tx) {
                                    lease.acquire(tx);
                                    connection.made();
                                }};
    auto lists = with_imported(config, std::move(configured), opened, database);
    if (!lists) throw UsageError{to_string(lists.error())};
    for (const auto* warnings : {&lists->warnings, &lists->notes})
        for (const auto& warning : *warnings) spdlog::warn("{}", warning);
    for (const auto& note : idle_rules(config)) spdlog::info("{}", note);
    spdlog::info("{}", summary_of(lists->labels));
    for (const auto& note : channel_notes(config.channels)) spdlog::info("{}", note);
    const auto names = names_of(*lists);
    const auto rules = rules_from(config.signals);
    Daemon daemon{
        {config, chain, options.start, lists->tokens, feeds, names, rules}, database, lease, connection, out};
    asio::co_spawn(loop, race(daemon.run(), shutdown_requested(opened)), [](const std::exception_ptr& error) {
        if (error) std::rethrow_exception(error);
    });
    loop.run();
    return 0;
}

}  // namespace

int run(const RunOptions& options, std::ostream& out, std::ostream& err) {
    const auto config = load_config(options.config_file);
    if (!config) {
        err << to_string(config.error());
        return 2;
    }
    auto lists = load_known_lists(config->lists, {});
    if (!lists) {
        err << to_string(lists.error());
        return 2;
    }
    const auto feeds = load_feeds(config->lists.feeds);
    if (!feeds) {
        err << to_string(feeds.error());
        return 2;
    }
    const auto& chain = config->chains.front();
    if (!chain.archive) {
        err << printable(options.config_file)
            << ": chains[0].archive: missing: this version follows recorded blocks, no endpoints yet\n";
        return 2;
    }
    set_up_logging(config->log);
    // A reader that goes away is an error of the console or the log, not the daemon's end in mid-claim.
    std::signal(SIGPIPE, SIG_IGN);
    for (const auto* warnings : {&config->warnings, &feeds->warnings})
        for (const auto& warning : *warnings) spdlog::warn("{}", warning);
    try {
        return serve(*config, options, std::move(*lists), feeds->feeds, out);
    } catch (const OtherChain& error) {
        throw UsageError{error.what()};
    } catch (const TooFarBehind& error) {
        throw UsageError{std::string{error.what()} + ", more than max_gap (" + std::to_string(chain.max_gap) +
                         ") further: give --catch-up to go on there, or --from latest to begin with the "
                         "newest block"};
    } catch (const Undecided& error) {
        throw UsageError{error.what()};
    }
}

}  // namespace moneytrail
