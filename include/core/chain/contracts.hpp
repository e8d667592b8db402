#pragma once

// Addresses of Ethereum mainnet that the rules name.

#include "base/fixed_bytes.hpp"

namespace moneytrail::contracts {

consteval Address address(std::string_view digits) {
    return fixed_literal<Address>(digits);
}

constexpr Address kZero{};
constexpr Address kBurn = address("000000000000000000000000000000000000dead");
constexpr Address kBurnToo = address("dead000000000000000042069420694206942069");
constexpr Address kWeth = address("c02aaa39b223fe8d0a0e5c4f27ead9083c756cc2");
constexpr Address kUsdc = address("a0b86991c6218b36c1d19d4a2e9eb0ce3606eb48");
constexpr Address kUsdt = address("dac17f958d2ee523a2206206994597c13d831ec7");
constexpr Address kDai = address("6b175474e89094c44da98b954eedeac495271d0f");
constexpr Address kWbtc = address("2260fac5e5542a773aa44fbcfedf7c193bc2c599");
constexpr Address kUniswapV4 = address("000000000004444c5dc75cb358380d2e3de08a90");
constexpr Address kBalancerVault = address("ba12222222228d8ba445958a75a0704d566bf2c8");
// EIP-7708: the logs of native transfers come from here.
constexpr Address kNativeLogs = address("fffffffffffffffffffffffffffffffffffffffe");

// Zero, where people burn, and the precompiles (0x01 to 0x11, and 0x100 of EIP-7951): nobody is behind them.
constexpr bool is_nobodys(const Address& address) {
    if (address == kBurn || address == kBurnToo) return true;
    const auto& bytes = address.bytes();
    for (std::size_t i = 0; i + 2 < bytes.size(); ++i)
        if (bytes[i] != 0) return false;
    const auto number = bytes[18] * 256 + bytes[19];
    return number <= 0x11 || number == 0x100;
}

}  // namespace moneytrail::contracts
