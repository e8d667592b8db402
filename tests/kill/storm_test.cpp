#include "storm.hpp"

#include <cstdlib>
#include <iostream>

using namespace moneytrail::test;

namespace {

// Of a daemon whom nothing befell.
const Tables& undisturbed_storm() {
    static const auto tables = [] {
        const StormPlace place;
        auto commands = Storm::inputs();
        commands.push_back({"run"});
        for (auto words : commands) {
            for (auto& word : words)
                if (word.ends_with(".csv")) word = place.file(word).string();
            const auto ran = run(place.command(words, place.file("out"), place.file("err"), "0"));
            REQUIRE(ran.exit_code == 0);
        }
        pqxx::result alerts;
        auto out = place.tables(alerts);
        REQUIRE(alerts.size() > 50);
        return out;
    }();
    return tables;
}

unsigned number_of(const char* name, unsigned otherwise) {
    const auto* const text = std::getenv(name);
    return text == nullptr ? otherwise : static_cast<unsigned>(std::stoul(text));
}

Tally storm(unsigned first_seed, int kills, const Storm::Tell& tell) {
    Tally tally;
    for (auto seed = first_seed; tally.killed() < kills; ++seed) {
        tell("seed " + std::to_string(seed));
        Storm storm{seed, tally, tell};
        storm.rage(static_cast<std::size_t>(kills - tally.killed()));
        storm.finish(undisturbed_storm());
    }
    return tally;
}

void check(const Tally& tally) {
    CAPTURE(tally.kills, tally.refused, tally.different, tally.left);
    CHECK(tally.refused.empty());
    CHECK(tally.different.empty());
    CHECK(tally.left.empty());
    CHECK(tally.missed == 0);
}

}  // namespace

// The first twelve kills of this seed are of every victim and at every moment.
TEST_CASE("a storm of kills leaves what an undisturbed daemon leaves") {
    std::string story;
    const auto tally = storm(1, 12, [&](const std::string& what) { story += what + '\n'; });
    INFO(story);
    check(tally);
}

// MONEYTRAIL_STORM_KILLS and MONEYTRAIL_STORM_SEED: how many, and the first round's seed.
TEST_CASE("a storm as long as it is asked for", "[.storm]") {
    const auto kills = number_of("MONEYTRAIL_STORM_KILLS", 200);
    const auto seed = number_of("MONEYTRAIL_STORM_SEED", 1);
    const auto tally = storm(seed, static_cast<int>(kills), [](const std::string& what) {
        std::cerr << what << '\n' << std::flush;
    });
    for (const auto& [what, count] : tally.kills) std::cerr << count << " x " << what << '\n';
    std::cerr << tally.killed() << " kills, " << tally.missed << " missed, " << tally.starts << " starts, "
              << tally.hit << " hit, " << tally.refused.size() << " refused, " << tally.marked
              << " lines marked, " << tally.different.size() << " rows different, " << tally.left.size()
              << " left behind\n";
    check(tally);
}
