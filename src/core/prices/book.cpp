#include "prices/book.hpp"

#include "chain/contracts.hpp"
#include "lessons.hpp"
#include "pool_math.hpp"
#include "quoter.hpp"

#include <algorithm>
#include <map>

namespace moneytrail {
namespace {

const Address& or_weth(const std::optional<Address>& contract) {
    return contract ? *contract : contracts::kWeth;
}

}  // namespace

std::optional<Quote> PriceBook::quote(const std::optional<Address>& contract, BlockTime at) const {
    return Quoter{*feeds_, *tokens_, sources_, cache_, at}.quote(or_weth(contract));
}

std::optional<Price> PriceBook::price(const std::optional<Address>& contract, BlockTime at) const {
    const auto known = quote(contract, at);
    if (!known) return std::nullopt;
    return known->exact ? known->exact : known->unit.of_whole(known->decimals);
}

std::optional<Usd> PriceBook::value(const std::optional<Address>& contract, const Raw& amount,
                                    BlockTime at) const {
    const auto known = quote(contract, at);
    if (!known) return std::nullopt;
    if (known->exact) return moneytrail::value(amount, known->decimals, *known->exact);
    const auto worth = known->unit.value(Wide{amount});
    const bool is_capped = known->basis.kind == PriceBasis::Kind::pools;
    return worth && is_capped ? std::min(*worth, known->basis.depth) : worth;
}

bool PriceBook::is_capped(const std::optional<Address>& contract, const Raw& amount, BlockTime at) const {
    const auto known = quote(contract, at);
    if (!known || known->exact || known->basis.kind != PriceBasis::Kind::pools) return false;
    const auto worth = known->unit.value(Wide{amount});
    return worth && *worth > known->basis.depth;
}

std::optional<PriceBasis> PriceBook::basis(const std::optional<Address>& contract, BlockTime at) const {
    const auto known = quote(contract, at);
    return known ? std::optional{known->basis} : std::nullopt;
}

bool PriceBook::is_pool_share(const Address& address) const {
    const auto known = sources_.of(source_id(address));
    using Kind = PriceSource::Kind;
    return !known.empty() &&
           (known.front().source.kind == Kind::reserves || known.front().source.kind == Kind::executed);
}

std::optional<Usd> PriceBook::pool_holdings(const Address& address, BlockTime at) const {
    if (!is_pool_share(address)) return std::nullopt;
    // A token that stands in several pairs is held once.
    std::map<Address, Usd> held;
    bool is_pair = false;
    for (const auto& pool : sources_.of(source_id(address))) {
        is_pair = pool.source.kind == PriceSource::Kind::reserves;
        for (const auto side : {Side::token0, Side::token1}) {
            const auto& token = side == Side::token0 ? pool.source.token0 : pool.source.token1;
            if (const auto known = quote(token, at))
                held[token] = std::max(held[token], known->unit.depth(holdings(pool, side)));
        }
    }
    if (held.empty()) return std::nullopt;
    Usd sum;
    for (const auto& [_, worth] : held) sum = sum + worth;
    // Both sides of a pair are worth the same.
    return is_pair && held.size() == 1 ? sum + sum : sum;
}

std::vector<PriceUpdate> PriceBook::apply(const Block& block, std::span<const Transfer> transfers) {
    const auto at = block.header.time;
    const auto worth = [&](const Address& token) { return quote(token, at); };
    auto updates = Lessons{block, transfers, sources_, *feeds_, *tokens_, worth}.learn();
    for (const auto& update : updates) learn(update);
    return updates;
}

void PriceBook::learn(const PriceUpdate& update) {
    sources_.put(update);
    cache_.forget();
}

void PriceBook::rollback_above(BlockNumber block_num) {
    sources_.rollback_above(block_num);
    cache_.forget();
}

void PriceBook::forget_pools() {
    sources_.forget_pools();
    cache_.forget();
}

}  // namespace moneytrail
