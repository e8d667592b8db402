#include "quoter.hpp"

#include "chain/contracts.hpp"
#include "pool_math.hpp"

#include <algorithm>
#include <map>

namespace moneytrail {
namespace {

constexpr std::chrono::hours kStale{24};
constexpr Price kOneDollar{100'000'000};
constexpr auto kShallowest = Usd::dollars(100);          // of a pool that counts
constexpr auto kLeastDepth = Usd::dollars(500);          // of all pools that count, together
constexpr auto kTrustedDepth = Usd::dollars(1'000'000);  // from here on a new price is believed
constexpr BlockNumber kPersists = 10;                    // after so many blocks

// Anchors are priced by each other in one direction only, so that no price supports itself.
int rank(const Address& token) {
    if (is_dollar(token)) return 0;
    if (token == contracts::kWeth) return 1;
    return token == contracts::kWbtc ? 2 : 3;
}
constexpr int kNoAnchor = 3;

// Within half a percent of a dollar a stable coin is a dollar.
Quote clamp(Quote quote) {
    constexpr std::uint64_t kTolerance = 500'000;
    const auto price = quote.exact ? quote.exact : quote.unit.of_whole(quote.decimals);
    if (!price || price->e8 < kOneDollar.e8 - kTolerance || price->e8 > kOneDollar.e8 + kTolerance)
        return quote;
    const auto unit = UnitPrice::of_answer(1, 0, quote.decimals);
    return unit ? Quote{*unit, kOneDollar, quote.decimals, quote.basis} : quote;
}

std::optional<Quote> assumed(std::uint8_t decimals) {
    const auto unit = UnitPrice::of_answer(1, 0, decimals);
    if (!unit) return std::nullopt;
    return Quote{*unit, kOneDollar, decimals, {.kind = PriceBasis::Kind::assumed}};
}

}  // namespace

std::optional<std::uint8_t> decimals_of(const TokenList& tokens, const Address& token) {
    constexpr std::uint8_t kEthDecimals = 18;
    return token == contracts::kWeth ? kEthDecimals : find_token(tokens, token).decimals;
}

bool is_dollar(const Address& token) {
    using namespace contracts;
    return token == kUsdc || token == kUsdt || token == kDai;
}

struct Quoter::Offer {
    UnitPrice price;
    Usd depth;
    Address via;  // a token that only pools price, whose depth is all that can be had behind it; or zero
    Usd via_depth;
};

Quoter::Quoter(const Feeds& feeds, const TokenList& tokens, const SourceTable& sources, QuoteCache& cache,
               BlockTime at)
    : feeds_{feeds}, tokens_{tokens}, sources_{sources}, cache_{cache}, at_{at} {
    if (cache_.at == at) return;
    cache_.forget();
    cache_.at = at;
}

std::optional<Quote> Quoter::quote(const Address& token, std::size_t most_pools) {
    auto& cached = cache_.by_most_pools.at(most_pools - 1);
    if (const auto found = cached.find(token); found != cached.end()) return found->second;
    const auto decimals = decimals_of(tokens_, token);
    std::optional<Quote> out;
    if (decimals) out = by_feed(token);
    if (decimals && !out)
        out = is_dollar(token) ? assumed(*decimals) : by_pools(token, *decimals, most_pools);
    cached.emplace(token, out);
    return out;
}

bool Quoter::is_fresh(const PriceUpdate& update) const {
    return at_ - update.priced <= kStale;
}

// Of several feeds one in dollars goes before one in ETH, then the newest.
std::optional<Quote> Quoter::by_feed(const Address& token) {
    const auto decimals = decimals_of(tokens_, token);
    const Feed* best = nullptr;
    const PriceUpdate* said = nullptr;
    for (const auto* feed : feeds_.of(token)) {
        const auto* told = sources_.find({PriceSource::Kind::feed, source_id(feed->aggregator), {}, {}});
        if (!told || told->first == 0 || !is_fresh(*told)) continue;
        if (best && best->quote < feed->quote) continue;
        if (best && best->quote == feed->quote && told->block_num <= said->block_num) continue;
        best = feed;
        said = told;
    }
    if (!best || !decimals) return std::nullopt;
    auto quote = answer_of(*best, *said, *decimals);
    return quote && is_dollar(token) ? clamp(*quote) : quote;
}

std::optional<Quote> Quoter::answer_of(const Feed& feed, const PriceUpdate& told, std::uint8_t decimals) {
    constexpr unsigned kPricePlaces = 8;
    constexpr unsigned kEthDecimals = 18;
    const Wide answer{told.first};
    if (feed.quote == Feed::Quote::usd) {
        const auto unit = UnitPrice::of_answer(answer, feed.decimals, decimals);
        if (!unit) return std::nullopt;
        std::optional<Price> exact;
        if (feed.decimals == kPricePlaces && bit_length(answer) < 64)
            exact = Price{static_cast<std::uint64_t>(answer)};
        return Quote{*unit, exact, decimals, {}};
    }
    // Where only pools price ETH, a feed in ETH could come back to itself through them.
    if (std::ranges::find(feed.tokens, contracts::kWeth) != feed.tokens.end()) return std::nullopt;
    const auto eth = by_feed(contracts::kWeth);
    if (!eth) return std::nullopt;
    const auto unit = eth->unit.through(answer * power_of_ten(kEthDecimals),
                                        power_of_ten(unsigned{feed.decimals} + decimals));
    return unit ? std::optional{Quote{*unit, {}, decimals, {}}} : std::nullopt;
}

// The price of the other token of a pool.
std::optional<Quote> Quoter::across(const Address& token, const Address& other, std::size_t most_pools) {
    const bool anchors_it = rank(other) < rank(token);
    const bool may_go_on = rank(token) == kNoAnchor && most_pools > 1;
    if (anchors_it || may_go_on) return quote(other, 1);
    return decimals_of(tokens_, other) ? by_feed(other) : std::nullopt;
}

std::optional<Quoter::Offer> Quoter::offer(const PriceUpdate& pool, const Address& token,
                                           std::size_t most_pools) {
    const auto side = pool.source.token0 == token ? Side::token1 : Side::token0;
    const auto& other = side == Side::token0 ? pool.source.token0 : pool.source.token1;
    if (!is_fresh(pool) || holdings(pool, side) == 0) return std::nullopt;
    const auto known = across(token, other, most_pools);
    if (!known) return std::nullopt;
    const auto price = price_across(pool, side, known->unit);
    const auto depth = known->unit.depth(depth_amount(pool, side));
    if (!price || depth < kShallowest) return std::nullopt;
    const bool persists = depth >= kTrustedDepth && pool.block_num - pool.odd_since >= kPersists;
    if (pool.odd_since != 0 && !persists) return std::nullopt;
    const bool is_bottleneck = known->basis.kind == PriceBasis::Kind::pools;
    return Offer{*price, depth, is_bottleneck ? other : Address{}, known->basis.depth};
}

std::optional<Quote> Quoter::by_pools(const Address& token, std::uint8_t decimals, std::size_t most_pools) {
    std::vector<Offer> offers;
    for (const auto& id : sources_.pools_of(token))
        for (const auto& pool : sources_.of(id)) {
            if (pool.source.token0 != token && pool.source.token1 != token) continue;
            if (const auto made = offer(pool, token, most_pools)) offers.push_back(*made);
        }
    limit_by_bottlenecks(offers);
    Usd depth;
    for (const auto& each : offers) depth = depth + each.depth;
    if (offers.empty() || depth < kLeastDepth) return std::nullopt;
    // The median weighted by depth: whoever wants to move it must own half of the depth.
    std::ranges::sort(offers, [](const Offer& a, const Offer& b) { return a.price < b.price; });
    auto left = depth.in_cents();
    auto median = offers.begin();
    while ((left -= 2 * median->depth.in_cents()) > 0) ++median;
    return Quote{median->price, {}, decimals, {PriceBasis::Kind::pools, depth, offers.size()}};
}

// However many pools a token has against another one, no more can be had through them than that one's pools
// give for it.
void Quoter::limit_by_bottlenecks(std::vector<Offer>& offers) {
    std::map<Address, Usd> sums;
    for (const auto& each : offers)
        if (!each.via.is_zero()) sums[each.via] = sums[each.via] + each.depth;
    for (auto& each : offers) {
        if (each.via.is_zero() || sums[each.via] <= each.via_depth) continue;
        const Wide share =
            Wide{each.depth.in_cents()} * each.via_depth.in_cents() / sums[each.via].in_cents();
        each.depth = Usd::cents(static_cast<std::int64_t>(share));
    }
}

}  // namespace moneytrail
