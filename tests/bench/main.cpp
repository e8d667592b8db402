// How fast real blocks are read and judged, with simdjson's own parse of the same bytes as yardstick.

#include "bench/machine.hpp"
#include "bench/replay.hpp"
#include "bench/stages.hpp"
#include "bench/workload.hpp"
#include "chain/parse_block.hpp"
#include "chain/transfers.hpp"
#include "chain/verify.hpp"

#include <CLI/CLI.hpp>
#include <simdjson.h>

#include <cstdio>
#include <exception>
#include <stdexcept>

using namespace moneytrail;
using namespace moneytrail::bench;

namespace {

constexpr std::uint64_t kMainnet = 1;
constexpr std::size_t kActive = 1'000;
constexpr std::size_t kMany = 1'000'000;

// All blocks in memory, as text and parsed, and who is active in them.
struct Workload {
    std::vector<Recording> recordings;
    std::vector<Block> blocks;
    std::vector<Address> seen;  // senders and receivers of all transfers, with repetitions
    std::size_t bytes = 0;

    Workload() {
        for (const auto& path : files_in_block_order()) {
            const auto& recording = recordings.emplace_back(path);
            bytes += recording.json().size();
            blocks.push_back(parse_or_throw(recording));
            const auto more = endpoints(decode_transfers(blocks.back()).transfers);
            seen.insert(seen.end(), more.begin(), more.end());
        }
    }
};

// A stage that does `work` with each recording; `work` says whether it succeeded.
template <class Work>
Stage on_text(std::string name, const Workload& load, Work work) {
    return {std::move(name), [&load, work = std::move(work)](std::size_t i) {
                if (!work(load.recordings[i].json())) throw std::runtime_error{load.recordings[i].name()};
            }};
}

std::vector<Stage> reading_stages(const Workload& load) {
    const auto dom = std::make_shared<simdjson::dom::parser>();
    const auto parser = std::make_shared<BlockParser>();
    return {
        on_text(
            "simdjson DOM parse", load,
            [dom](std::string_view json) { return !dom->parse(json.data(), json.size(), false).error(); }),
        on_text("parse", load,
                [parser](std::string_view json) { return parser->parse(json, Traces::read).has_value(); }),
        on_text("parse + decode", load,
                [parser](std::string_view json) {
                    const auto block = parser->parse(json, Traces::read);
                    return block && !decode_transfers(*block).transfers.empty();
                }),
        // A few recordings lack something and are rightly found wrong.
        {"verify", [&load](std::size_t i) { verify(load.blocks[i], kMainnet); }},
    };
}

struct NamedReplay {
    std::string name;
    std::shared_ptr<Replay> replay;
};

std::vector<NamedReplay> replays(const Workload& load) {
    const auto few = sample_active(load.seen, kActive);
    const auto many = watch_list(few, kMany);
    std::vector<NamedReplay> out;
    for (const auto& [name, traces] : {std::pair{"replay with traces, ", Traces::read},
                                       std::pair{"replay without traces, ", Traces::ignore}})
        for (const auto* watched : {&few, &many})
            out.push_back({name + std::to_string(watched->size()) + " watched",
                           std::make_shared<Replay>(*watched, traces)});
    return out;
}

std::vector<Stage> all_stages(const Workload& load, const std::vector<NamedReplay>& replays) {
    auto stages = reading_stages(load);
    for (const auto& [name, replay] : replays)
        stages.push_back({name, [&load, replay](std::size_t i) {
                              if (i == 0) replay->restart();
                              replay->take(load.recordings[i].padded());
                          }});
    stages.push_back({"gzip inflate, apart", [&load, out = std::string{}](std::size_t i) mutable {
                          inflate_into(load.recordings[i].compressed(), out);
                      }});
    return stages;
}

// The first stage is the yardstick.
void print_stages(const Workload& load, const std::vector<Stage>& stages, int repetitions) {
    const auto timings = measure(stages, load.blocks.size(), repetitions);
    const auto megabytes = static_cast<double>(load.bytes) / 1e6;
    const auto count = static_cast<double>(load.blocks.size());
    std::printf("%-44s %9s %9s %8s\n", "", "MB/s", "ms/block", "ratio");
    for (const auto& [name, seconds] : timings)
        std::printf("%-44s %9.0f %9.3f %8.2f\n", name.c_str(), megabytes / seconds, seconds * 1e3 / count,
                    seconds / timings.front().seconds);
}

void print_look_ups(const Workload& load, int repetitions) {
    std::vector<AddressEntry> entries;
    for (const auto& address : watch_list(sample_active(load.seen, kActive), kMany))
        entries.push_back({address, static_cast<TrackedId>(entries.size())});
    const double before = thread_seconds();
    const WatchSet watched{std::make_shared<const AddressIndex>(entries)};
    const double build = thread_seconds() - before;
    std::vector<double> nanoseconds;
    std::size_t hits = 0;
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        hits = 0;
        const double start = thread_seconds();
        for (const auto& address : load.seen) hits += watched.find(address).has_value();
        nanoseconds.push_back((thread_seconds() - start) * 1e9 / static_cast<double>(load.seen.size()));
    }
    std::printf("watch set of %zu: look-up %.1f ns (%zu of %zu found), build %.0f ms\n", entries.size(),
                median(nanoseconds), hits, load.seen.size(), build * 1e3);
}

