#include "support/make_block.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using namespace moneytrail::test;

namespace {

// The evidence of a T2 that names its list, for a transfer of this kind in the block's first transaction.
std::map<std::string, std::string> evidence(const Block& block, Transfer::Kind kind) {
    auto now = activity({.kind = kind}, block.header.number);
    now.position = {block.header.number, 0, {Place::Kind::internal, 0, 0}};
    const auto rule = test::rule("T2");
    const std::vector<signals::Finding> findings{
        {rule.type, now, {.outcome = signals::Outcome::fired, .evidence = {{"source", "user"}}}}};
    const auto following = followed();
    const auto tokens = known_tokens();
    const auto names = known_names();
    const auto alerts = compose_alerts(findings, {1, block, false, following, tokens, names});
    const auto& pairs = alerts.at(0).reasons.at(0).evidence;
    std::map<std::string, std::string> out{pairs.begin(), pairs.end()};
    CHECK(out.size() == pairs.size());  // no key twice
    return out;
}

Block block() {
    return BlockMaker{1, filled<BlockHash>(1), filled<BlockHash>(0)}
        .ether_sent(filled<TxHash>(1), kStranger, kStranger2, 0)
        .take();
}

}  // namespace

TEST_CASE("evidence keeps its source beside the trace's") {
    const auto internal = evidence(block(), Transfer::Kind::internal);
    CHECK(internal.at("source") == "user");
    CHECK(internal.at("transfer_source") == "trace, unproven");
    CHECK_FALSE(internal.contains("traces"));
    CHECK_FALSE(evidence(block(), Transfer::Kind::native).contains("transfer_source"));
}

TEST_CASE("evidence says that a transaction was judged without traces") {
    auto one = block();
    one.untraced.push_back({0, "frames of another block"});
    CHECK(evidence(one, Transfer::Kind::native).at("traces") ==
          "judged without traces: frames of another block");
    one.untraced.front().txn_index = 1;
    CHECK_FALSE(evidence(one, Transfer::Kind::native).contains("traces"));
    one.frames.reset();
    CHECK(evidence(one, Transfer::Kind::native).at("traces") ==
          "judged without traces: its block came without them");
}
