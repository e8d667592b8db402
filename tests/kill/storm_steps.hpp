#pragma once

// What a storm kills and when, and what it counts.

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace moneytrail::test {

enum class Moment { first_start, importing, running };
enum class Victim { command, initdb, server, backend, keeper, all };

struct Step {
    Moment moment;
    Victim victim;
};

inline std::string to_string(const Step& step) {
    static constexpr std::array kMoments{"in the first start", "while importing", "while running"};
    static constexpr std::array kVictims{"command", "initdb", "server", "backend", "keeper", "all"};
    return std::string{kVictims.at(static_cast<std::size_t>(step.victim))} + " " +
           kMoments.at(static_cast<std::size_t>(step.moment));
}

// Each that there is once. A cluster is made before there is a server, so the first three come first.
inline std::vector<Step> steps_of_a_round(std::minstd_rand& random) {
    using enum Victim;
    std::vector<Step> making{
        {Moment::first_start, command}, {Moment::first_start, initdb}, {Moment::first_start, all}};
    std::vector<Step> starting{
        {Moment::first_start, server}, {Moment::first_start, backend}, {Moment::first_start, keeper}};
    std::vector<Step> later;
    for (const auto moment : {Moment::importing, Moment::running})
        for (const auto victim : {command, server, backend, keeper, all}) later.push_back({moment, victim});
    std::vector<Step> out;
    for (auto* const steps : {&making, &starting, &later}) {
        std::ranges::shuffle(*steps, random);
        out.insert(out.end(), steps->begin(), steps->end());
    }
    return out;
}

// What came of all storms of a test.
struct Tally {
    std::map<std::string, int> kills;
    int starts = 0;
    int marked = 0;  // lines that say that they may be repeated
    int missed = 0;  // the victim was not there, or gone already
    int hit = 0;     // commands and starts that failed because of a kill while they ran
    // Those that failed though nothing befell them, and daemons that did not outlive their server.
    std::vector<std::string> refused;
    std::vector<std::string> different;  // rows of tables
    std::vector<std::string> left;       // what was left behind

    int killed() const {
        int out = 0;
        for (const auto& [what, count] : kills) out += count;
        return out;
    }
};

}  // namespace moneytrail::test
