#include "prices/feeds.hpp"

#include "chain/contracts.hpp"

namespace moneytrail {

// The aggregator behind the proxy 0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419.
Feeds::Feeds() {
    add({.aggregator = contracts::address("e62b71cf983019bff55bc83b48601ce8419650cc"),
         .quote = Feed::Quote::usd,
         .decimals = 8,
         .tokens = {contracts::kWeth}});
}

bool Feeds::add(const Feed& feed) {
    const auto [entry, is_new] = by_aggregator_.try_emplace(feed.aggregator, feed);
    if (!is_new) return entry->second == feed;
    for (const auto& token : feed.tokens) by_token_[token].push_back(&entry->second);
    return true;
}

const Feed* Feeds::find(const Address& aggregator) const {
    const auto found = by_aggregator_.find(aggregator);
    return found == by_aggregator_.end() ? nullptr : &found->second;
}

std::span<const Feed* const> Feeds::of(const Address& token) const {
    const auto found = by_token_.find(token);
    return found == by_token_.end() ? std::span<const Feed* const>{} : found->second;
}

const Feeds& default_feeds() {
    static const Feeds kDefault;
    return kDefault;
}

}  // namespace moneytrail
