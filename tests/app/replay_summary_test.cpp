#include "output/replay_summary.hpp"

#include <catch2/catch.hpp>

#include <sstream>

using namespace moneytrail;

TEST_CASE("the summary says what there is and leaves out what is zero") {
    struct Row {
        const char* name;
        ReplayTotals totals;
        std::uint64_t unreadable;
        std::string text;
    };
    const auto row = GENERATE(values<Row>({
        {"nothing",
         {},
         0,
         "blocks    0\n"
         "activity  0 transfers, 0 of the followed\n"
         "alerts    0 raised\n"},
        {"all went well",
         {.blocks = {{Fate::judged, 23}},
          .transfers = 9463,
          .activities = 710,
          .raised = 92,
          .reasons = {{"S3", 21}, {"T1", 80}}},
         0,
         "blocks    23: 23 verified\n"
         "activity  9463 transfers, 710 of the followed\n"
         "alerts    92 raised (S3 21, T1 80)\n"},
        {"all kinds of blocks",
         {.blocks = {{Fate::judged, 1},
                     {Fate::unverified, 2},
                     {Fate::wrong, 3},
                     {Fate::duplicate, 4},
                     {Fate::orphan, 5}},
          .gaps = 6,
          .reorgs = 7,
          .without_traces = 8},
         9,
         "blocks    15: 1 verified, 2 unverified, 3 wrong, 4 duplicate, 5 orphan, 9 lines unreadable, 8 "
         "without "
         "traces, 6 gaps, 7 reorgs\n"
         "activity  0 transfers, 0 of the followed\n"
         "alerts    0 raised\n"},
        {"one of each",
         {.gaps = 1,
          .reorgs = 1,
          .transfers = 1,
          .counts = {.malformed_logs = 1,
                     .anonymous_logs = 1,
                     .native_coin_logs = 1,
                     .unknown_outcomes = 1,
                     .unknown_values = 1,
                     .unknown_recipients = 1,
                     .unplaced_withdrawals = 1,
                     .untraced = 1,
                     .stray_frames = 1}},
         1,
         "blocks    0: 1 line unreadable, 1 gap, 1 reorg\n"
         "activity  1 transfer, 0 of the followed\n"
         "skipped   1 malformed log, 1 log without a topic, 1 log of a native transfer, 1 value of a "
         "transaction that nobody says succeeded, 1 transaction without a value, 1 value of a creation whose "
         "address nobody tells, 1 withdrawal without an index of its own, 1 transaction without traces, 1 "
         "trace of no transaction\n"
         "alerts    0 raised\n"},
        {"only lines that are no blocks",
         {},
         2,
         "blocks    0: 2 lines unreadable\n"
         "activity  0 transfers, 0 of the followed\n"
         "alerts    0 raised\n"},
        {"what is not known",
         {.activities = 3,
          .unpriced = 2,
          .raised = 2,
          .revised = 1,
          .retracted = 1,
          .unknown = {{"T1", 4}},
          .counts = {.malformed_logs = 1, .unknown_values = 2},
          .unpriced_until = 17686120},
         0,
         "blocks    0\n"
         "activity  0 transfers, 3 of the followed (2 unpriced)\n"
         "skipped   1 malformed log, 2 transactions without a value\n"
         "unknown   T1 4\n"
         "alerts    2 raised, 1 revised, 1 retracted\n"
         "prices    ETH had none up to block 17686120: neither a feed nor a pool had told it "
         "earlier\n"},
        {"a price that came and went",
         {.unpriced_until = 17686112, .unpriced_again = 2, .last_unpriced = 17686131},
         0,
         "blocks    0\n"
         "activity  0 transfers, 0 of the followed\n"
         "alerts    0 raised\n"
         "prices    ETH had none up to block 17686112: neither a feed nor a pool had told it earlier; it "
         "lost "
         "it again for 2 blocks, the last of them 17686131: nothing told it anew in time\n"},
        {"a price that went",
         {.unpriced_again = 1, .last_unpriced = 17686131},
         0,
         "blocks    0\n"
         "activity  0 transfers, 0 of the followed\n"
         "alerts    0 raised\n"
         "prices    ETH lost it again for 1 block, the last of them 17686131: nothing told it anew in "
         "time\n"},
    }));
    CAPTURE(row.name);
    CHECK(to_string(row.totals, row.unreadable) == row.text);
}

TEST_CASE("only so many notices are printed, but every error") {
    std::ostringstream err;
    Notices notices{err};
    for (std::uint64_t i = 0; i < Notices::kMost + 10; ++i) notices.add("notice");
    notices.error("error");
    std::string expected;
    for (std::uint64_t i = 0; i < Notices::kMost; ++i) expected += "notice\n";
    CHECK(err.str() == expected + "further notices are only counted\nerror\n");
}
