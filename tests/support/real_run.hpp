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
        entities.push_back(
            {"entity-" + std::to_string(i), "Entity " + std::to_string(i), Usd::dollars(100'000)});
    std::vector<TrackedAddress> tracked;
    for (const auto& make : blocks)
        for (const auto& transfer : decode_transfers(make()).transfers)
            for (const auto& address : {transfer.from, transfer.to})
                if (tracked.size() < most && seen.insert(address).second)
                    tracked.push_back({address, static_cast<EntityIndex>(tracked.size()) % kEntities, ""});
    return follow(std::move(entities), std::move(tracked));
}

// Some of those that everybody deals with, as open lists call them.
inline labels::KnownNames names_of_the_run() {
    using labels::Flag;
    using labels::Kind;
    labels::Names names;
    names.add({"Uniswap", "uniswap", Kind::protocol, Flag::none});
    names.add({"1inch", "1inch", Kind::protocol, Flag::none});
    names.add({"Binance", "binance", Kind::cex, Flag::none});
    names.add({"Coinbase", "coinbase", Kind::cex, Flag::none});
    labels::LabelBookMaker maker{std::move(names)};
    const auto add = [&](const char* address, std::string_view name, std::string_view category) {
        maker.add({Address::from_hex(address).value(), name, category, name, "dawsbot/eth-labels"});
    };
    add("0x7a250d5630b4cf539739df2c5dacb4c659f2488d", "Uniswap", "protocol");
    add("0xe592427a0aece92de3edee1f18e0157c05861564", "Uniswap", "protocol");
    add("0x3fc91a3afd70395cd496c647d5a6cc9d4b2b7fad", "Uniswap", "protocol");
    add("0x1111111254eeb25477b68fb85ed929f73a960582", "1inch", "protocol");
    add("0x28c6c06298d514db089934071355e5743bf21d60", "Binance", "cex");
    add("0x21a31ee1afc51d94c2efccaa2092ad1028285549", "Binance", "cex");
    add("0xdfd5293d8e347dfe59e90efd55b2956a1343963d", "Binance", "cex");
    add("0xa9d1e08c7793af67e9d92fe308d5697fb81d3e43", "Coinbase", "cex");
    labels::KnownNames out{.labels = std::move(maker).finish(), .versions = "labels of the test"};
    out.protected_tokens = ProtectedNames{known_tokens()};
    return out;
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
    labels::KnownNames names = names_of_the_run();
    // Every one that the chain alone decides.
    signals::Rules rules = all_rules();

    FollowSettings settings(std::size_t batch) const {
        return {.judge = {.rules = rules, .following = following, .tokens = tokens, .names = names},
                .batch = batch};
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
