#include "chain/contracts.hpp"
#include "chain/events.hpp"
#include "lessons.hpp"
#include "log_words.hpp"
#include "pool_math.hpp"
#include "quoter.hpp"

#include <algorithm>

namespace moneytrail {

using Kind = PriceSource::Kind;

namespace {

// A pool's id begins with its address.
Word balancer_pool(const Log& log) {
    return source_id(Address::from_bytes(log.topics[1].bytes()));
}

}  // namespace

void Lessons::take_exchange(const Log& log) {
    using namespace events;
    const auto& topic = log.topics[0];
    const bool has_four = log.topic_count == 2 && has_words(log, 4);
    if (topic == kCurveStable || topic == kCurveUnderlying) {
        if (has_four) take_curve(log, Curve::stable);
    } else if (topic == kCurveCrypto || topic == kCurveCryptoNg) {
        if (has_four) take_curve(log, Curve::any);
    } else if (log.address == contracts::kBalancerVault) {
        if (topic == kBalancerSwap && log.topic_count == 4 && has_words(log, 2)) take_balancer_swap(log);
        if (topic == kBalancerChanged || topic == kBalancerManaged) take_balancer_change(log);
    }
}

// The event names its coins by their place in the pool, which the log does not have. The tokens are those
// that moved by exactly these amounts; more than one candidate is none.
void Lessons::take_curve(const Log& log, Curve curve) {
    const auto sold = to_number(data_word(log, 1), kAmountBits);
    const auto bought = to_number(data_word(log, 3), kAmountBits);
    if (!sold || !bought || *sold == 0 || *bought == 0) return;
    const auto moved = [&](const Raw& amount, auto end) -> std::optional<Address> {
        std::optional<Address> token;
        for (const auto& transfer : of_transaction()) {
            const bool fits = transfer.kind == Transfer::Kind::erc20 && transfer.*end == log.address &&
                              to_raw(transfer.amount) == amount && transfer.token != token;
            if (fits && token) return std::nullopt;
            if (fits) token = transfer.token;
        }
        return token;
    };
    const auto sold_token = moved(*sold, &Transfer::to);
    const auto bought_token = moved(*bought, &Transfer::from);
    if (sold_token && bought_token)
        record({source_id(log.address), *sold_token, *sold, *bought_token, *bought, curve});
}

void Lessons::take_balancer_swap(const Log& log) {
    const auto sold = to_number(data_word(log, 0), kAmountBits);
    const auto bought = to_number(data_word(log, 1), kAmountBits);
    if (!sold || !bought || *sold == 0 || *bought == 0) return;
    const Exchange exchange{
        balancer_pool(log), low_address(log.topics[2]), *sold, low_address(log.topics[3]), *bought,
        Curve::any};
    // The vault holds the tokens of all pools together, and only the swaps say whose they are.
    if (auto* pairs = touch(exchange.pool))
        for (auto& pair : *pairs) {
            move_held(pair, exchange.sold, *sold, Flow::in);
            move_held(pair, exchange.bought, *bought, Flow::out);
        }
    record(exchange);
}

// Who joined, left or managed it changed what the pool holds.
void Lessons::take_balancer_change(const Log& log) {
    if (log.topic_count < 2) return;
    if (auto* pairs = touch(balancer_pool(log)))
        for (auto& pair : *pairs) forget_held(pair);
}

void Lessons::record(const Exchange& exchange) {
    if (exchange.sold == exchange.bought || !is_large(exchange)) return;
    if (exchange.curve == Curve::stable && !is_near_par(exchange)) return;
    const bool ascending = exchange.sold < exchange.bought;
    const PriceSource source{Kind::executed, exchange.pool, ascending ? exchange.sold : exchange.bought,
                             ascending ? exchange.bought : exchange.sold};
    auto* pairs = touch(exchange.pool);
    if (pairs && pairs->front().source.kind != Kind::executed) return;
    PriceUpdate* pair = nullptr;
    if (pairs) {
        const auto known = std::ranges::find(*pairs, source, &PriceUpdate::source);
        if (known != pairs->end()) pair = &*known;
    }
    if (!pair) pair = &add(source);
    pair->first = ascending ? exchange.sold_amount : exchange.bought_amount;
    pair->second = ascending ? exchange.bought_amount : exchange.sold_amount;
    tell(*pair);
}

// Small exchanges round, and cost nothing to make up.
bool Lessons::is_large(const Exchange& exchange) const {
    constexpr auto kSmallest = Usd::dollars(1000);
    const auto worth = [&](const Address& token, const Raw& amount) {
        const auto quote = worth_(token);
        return quote && quote->unit.depth(Wide{amount}) >= kSmallest;
    };
    return worth(exchange.sold, exchange.sold_amount) || worth(exchange.bought, exchange.bought_amount);
}

// A stable pool that is more than 5 % off is broken or not what it seems.
bool Lessons::is_near_par(const Exchange& exchange) const {
    const auto sold_decimals = decimals_of(tokens_, exchange.sold);
    const auto bought_decimals = decimals_of(tokens_, exchange.bought);
    constexpr unsigned kMostCompared = 36;
    if (!sold_decimals || !bought_decimals || std::max(*sold_decimals, *bought_decimals) > kMostCompared)
        return false;
    // 128 + 120 bits, times 21.
    const Wide sold = Wide{exchange.sold_amount} * power_of_ten(*bought_decimals);
    const Wide bought = Wide{exchange.bought_amount} * power_of_ten(*sold_decimals);
    const Wide apart = sold > bought ? Wide{sold - bought} : Wide{bought - sold};
    return apart * 20 <= sold;
}

}  // namespace moneytrail
