#pragma once

// Alerts of the shipped run, worked out by hand from its blocks: for each rule that fires, three of them, or
// all when there are fewer.
//
// A log is named by its number in the block, and its position by its place among those of its transaction:
// both are in the receipts. What a transfer moves is its log's data. Dollars of ETH:
//   17686111 to 17686120  the middle one, by depth, of what pools of WETH and a dollar said earlier
//   from 17686121         1988.08020095: log 430 of 17686120, AnswerUpdated(0x2e49e1a47f, …) of ETH / USD,
//                         8 decimals
// USDC, USDT and DAI are a dollar: no feed says before 17686122 what they are worth, and later ones are
// within half a percent of it. Who an address belongs to is what configs/labels.csv.gz calls it, and what
// configs/entities.csv makes of that name.

#include "moneytrail.hpp"

#include <catch2/catch.hpp>

namespace moneytrail::test {

inline std::string golden() {
    std::ifstream in{source_folder() / "tests/golden/run.jsonl", std::ios::binary};
    return {std::istreambuf_iterator{in}, {}};
}

// "": null
struct ByHand {
    std::string txn;
    std::string subject;
    const char* severity;  // of the alert, which is that of its gravest reason
    const char* position;
    const char* direction;
    const char* counterparty;  // how it begins
    const char* counterparty_label;
    const char* symbol;
    const char* amount;
    const char* usd;
    const char* text;
    Json evidence;  // of it, what is worked out
};

inline void check(const std::string& rule, const ByHand& expected) {
    CAPTURE(rule, expected.txn, expected.subject);
    const auto or_null = [](const char* text) { return *text == '\0' ? Json(nullptr) : Json(text); };
    for (const auto& alert : alerts_of(golden())) {
        if (alert["tx_hash"] != expected.txn || alert["address"] != expected.subject) continue;
        for (const auto& reason : alert["reasons"]) {
            if (reason["rule"] != rule || reason["position"] != expected.position) continue;
            CHECK(alert["severity"] == expected.severity);
            CHECK(reason["direction"] == expected.direction);
            CHECK(reason["counterparty"].get<std::string>().starts_with(expected.counterparty));
            CHECK(reason["counterparty_label"] == or_null(expected.counterparty_label));
            CHECK(reason["token"]["symbol"] == or_null(expected.symbol));
            CHECK(reason["amount"] == expected.amount);
            CHECK(reason["usd"] == or_null(expected.usd));
            CHECK(reason["text"] == expected.text);
            for (const auto& [key, value] : expected.evidence.items())
                CHECK(reason["evidence"][key] == value);
            return;
        }
    }
    FAIL("no such reason");
}

}  // namespace moneytrail::test
