#include "pool_math.hpp"

#include <algorithm>

namespace moneytrail {
namespace {

using Kind = PriceSource::Kind;

constexpr unsigned kSqrtFraction = 96;
constexpr std::int32_t kMostOdd = 3;

const Wide& sqrt_one() {
    static const Wide kOne = Wide{1} << kSqrtFraction;
    return kOne;
}

// The amount of one side that the liquidity stands for between a price of nothing and the present one:
// L·√P of token1, L/√P of token0 (Uniswap V3 whitepaper, section 6.2).
Wide virtual_amount(const PriceUpdate& pool, Side side) {
    const Wide root{pool.first};
    const Wide liquidity{pool.second};
    if (root == 0) return 0;
    return side == Side::token1 ? (liquidity * root >> kSqrtFraction) : (liquidity << kSqrtFraction) / root;
}

// Liquidity is the same everywhere between two neighbouring ticks that may begin a position, so the pool
// holds what it takes to go from the present price to the nearer end: for `ticks` whole ticks
// 1 − 1.0001^(−ticks / 2) of the virtual amount, which is more than ticks · 0.0000497 of it up to 200 ticks.
Wide between_ticks(const PriceUpdate& pool, Side side) {
    constexpr std::int32_t kMostTicks = 200;
    if (pool.tick_spacing <= 0) return 0;
    const auto into = ((pool.tick % pool.tick_spacing) + pool.tick_spacing) % pool.tick_spacing;
    const auto ticks = side == Side::token1 ? into : pool.tick_spacing - into - 1;
    return virtual_amount(pool, side) * std::min(ticks, kMostTicks) * 497 / 10'000'000;
}

const Raw& of_side(const Raw& token0, const Raw& token1, Side side) {
    return side == Side::token0 ? token0 : token1;
}

// token1 per token0 times 2^192; none: it has no price.
std::optional<Wide> ratio(const PriceUpdate& pool) {
    const Wide first{pool.first};
    if (first == 0 || pool.second == 0) return std::nullopt;
    if (pool.source.kind == Kind::liquidity) return first * first;
    return (Wide{pool.second} << 192) / first;
}

constexpr unsigned kRoughBits = 22;

RoughRatio rough(const Wide& ratio) {
    const auto length = bit_length(ratio);
    if (length == 0) return 0;
    const Wide aligned = length > kRoughBits + 1 ? Wide{ratio >> (length - kRoughBits - 1)}
                                                 : Wide{ratio << (kRoughBits + 1 - length)};
    return (length << kRoughBits) | (static_cast<RoughRatio>(aligned) & ((1U << kRoughBits) - 1));
}

// Of rough ratios times 2^22: they are shorter than 321 bits.
Wide smooth(RoughRatio rough) {
    const auto length = rough >> kRoughBits;
    return Wide{(1U << kRoughBits) | (rough & ((1U << kRoughBits) - 1))} << length;
}

// Zero: nothing is known of the past.
RoughRatio median(PastRatios past) {
    std::ranges::sort(past);
    const auto known = std::ranges::upper_bound(past, 0U);
    const auto count = past.end() - known;
    return count == 0 ? 0 : *(known + (count - 1) / 2);
}

bool is_odd(RoughRatio now, RoughRatio usual) {
    if (usual == 0) return false;
    const auto one = smooth(now);
    const auto other = smooth(usual);
    return one > other * kMostOdd || other > one * kMostOdd;
}

}  // namespace

std::optional<UnitPrice> price_across(const PriceUpdate& pool, Side side, const UnitPrice& known) {
    if (pool.first == 0 || pool.second == 0) return std::nullopt;
    const Wide first{pool.first};
    if (pool.source.kind != Kind::liquidity) {
        const Wide second{pool.second};
        return side == Side::token0 ? known.through(first, second) : known.through(second, first);
    }
    // The square of the root in two steps, so that it fits.
    const auto& own = side == Side::token0 ? sqrt_one() : first;
    const auto& other = side == Side::token0 ? first : sqrt_one();
    const auto half_way = known.through(own, other);
    return half_way ? half_way->through(own, other) : std::nullopt;
}

Wide holdings(const PriceUpdate& pool, Side side) {
    if (pool.source.kind == Kind::reserves) return Wide{of_side(pool.first, pool.second, side)};
    return Wide{of_side(pool.held0, pool.held1, side)};
}

Wide depth_amount(const PriceUpdate& pool, Side side) {
    const auto held = holdings(pool, side);
    // √1.02 − 1 = 0.00995 of the reserves, real or virtual.
    if (pool.source.kind == Kind::reserves) return held * 995 / 100'000;
    // As much was exchanged at this price.
    if (pool.source.kind == Kind::executed)
        return std::min(held, Wide{of_side(pool.first, pool.second, side)});
    return std::min(held, Wide{virtual_amount(pool, side) * 995 / 100'000});
}

void prove_holdings(PriceUpdate& pool) {
    const auto raise = [&](Raw& held, Side side) {
        const auto proven = between_ticks(pool, side);
        if (proven > Wide{held} && bit_length(proven) <= kAmountBits) held = Raw{proven};
    };
    raise(pool.held0, Side::token0);
    raise(pool.held1, Side::token1);
}

void compare_with_past(PriceUpdate& pool, BlockNumber block_num, BlockTime time) {
    const auto now = ratio(pool);
    if (!now) return;
    const auto is = rough(*now);
    if (!is_odd(is, median(pool.past)))
        pool.odd_since = 0;
    else if (pool.odd_since == 0)
        pool.odd_since = block_num;

    const auto today = static_cast<std::int32_t>(utc_day(time).time_since_epoch().count());
    if (today <= pool.past_day) return;
    // Days without an update have no ratio.
    const auto skipped = std::min<std::int32_t>(today - pool.past_day, kPastDays);
    for (std::int32_t day = today - skipped + 1; day <= today; ++day)
        pool.past[static_cast<std::size_t>(day) % kPastDays] = 0;
    pool.past[static_cast<std::size_t>(today) % kPastDays] = is;
    pool.past_day = today;
}

}  // namespace moneytrail
