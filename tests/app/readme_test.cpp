#include "signals/catalogue.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>

using namespace moneytrail;

namespace {

std::string readme() {
    std::ifstream file{MONEYTRAIL_SOURCE "/README.md"};
    return {std::istreambuf_iterator<char>{file}, {}};
}

// What stands between the lines of the two markers.
std::string between(const std::string& text, const std::string& begin, const std::string& end) {
    const auto marker = text.find(begin);
    REQUIRE(marker != std::string::npos);
    const auto first = text.find('\n', marker) + 1;
    const auto last = text.find(end, first);
    REQUIRE(last != std::string::npos);
    return text.substr(first, last - first);
}

std::string row(const signals::SignalType& type) {
    std::string text{"| "};
    text.append(type.id).append(" | ").append(type.title).append(" | ").append(type.applies_to);
    text.append(" | ").append(type.make ? "" : "*needs a look-up, not judged yet:* ").append(type.fires_when);
    return text.append(" | ").append(type.repeat_key).append(" |\n");
}

}  // namespace

TEST_CASE("README's table of signals is the catalogue") {
    std::string table = "| id | name | applies to | fires when | once for each |\n|---|---|---|---|---|\n";
    for (const auto* type : signals::catalogue()) {
        CAPTURE(type->id);
        for (const auto cell : {type->title, type->applies_to, type->fires_when, type->repeat_key}) {
            CHECK_FALSE(cell.empty());
            CHECK(cell.find_first_of("|\n") == std::string_view::npos);
        }
        table += row(*type);
    }
    if (between(readme(), "<!-- signals:", "<!-- /signals -->") != table)
        FAIL_CHECK("README.md is stale; between its markers of signals belongs:\n" << table);
}
