#pragma once

// The consecutive run of real blocks, with thousands of watched addresses chosen from those blocks.

#include "chain/parse_block.hpp"
#include "support/blocks.hpp"
#include "support/follow.hpp"
#include "support/make_block.hpp"

#include <set>

namespace moneytrail::test {

inline Block parse_whole(std::string text) {
    text.reserve(text.size() + BlockParser::kPadding);
    auto block = BlockParser{}.parse(text, Traces::read);
    if (!block) throw std::runtime_error{"a block of the run cannot be read"};
    return std::move(*block);
}

// Everybody who sends or receives, up to so many, spread over 40 entities.
inline Following everybody_of(const std::vector<MakeBlock>& blocks, std::size_t most) {
    constexpr EntityIndex kEntities = 40;
    std::set<Address> seen{contracts::kZero};
    std::vector<Entity> entities;
    for (EntityIndex i = 0; i < kEntities; ++i)
        entities.push_back({"entity-" + std::to_string(i), "Entity " + std::to_string(i), {}});
    std::vector<TrackedAddress> tracked;
    for (const auto& make : blocks)
        for (const auto& transfer : decode_transfers(make()).transfers)
            for (const auto& address : {transfer.from, transfer.to})
                if (tracked.size() < most && seen.insert(address).second)
                    tracked.push_back({address, static_cast<EntityIndex>(tracked.size()) % kEntities, ""});
    return follow(std::move(entities), std::move(tracked));
}

struct RealRun {
    std::vector<MakeBlock> blocks = [] {
        std::vector<MakeBlock> out;
        for (const auto& file : gz_files(data_folder() / "run"))
            out.emplace_back([text = read_gz(file)] { return parse_whole(text); });
        return out;
    }();
    TokenList tokens = known_tokens();
    Following following = everybody_of(blocks, 5000);
    signals::Rules rules = test::rules({"S3", "T1"});

    FollowSettings settings(std::size_t batch) const {
        return {.judge = {1, rules, following, tokens}, .batch = batch};
    }
    void follow(asio::io_context& loop, Store& store, std::size_t batch) const {
        MadeBlocks source{blocks};
        follow_to_end(loop, store, source, settings(batch), Restarts::never);
    }
};

// Reading and choosing takes a second.
inline const RealRun& real_run() {
    static const RealRun run;
    return run;
}

}  // namespace moneytrail::test