void print_speed(const std::string& only, int repetitions) {
    pin_to_one_core();
    const Workload load;
    const auto replayed = replays(load);
    auto stages = all_stages(load, replayed);
    std::erase_if(stages, [&](const Stage& stage) { return !stage.name.starts_with(only); });
    if (stages.empty()) throw std::runtime_error{"no stage is called " + only};
    std::printf("%zu blocks, %.1f MB of JSON in memory, one core, medians of %d interleaved runs\n\n",
                load.blocks.size(), static_cast<double>(load.bytes) / 1e6, repetitions);
    print_stages(load, stages, repetitions);
    std::printf("\n");
    if (!only.empty()) return;
    // Equal numbers show that the many have the hits of the few.
    for (const auto& [name, replay] : replayed)
        std::printf("%s: %s\n", name.c_str(), replay->summary().c_str());
    print_look_ups(load, repetitions);
}

// Reads the files one at a time, as `replay` does; twice, as it takes one pass to know who is active.
void print_memory(std::size_t count) {
    std::vector<Address> seen;
    for (const auto& path : files_in_block_order()) {
        const Recording recording{path};
        const auto more = endpoints(decode_transfers(parse_or_throw(recording)).transfers);
        seen.insert(seen.end(), more.begin(), more.end());
    }
    const auto active = sample_active(std::move(seen), std::min(count, kActive));
    const std::size_t before = peak_resident_kb();
    Replay replay{watch_list(active, count), Traces::read};
    for (const auto& path : files_in_block_order()) replay.take(Recording{path}.padded());
    std::printf("peak resident memory of a replay with %zu watched addresses: %.1f MB (%.1f MB before it)\n",
                count, static_cast<double>(peak_resident_kb()) * 1024 / 1e6,
                static_cast<double>(before) * 1024 / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Times the reading and judging of the real blocks that the tests have."};
    int repetitions = 9;
    std::string only;
    std::optional<std::size_t> memory;
    app.add_option("--repetitions", repetitions, "measured runs of each stage")->check(CLI::Range(1, 10'000));
    app.add_option("--only", only, "only the stages whose names start so, for a profiler");
    app.add_option("--memory", memory, "instead: peak memory of a replay with so many watched addresses");
    CLI11_PARSE(app, argc, argv);
    try {
        std::printf("%s\n", describe_machine().c_str());
        if (memory)
            print_memory(*memory);
        else
            print_speed(only, repetitions);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "moneytrail_bench: %s\n", error.what());
        return 1;
    }
}
