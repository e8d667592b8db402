#include "bench/store/watched_million.hpp"

#include "bench/machine.hpp"
#include "bench/stages.hpp"
#include "postgres/watch_list.hpp"
#include "services/followed_list.hpp"
#include "support/made_chain.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <numeric>
#include <random>

namespace moneytrail::bench {
namespace {

constexpr std::size_t kMany = 100'000;
constexpr std::size_t kTenTimes = 10 * kMany;

double ms_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

// As spread as real ones, and the same at every run.
std::vector<WatchedAddress> addresses(std::size_t count) {
    std::mt19937_64 random{count};
    std::vector<WatchedAddress> out(count);
    for (auto& each : out) {
        for (auto& byte : each.address.bytes()) byte = static_cast<std::uint8_t>(random());
        each.entity = "fund";
        each.label = "wallet";
    }
    return out;
}

// A daemon's store behind some blocks, and another program's connection.
struct Place {
    explicit Place(const char* name) : schema{name, Following{}} { commit(1, {}); }

    double import(std::span<const WatchedAddress> list) {
        return ms_of(
            [&] { other.transact([&](postgres::Work& tx) { postgres::add_addresses(tx, 1, list); }); });
    }
    // Milliseconds of the commit of a block with an activity; behind a fork, if it is not above the tip.
    double commit(BlockNumber number, std::optional<Fork> fork) {
        BlockRecord block;
        block.link = {number, test::numbered<BlockHash>(fork ? 'f' : 'm', number), {}};
        block.activities = {test::activity({}, number)};
        block.names = {{"fund", {}}};
        BlockBatch batch{.after = tip_, .fork = fork, .watch_version = version_, .blocks = {block}};
        tip_ = block.link;
        return ms_of([&] {
            if (daemon.ask(daemon.store.commit(std::move(batch))) != Committed::now)
                throw std::runtime_error{"the list has changed"};
        });
    }
    double commits(int count) {
        std::vector<double> took;
        for (int i = 0; i < count; ++i) took.push_back(commit(tip_->number + 1, {}));
        return median(took);
    }
    // What the running daemon does before it commits a block that mentions `about`; true: that was all.
    bool take_up(FollowedList& list, std::span<const Address> about) {
        const auto changes = daemon.ask(
            daemon.store.hold_watch_list({.behind = up_to_, .about = {about.begin(), about.end()}}));
        list.apply(changes.changes);
        version_ = changes.version;
        up_to_ = changes.up_to;
        return changes.is_all;
    }
    BlockNumber tip() const { return tip_->number; }

    test::StoreSchema schema;
    test::StoreDaemon daemon{schema.url()};
    test::Sql other{schema.url()};

  private:
    std::optional<BlockLink> tip_;
    std::uint64_t version_ = 0;
    WatchCursor up_to_;
};

void print_imports(int repetitions) {
    std::vector<double> many;
    std::vector<double> ten_times;
    for (int i = 0; i < repetitions; ++i) {
        many.push_back(Place{"bench_list"}.import(addresses(kMany)));
        ten_times.push_back(Place{"bench_list"}.import(addresses(kTenTimes)));
    }
    std::printf("\nimport of %zu addresses: %.0f ms, of %zu: %.0f ms, %.1f times as long\n", kMany,
                median(many), kTenTimes, median(ten_times), median(ten_times) / median(many));
}

// A block of today mentions some 1 500 addresses.
std::vector<Address> mentioned() {
    constexpr std::size_t kMentioned = 1500;
    std::vector<Address> out;
    for (const auto& each : addresses(kMentioned)) out.push_back(each.address);
    return out;
}

void print_running(Place& place, FollowedList& list) {
    constexpr int kCommits = 50;
    const auto before = place.commits(kCommits);
    place.import(addresses(kTenTimes));
    const auto about = mentioned();
    bool is_all = false;
    const auto first_part = ms_of([&] { is_all = place.take_up(list, about); });
    const auto first = place.commit(place.tip() + 1, {});
    std::vector<double> parts;
    while (!is_all) parts.push_back(ms_of([&] { is_all = place.take_up(list, {}); }));
    std::printf(
        "commit of a block: %.2f ms; behind an import of %zu a running daemon takes up what the block "
        "mentions "
        "and a part: %.1f ms, commits: %.2f ms; each other part: %.1f ms, the longest: %.1f ms, all: %.0f "
        "ms; "
        "commits then: %.2f ms\n",
        before, kTenTimes, first_part, first, median(parts), std::ranges::max(parts),
        std::accumulate(parts.begin(), parts.end(), 0.0), place.commits(kCommits));
}

}  // namespace

void print_watch_list(int repetitions) {
    print_imports(repetitions);
    constexpr int kCommits = 50;
    Place place{"bench_list"};
    FollowedList list{{{"fund", "Fund", {}}}, {}};
    place.take_up(list, {});
    print_running(place, list);
    const auto tip = place.tip();
    std::printf("with %zu watched: commit behind a fork of depth 20: %.2f ms\n", kTenTimes,
                place.commit(tip - 19, Fork{tip - 20, tip}));
    std::vector<double> added;
    std::vector<double> taken_up;
    for (const auto& one : addresses(kCommits)) {
        added.push_back(place.import(std::span{&one, 1}));
        taken_up.push_back(ms_of([&] { place.take_up(list, {}); }));
        place.commits(1);
    }
    std::printf("with %zu watched: one more address: %.2f ms, the daemon takes it up: %.2f ms\n", kTenTimes,
                median(added), median(taken_up));
    std::printf("most memory of this program, which also made the list: %zu MB\n", peak_resident_kb() / 1024);
}

}  // namespace moneytrail::bench
