#pragma once

// What must have come of a chain in the end, whatever the daemons went through on their way.

#include "place.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace moneytrail::test {

inline const std::string kMark = "(perhaps shown before) ";
inline const std::string kTakenBack = "taken back: ";

inline void check_tables(Place& place, const Tables& expected) {
    const auto tables = place.tables();
    REQUIRE(tables.size() == expected.size());
    for (const auto& [name, rows] : expected) {
        CAPTURE(name);
        CHECK(tables.at(name) == rows);
    }
}

// `out`: what all daemons said, one after the other. What stands was shown, what does not was taken back if
// it was shown, and nothing was repeated without saying so.
// `alerts`: the first 8 digits of each id, and whether it is withdrawn.
inline void check_console(const pqxx::result& alerts, const std::string& out) {
    const auto lines = lines_of(out);
    CAPTURE(lines);
    std::map<std::string, int> shown;
    for (auto text : lines) {
        const auto mark = text.find(kMark);
        if (mark != std::string::npos) text.erase(mark, kMark.size());
        const bool is_repeated = shown[text]++ > 0;
        if (is_repeated) CHECK(mark != std::string::npos);
    }
    for (const auto& row : alerts) {
        const auto of_alert = [tag = "[" + row[0].as<std::string>() + "]"](const auto& text) {
            return text.contains(tag);
        };
        const auto last = std::ranges::find_if(lines.rbegin(), lines.rend(), of_alert);
        const bool is_gone = last == lines.rend() || last->contains(kTakenBack);
        CHECK(is_gone == row[1].as<bool>());
    }
}

inline const std::string kAlerts = "select left(encode(id, 'hex'), 8), withdrawn from alert";

inline void check_console(Place& place, const std::string& out) {
    check_console(place.sql(kAlerts), out);
}

// Of a daemon whom nothing befell.
inline Tables undisturbed(const std::vector<Synthetic>& chain) {
    Place place{"undisturbed", chain};
    const auto ran = run(place.daemon("0"));
    INFO(ran.err);
    REQUIRE(ran.exit_code == 0);
    return place.tables();
}

}  // namespace moneytrail::test
