#include "wiring/rules_from.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace moneytrail;

namespace {

bool judges(const signals::Rules& rules, std::string_view id) {
    return std::ranges::any_of(rules, [&](const auto& rule) { return rule.type->id == id; });
}

}  // namespace

TEST_CASE("a signal is judged unless it is switched off") {
    SignalsConfig config;
    CHECK(judges(rules_from(config), "S3"));
    config.by_id["S3"].is_enabled = false;
    CHECK_FALSE(judges(rules_from(config), "S3"));
}

TEST_CASE("a signal that needs a look-up is enabled without harm, and judges nothing yet") {
    SignalsConfig config;
    config.by_id["S1"].is_enabled = true;
    const auto rules = rules_from(config);
    CHECK_FALSE(judges(rules, "S1"));
    CHECK_FALSE(judges(rules, "S7"));
    CHECK(std::ranges::all_of(rules, [](const auto& rule) { return rule.signal != nullptr; }));
}
