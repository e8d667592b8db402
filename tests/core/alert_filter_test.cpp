#include "alerts/alert_filter.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using signals::Severity;

TEST_CASE("an alert is wanted by its severity, its entity and any of its rules") {
    Alert alert{.severity = Severity::medium, .entity = "fund"};
    for (const auto* rule : {"S3", "T1"}) {
        Reason reason;
        reason.rule = rule;
        alert.reasons.push_back(reason);
    }
    struct Row {
        const char* name;
        AlertFilter filter;
        bool wanted;
    };
    const auto row = GENERATE(
        Row{"no filter", {}, true},  //
        Row{"the same severity", {.min_severity = Severity::medium}, true},
        Row{"a higher severity", {.min_severity = Severity::high}, false},
        Row{"its entity among others", {.entities = {"desk", "fund"}}, true},
        Row{"another entity", {.entities = {"desk"}}, false},
        Row{"one of its rules", {.rules = {"T1", "S8"}}, true}, Row{"another rule", {.rules = {"S8"}}, false},
        Row{"its rule, of another entity", {.entities = {"desk"}, .rules = {"T1"}}, false});
    CAPTURE(row.name);
    CHECK(row.filter.wants(alert) == row.wanted);
}

TEST_CASE("an alert about nobody's address is wanted by who lists no entities") {
    Alert alert;
    alert.reasons.emplace_back().rule = "T1";
    CHECK(AlertFilter{}.wants(alert));
    CHECK_FALSE(AlertFilter{.entities = {"fund"}}.wants(alert));
}
