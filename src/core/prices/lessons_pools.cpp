#include "chain/contracts.hpp"
#include "chain/events.hpp"
#include "genuine.hpp"
#include "lessons.hpp"
#include "log_words.hpp"
#include "pool_math.hpp"

#include <array>

namespace moneytrail {

using Kind = PriceSource::Kind;

namespace {

constexpr unsigned kReserveBits = 112;

PriceSource with_tokens(Kind kind, const Word& id, const PoolTokens& tokens) {
    const auto or_weth = [](const Address& token) { return token.is_zero() ? contracts::kWeth : token; };
    return {kind, id, or_weth(tokens.token0), or_weth(tokens.token1)};
}

std::array<Address, 2> named_tokens(const Log& log, std::size_t first_topic) {
    return {low_address(log.topics[first_topic]), low_address(log.topics[first_topic + 1])};
}

}  // namespace

void Lessons::take_of_pool(const Log& log) {
    using namespace events;
    const auto& topic = log.topics[0];
    const auto is = [&](const Word& event, std::size_t topics, std::size_t words) {
        return topic == event && log.topic_count == topics && has_words(log, words);
    };
    switch (first_bytes(topic)) {
        case first_bytes(kSync):
            if (is(kSync, 1, 2)) take_sync(log);
            return;
        case first_bytes(kPairCreated):
            if (is(kPairCreated, 3, 1)) take_pair(low_address(data_word(log, 0)), named_tokens(log, 1));
            return;
        case first_bytes(kPoolCreated):
            if (is(kPoolCreated, 4, 2)) take_pool(low_address(data_word(log, 1)), named_tokens(log, 1));
            return;
        case first_bytes(kV3Initialize):
            if (is(kV3Initialize, 1, 2)) take_v3_price(log, data_word(log, 0), {}, data_word(log, 1));
            return;
        case first_bytes(kV3Swap):
        case first_bytes(kPancakeV3Swap):
            if (is(kV3Swap, 3, 5) || is(kPancakeV3Swap, 3, 7))
                take_v3_price(log, data_word(log, 2), data_word(log, 3), data_word(log, 4));
            return;
        case first_bytes(kV3Mint):
            if (is(kV3Mint, 4, 4)) take_v3_liquidity(log, data_word(log, 1), Flow::in);
            return;
        case first_bytes(kV3Burn):
            if (is(kV3Burn, 4, 3)) take_v3_liquidity(log, data_word(log, 0), Flow::out);
            return;
        default:
            if (log.address == contracts::kUniswapV4)
                take_of_v4(log);
            else
                take_exchange(log);
    }
}

void Lessons::take_pair(const Address& pool, std::span<const Address> tokens) {
    const auto id = source_id(pool);
    if (touch(id)) return;
    if (const auto genuine = genuine_pair(pool, tokens)) add(with_tokens(Kind::reserves, id, *genuine));
}

void Lessons::take_sync(const Log& log) {
    const auto first = to_number(data_word(log, 0), kReserveBits);
    const auto second = to_number(data_word(log, 1), kReserveBits);
    if (!first || !second) return;
    const auto id = source_id(log.address);
    if (!touch(id)) take_pair(log.address, tokens_at(log.address));
    auto* pair = only(id, Kind::reserves);
    if (!pair) return;
    pair->first = *first;
    pair->second = *second;
    tell(*pair);
}

void Lessons::take_pool(const Address& pool, std::span<const Address> tokens) {
    const auto id = source_id(pool);
    if (touch(id)) return;
    if (const auto genuine = genuine_liquidity_pool(pool, tokens))
        add(with_tokens(Kind::liquidity, id, *genuine)).tick_spacing = genuine->tick_spacing;
}

void Lessons::set_price(PriceUpdate& pool, const Word& root, const Word& liquidity, const Word& tick) {
    const auto new_root = to_number(root, kSqrtPriceBits);
    const auto new_liquidity = to_number(liquidity, kAmountBits);
    const auto new_tick = to_tick(tick);
    if (!new_root || !new_liquidity || !new_tick) return;
    pool.first = *new_root;
    pool.second = *new_liquidity;
    pool.tick = *new_tick;
    tell(pool);
}

void Lessons::take_v3_price(const Log& log, const Word& root, const Word& liquidity, const Word& tick) {
    const auto id = source_id(log.address);
    if (!touch(id)) take_pool(log.address, tokens_at(log.address));
    if (auto* pool = only(id, Kind::liquidity)) set_price(*pool, root, liquidity, tick);
}

void Lessons::take_v3_liquidity(const Log& log, const Word& amount, Flow flow) {
    auto* pool = only(source_id(log.address), Kind::liquidity);
    const auto number = to_number(amount, kAmountBits);
    if (pool && number) change_liquidity(*pool, log.topics[2], log.topics[3], *number, flow);
}

// Between two swaps the liquidity in range changes only by positions that span the present tick. Liquidity
// that was there for one swap only is gone again at the block's end.
void Lessons::change_liquidity(PriceUpdate& pool, const Word& lower, const Word& upper, const Raw& amount,
                               Flow flow) {
    const auto from = to_tick(lower);
    const auto to = to_tick(upper);
    if (!from || !to || pool.tick < *from || pool.tick >= *to) return;
    static const Raw kMost = (Raw{1} << kAmountBits) - 1;
    if (flow == Flow::in)
        pool.second = amount > kMost - pool.second ? kMost : Raw{pool.second + amount};
    else
        pool.second = amount > pool.second ? Raw{0} : Raw{pool.second - amount};
}

void Lessons::take_of_v4(const Log& log) {
    using namespace events;
    if (log.topics[0] == kV4Swap && log.topic_count == 3 && has_words(log, 6)) take_v4_swap(log);
    if (log.topics[0] == kV4Initialize && log.topic_count == 4 && has_words(log, 5)) take_v4_initialize(log);
    if (log.topics[0] == kV4ModifyLiquidity && log.topic_count == 3 && has_words(log, 4))
        take_v4_liquidity(log);
}

void Lessons::take_v4_initialize(const Log& log) {
    const auto& id = log.topics[1];
    if (touch(id)) return;
    const auto genuine = genuine_v4_pool(id, named_tokens(log, 2));
    if (!genuine) return;
    auto& pool = add(with_tokens(Kind::liquidity, id, *genuine));
    pool.tick_spacing = genuine->tick_spacing;
    set_price(pool, data_word(log, 3), {}, data_word(log, 4));
}

void Lessons::take_v4_swap(const Log& log) {
    const auto& id = log.topics[1];
    if (!touch(id)) {
        auto tokens = tokens_at(log.address);
        tokens.insert(tokens.begin(), Address{});  // the native coin, which comes first
        if (const auto genuine = genuine_v4_pool(id, tokens))
            add(with_tokens(Kind::liquidity, id, *genuine)).tick_spacing = genuine->tick_spacing;
    }
    if (auto* pool = only(id, Kind::liquidity)) {
        set_price(*pool, data_word(log, 2), data_word(log, 3), data_word(log, 4));
        forget_held(*pool);
    }
}

void Lessons::take_v4_liquidity(const Log& log) {
    auto* pool = only(log.topics[1], Kind::liquidity);
    if (!pool) return;
    const auto delta = data_word(log, 2);
    const auto flow = is_negative(delta) ? Flow::out : Flow::in;
    if (const auto amount = to_number(flow == Flow::out ? negated(delta) : delta, kAmountBits))
        change_liquidity(*pool, data_word(log, 0), data_word(log, 1), *amount, flow);
    forget_held(*pool);
}

// The manager holds the tokens of all pools together: no transfer says which pool's they are.
void Lessons::forget_held(PriceUpdate& pool) {
    pool.held0 = 0;
    pool.held1 = 0;
}

}  // namespace moneytrail
