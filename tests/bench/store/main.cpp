// What it costs to keep what is judged in PostgreSQL, with replay of the same blocks as yardstick.

#include "bench/machine.hpp"
#include "bench/stages.hpp"
#include "bench/store/disk.hpp"
#include "bench/store/store_run.hpp"
#include "bench/store/watched_million.hpp"
#include "support/cluster.hpp"
#include "support/filled_store.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>

using namespace moneytrail;
using namespace moneytrail::bench;

namespace {

constexpr std::size_t kWatched = 1'000;

struct Way {
    const char* name;
    std::function<double()> seconds;
    std::vector<double> measured;
};

// Interleaved, so that a machine that is busy for a while is busy for all of them.
void measure(std::vector<Way>& ways, int repetitions) {
    for (int i = -1; i < repetitions; ++i)
        for (auto& way : ways) {
            const auto seconds = way.seconds();
            if (i >= 0) way.measured.push_back(seconds);
        }
}

void print_following(int repetitions) {
    std::vector<Recording> recordings;
    std::vector<Address> seen;
    for (const auto& path : files_in_block_order()) {
        const auto& recording = recordings.emplace_back(path);
        const auto more = endpoints(decode_transfers(parse_or_throw(recording)).transfers);
        seen.insert(seen.end(), more.begin(), more.end());
    }
    StoreRun run{recordings, sample_active(std::move(seen), kWatched)};
    std::vector<Way> ways{{"replay", [&] { return run.replay(); }, {}},
                          {"into PostgreSQL, 64 blocks a commit", [&] { return run.store(64); }, {}},
                          {"into PostgreSQL, one block a commit", [&] { return run.store(1); }, {}}};
    measure(ways, repetitions);
    const auto count = static_cast<double>(recordings.size());
    const auto yardstick = median(ways.front().measured);
    std::printf("%zu blocks, %zu watched, medians of %d interleaved runs; the database then holds %s\n\n",
                recordings.size(), kWatched, repetitions, run.summary().c_str());
    std::printf("%-40s %9s %9s %16s\n", "", "blocks/s", "ms/block", "of replay's rate");
    for (const auto& [name, _, measured] : ways) {
        const auto seconds = median(measured);
        std::printf("%-40s %9.0f %9.3f %16.2f\n", name, count / seconds, seconds * 1e3 / count,
                    yardstick / seconds);
    }
}

void print_fork(int repetitions) {
    constexpr BlockNumber kDepth = 64;
    const auto following = test::of_the_pairs();
    const test::StoreSchema schema{"bench_fork", following};
    test::fill(schema.url(), test::Logged::yes);
    test::StoreDaemon daemon{schema.url()};
    std::vector<double> took;
    for (int i = 0; i < repetitions; ++i) {
        const auto stored = daemon.ask(daemon.store.load());
        const auto tip = stored.window.back().number;
        auto fork = test::next_block(stored, tip - kDepth + 1);
        fork.fork = Fork{tip - kDepth, tip};
        const auto start = std::chrono::steady_clock::now();
        daemon.ask(daemon.store.commit(std::move(fork)));
        took.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    std::printf("\ncommit behind a fork of depth %zu, 100 of 4 000 000 activities in each block: %.0f ms\n",
                static_cast<std::size_t>(kDepth), median(took) * 1e3);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{
        "Times the daemon's way into PostgreSQL. MONEYTRAIL_TEST_DB names a server; without it a "
        "private one runs in a temporary folder, as `url: embedded` would."};
    int repetitions = 5;
    app.add_option("--repetitions", repetitions, "measured runs of each way")->check(CLI::Range(1, 1'000));
    bool skips_fork = false;
    app.add_flag("--skip-fork", skips_fork,
                 "not the fork over 4 million activities, which take a minute to make");
    bool only_watch_list = false;
    app.add_flag("--only-watch-list", only_watch_list, "only what a long watch list costs");
    CLI11_PARSE(app, argc, argv);
    try {
        std::printf("%s\n", describe_machine().c_str());
        const test::TemporaryFolder folder;
        std::printf("fdatasync in %s: %.3f ms\n", folder.path().parent_path().c_str(),
                    fdatasync_ms(folder.path()));
        std::optional<postgres::EmbeddedCluster> cluster;
        if (std::getenv("MONEYTRAIL_TEST_DB") == nullptr) {
            auto options = test::cluster_place().options();
            options.settings.clear();  // of the tests, who do not wait for the disk
            cluster.emplace(options);
            ::setenv("MONEYTRAIL_TEST_DB", cluster->url().c_str(), 1);
        }
        if (!only_watch_list) print_following(repetitions);
        if (!only_watch_list && !skips_fork) print_fork(repetitions);
        print_watch_list(repetitions);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "moneytrail_bench_store: %s\n", error.what());
        return 1;
    }
}
