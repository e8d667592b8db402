#include "daemon/run.hpp"

#include "base/printable.hpp"
#include "commands/command_line.hpp"
#include "daemon.hpp"
#include "lists/inputs.hpp"
#include "text/usage_error.hpp"
#include "wiring/database_session.hpp"
#include "wiring/logging.hpp"
#include "wiring/open_database.hpp"
#include "wiring/routing.hpp"
#include "wiring/rules_from.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/this_coro.hpp>
#include <spdlog/spdlog.h>

#include <csignal>
#include <iostream>
#include <memory>
#include <utility>

namespace moneytrail {
namespace {

constexpr auto kLeaseWait = std::chrono::seconds{10};

// The set dies with the first signal, so a second one kills.
Task<> shutdown_requested(const OpenDatabase& opened) {
    asio::signal_set signals{co_await asio::this_coro::executor, SIGINT, SIGTERM};
    const int number = co_await signals.async_wait(asio::use_awaitable);
    spdlog::info("signal {}: stopping", number);
    opened.stop_waiting();
}

// The imported lists are taken up now; a list that is imported later, at the next start.
Checked<KnownLists> with_imported(const Config& config, KnownLists configured, const OpenDatabase& opened,
                                  postgres::Database& database) {
    asio::io_context loop{1};  // its own: one that has run out of work does not run again
    auto imported = settle(loop, opened, [&database] { return database.transact(read_imported); });
    if (imported.labels.empty() && imported.tokens.empty()) return configured;
    return load_known_lists(config.lists, std::move(imported));
}

void serve(const Config& config, const ChainConfig& chain, const Start& start, KnownLists configured,
           const Feeds& feeds, std::ostream& out) {
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
        {config, chain, start, lists->tokens, feeds, names, rules}, database, lease, connection, out};
    asio::co_spawn(loop, race(daemon.run(), shutdown_requested(opened)), [](const std::exception_ptr& error) {
        if (error) std::rethrow_exception(error);
    });
    loop.run();
}

// Follows one chain of the configuration, keeps what it sees in the database and shows alerts on the
// channels; `out` is the console's. Returns at the archive's end, and after the first SIGINT or SIGTERM.
// Throws UsageError for the configuration, and when somebody must say how to go on.
void run(const DatabaseOptions& options, const Start& start, std::ostream& out) {
    auto inputs = load_inputs(options.config_file);
    const auto& config = inputs.config;
    const auto& chain = followed_chain(config, options);
    if (!chain.archive)
        throw UsageError{printable(options.config_file) + ": chains[" +
                         std::to_string(&chain - config.chains.data()) +
                         "].archive: missing: this version follows recorded blocks, no endpoints yet"};
    set_up_logging(config.log);
    // A reader that goes away is an error of the console or the log, not the daemon's end in mid-claim.
    std::signal(SIGPIPE, SIG_IGN);
    for (const auto* warnings : {&config.warnings, &std::as_const(inputs.feeds).warnings})
        for (const auto& warning : *warnings) spdlog::warn("{}", warning);
    try {
        serve(config, chain, start, std::move(inputs.lists), inputs.feeds.feeds, out);
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

}  // namespace

void add_run(CommandLine& line) {
    const auto start = std::make_shared<Start>();
    auto* words = line.add("run",
                           "The daemon: follows the chain, keeps what it sees in the database, "
                           "shows alerts on the channels",
                           [&line, start] {
                               run(line.database(), *start, std::cout);
                               return 0;
                           });
    line.add_chain_option(words);
    auto* catch_up = words->add_flag_callback(
        "--catch-up", [start] { start->resume = Resume::catch_up; },
        "Goes on across every gap, however wide");
    words
        ->add_option_function<std::string>(
            "--from", [start](const std::string& text) { *start = parse_start(text).value(); },
            "latest: goes on with the newest block; BLOCK: with that number, taking back what is stored "
            "from it on and passing over what is missing before it")
        ->check([](const std::string& text) {
            return parse_start(text) ? "" : what_start_is() + ", got " + in_quotes(text);
        })
        ->excludes(catch_up);
}

}  // namespace moneytrail
