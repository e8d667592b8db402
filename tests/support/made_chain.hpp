#pragma once

// A synthetic chain with two branches in which every kind of row comes about.

#include "chain/events.hpp"
#include "support/follow.hpp"
#include "support/make_block.hpp"

namespace moneytrail::test {

template <class Fixed>
Fixed numbered(char kind, std::uint64_t number) {
    auto out = filled<Fixed>(static_cast<std::uint8_t>(kind));
    out.bytes()[30] = static_cast<std::uint8_t>(number >> 8);
    out.bytes()[31] = static_cast<std::uint8_t>(number);
    return out;
}

// Transactions of step `step`. First dollars of USDC, then of USDT and so on, so that S3 fires again and
// again; every fifth step a large payment between two entities; every seventh a transfer of nothing.
inline void add_deeds(BlockMaker& maker, std::uint64_t step) {
    const std::array tokens{contracts::kUsdc, contracts::kUsdt, contracts::kDai, contracts::kWeth};
    const std::array subjects{kFund, kFundToo, kDesk};
    const auto token = tokens[step / 25 % tokens.size()];
    const bool has_six_decimals = token == contracts::kUsdc || token == contracts::kUsdt;
    maker.token_sent(numbered<TxHash>('t', step), token, subjects[step % subjects.size()], kStranger,
                     has_six_decimals ? Raw{60'000'000 + step} : ether(60 + step));
    if (step % 5 == 0)
        maker.ether_sent(numbered<TxHash>('e', step), kFund, kDesk, ether(11 + step % 3 * 100));
    if (step % 7 == 0) maker.token_sent(numbered<TxHash>('z', step), address(0x77), kDesk, kStranger2, 0);
}

// The chain told that a whole ETH is so many dollars.
inline void add_price(Block& block, std::uint64_t dollars) {
    Log log;
    log.address = contracts::address("e62b71cf983019bff55bc83b48601ce8419650cc");
    log.topic_count = 3;
    log.topics[0] = events::kAnswerUpdated;
    log.topics[1] = to_word(Raw{dollars * 100'000'000});
    block.receipts.front().logs.push_back(log);
}

// Branch 'm' is the one that stays. 'f' mines the same transactions a block earlier, has others of its own,
// other times and other prices.
inline Block made_block(char branch, BlockNumber number, char parent_branch) {
    BlockMaker maker{number, numbered<BlockHash>(branch, number),
                     numbered<BlockHash>(parent_branch, number - 1)};
    const bool stays = branch == 'm';
    add_deeds(maker, stays ? number : number + 1);
    if (!stays) maker.ether_sent(numbered<TxHash>('o', number), kDesk, kStranger, ether(20));
    auto block = maker.take();
    if (!stays) block.header.time += std::chrono::seconds{1};
    if (number % 6 == 0) add_price(block, (stays ? 2000 : 3000) + number);
    return block;
}

// Blocks `first` to `last` of one branch; the first one's parent is of `parent_branch`.
inline void append(std::vector<MakeBlock>& chain, char branch, BlockNumber first, BlockNumber last,
                   char parent_branch) {
    for (auto number = first; number <= last; ++number)
        chain.push_back([=] { return made_block(branch, number, number == first ? parent_branch : branch); });
}

struct MadeChain {
    TokenList tokens = known_tokens();
    labels::KnownNames names = known_names();
    Following following = followed();
    signals::Rules rules = test::rules({"S3", "T1"});

    FollowSettings settings(std::size_t batch) const {
        return {.judge = {.rules = rules, .following = following, .tokens = tokens, .names = names},
                .batch = batch};
    }
    void follow(StoreDaemon& daemon, std::vector<MakeBlock> chain, std::size_t batch) const {
        follow(daemon, std::move(chain), batch, Restarts::never);
    }
    void follow(StoreDaemon& daemon, std::vector<MakeBlock> chain, std::size_t batch,
                Restarts restarts) const {
        MadeBlocks source{std::move(chain)};
        follow_to_end(daemon.loop, daemon.store, source, settings(batch), restarts);
    }
};

}  // namespace moneytrail::test
