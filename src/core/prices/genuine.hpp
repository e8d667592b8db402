#pragma once

// Whether a pool is what its events pretend: the address or id of a genuine one is a hash of its tokens.

#include "base/fixed_bytes.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace moneytrail {

struct PoolTokens {
    Address token0;  // the lower address
    Address token1;
    std::int32_t tick_spacing = 0;  // zero: a pair without ticks
};

// Which two of `tokens`, each once and in ascending order, the pool exchanges. None: no factory that is known
// made a pool of these tokens at this address, and then nothing that it says counts.
std::optional<PoolTokens> genuine_pair(const Address& pool, std::span<const Address> tokens);
std::optional<PoolTokens> genuine_liquidity_pool(const Address& pool, std::span<const Address> tokens);
// Of Uniswap V4; zero stands for the native coin. Pools with hooks are not recognised: what a swap pays is
// then what the hook says, not what the price says.
std::optional<PoolTokens> genuine_v4_pool(const Word& pool_id, std::span<const Address> tokens);

}  // namespace moneytrail
