#include "prices/book.hpp"

#include "chain/contracts.hpp"
#include "chain/events.hpp"
#include "chain/window.hpp"

#include <limits>

namespace moneytrail {
namespace {

// Chainlink's ETH / USD aggregator behind the proxy 0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419: it, not the
// proxy, emits the answers.
constexpr Address kEthUsd = contracts::address("e62b71cf983019bff55bc83b48601ce8419650cc");
constexpr Price kOneDollar{100'000'000};
constexpr std::chrono::hours kStale{24};

bool is_native(const std::optional<Address>& contract) {
    return !contract || *contract == contracts::kWeth;
}

// A feed with 8 decimals. None: not positive, or absurd.
std::optional<Price> answer(const Word& word) {
    const auto raw = to_raw(word);
    if (raw == 0 || raw > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    return Price{static_cast<std::uint64_t>(raw)};
}

}  // namespace

std::optional<Price> PriceBook::price(const std::optional<Address>& contract, BlockTime at) const {
    if (is_native(contract)) {
        if (eth_.empty() || at - eth_.back().time > kStale) return std::nullopt;
        return eth_.back().price;
    }
    using namespace contracts;
    if (*contract == kUsdc || *contract == kUsdt || *contract == kDai) return kOneDollar;
    return std::nullopt;
}

std::optional<Usd> PriceBook::value(const std::optional<Address>& contract, const Raw& amount,
                                    const TokenList& tokens, BlockTime at) const {
    const auto known = price(contract, at);
    if (!known) return std::nullopt;
    const auto decimals =
        is_native(contract) ? std::optional<std::uint8_t>{18} : find_token(tokens, *contract).decimals;
    if (!decimals) return std::nullopt;
    return moneytrail::value(amount, *decimals, *known);
}

std::optional<Price> PriceBook::apply(const Block& block) {
    std::optional<Price> newest;
    for (const auto& receipt : block.receipts)
        for (const auto& log : receipt.logs)
            if (log.address == kEthUsd && log.topic_count == 3 && log.topics[0] == events::kAnswerUpdated)
                if (const auto learned = answer(log.topics[1])) newest = learned;
    if (newest) learn(block.header.number, block.header.time, *newest);
    return newest;
}

void PriceBook::learn(BlockNumber block_num, BlockTime time, Price price) {
    eth_.push_back({block_num, time, price});
    // What is deeper than a reorg can reach is needed only once, as the base.
    while (eth_.size() > 1 && eth_[1].block_num + ChainWindow::kDepth < block_num) eth_.pop_front();
}

void PriceBook::rollback_above(BlockNumber block_num) {
    while (!eth_.empty() && eth_.back().block_num > block_num) eth_.pop_back();
}

}  // namespace moneytrail
