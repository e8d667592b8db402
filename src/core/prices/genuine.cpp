#include "genuine.hpp"

#include "base/keccak.hpp"
#include "chain/contracts.hpp"

#include <algorithm>
#include <array>

namespace moneytrail {
namespace {

// Who creates the pools of a protocol, and the hash of the code that they are created from (EIP-1014).
struct Factory {
    Address address;
    Hash code;
};

consteval Factory made_by(std::string_view address, std::string_view code) {
    return {contracts::address(address), fixed_literal<Hash>(code)};
}

// Uniswap V2, SushiSwap, ShibaSwap.
constexpr std::array kPairFactories{
    made_by("5c69bee701ef814a2b6a3edd4b1652cb9cc5aa6f",
            "96e8ac4277198ff8b6f785478aa9a39f403cb768dd02cbee326c3e7da348845f"),
    made_by("c0aee478e3658e2610c5f7a4a2e1777ce9e4f2ac",
            "e18a34eb0e04b04f7a0ac29a6e80748dca96319b42c54d679cb821dca90c6303"),
    made_by("115934131916c8b277dd010ee02de363c09d037c",
            "65d1a3b1e46c6e4f1be1ad5f99ef14dc488ae0549dc97db9b30afe2241ce1c7a"),
};

struct Fee {
    std::uint32_t millionths = 0;
    std::int32_t tick_spacing = 0;
};

constexpr std::array kUniswapFees{Fee{100, 1}, Fee{500, 10}, Fee{3000, 60}, Fee{10000, 200}};
constexpr std::array kPancakeFees{Fee{100, 1}, Fee{500, 10}, Fee{2500, 50}, Fee{10000, 200}};

struct LiquidityFactory {
    Factory factory;
    std::span<const Fee> fees;
};

// Uniswap V3, SushiSwap V3, PancakeSwap V3 (its deployer).
constexpr std::array kLiquidityFactories{
    LiquidityFactory{made_by("1f98431c8ad98523631ae4a59f267346ea31f984",
                             "e34f199b19b2b4f47f68442619d555527d244f78a3297ea89325f843f87b8b54"),
                     kUniswapFees},
    LiquidityFactory{made_by("baceb8ec6b9355dfc0269c18bac9d6e2bdc29c4f",
                             "e34f199b19b2b4f47f68442619d555527d244f78a3297ea89325f843f87b8b54"),
                     kUniswapFees},
    LiquidityFactory{made_by("41ff9aa7e16b8b1a8a8dc4f0efacd93d02d071c9",
                             "6ce8eb472fa82df5469c6ab6d485f17c3ad13c8cd7af59b3d4a8026c5ce0f7e2"),
                     kPancakeFees},
};

class Packed {
  public:
    template <std::size_t Size, class Tag>
    Packed& add(const FixedBytes<Size, Tag>& bytes) {
        size_ = static_cast<std::size_t>(std::ranges::copy(bytes.bytes(), bytes_.begin() + size_).out -
                                         bytes_.begin());
        return *this;
    }
    Packed& add(std::uint8_t byte) {
        bytes_[size_++] = byte;
        return *this;
    }
    // As words of the ABI.
    Packed& add_word(const Address& address) {
        size_ += Word::kSize - Address::kSize;
        return add(address);
    }
    Packed& add_word(std::uint32_t number) {
        size_ += Word::kSize - sizeof number;
        for (int shift = 24; shift >= 0; shift -= 8) add(static_cast<std::uint8_t>(number >> shift));
        return *this;
    }
    Hash hash() const { return keccak256({bytes_.data(), size_}); }

  private:
    std::array<std::uint8_t, 5 * Word::kSize> bytes_{};
    std::size_t size_ = 0;
};

bool creates(const Factory& factory, const Hash& salt, const Address& pool) {
    constexpr std::uint8_t kCreate2 = 0xff;
    const auto hash = Packed{}.add(kCreate2).add(factory.address).add(salt).add(factory.code).hash();
    return std::ranges::equal(ByteView{hash.bytes()}.subspan(Hash::kSize - Address::kSize), pool.bytes());
}

// The first answer that `ask` has for two of the tokens.
std::optional<PoolTokens> first_of_pairs(std::span<const Address> tokens, auto ask) {
    for (std::size_t i = 0; i < tokens.size(); ++i)
        for (std::size_t j = i + 1; j < tokens.size(); ++j)
            if (const std::optional<std::int32_t> spacing = ask(tokens[i], tokens[j]))
                return PoolTokens{tokens[i], tokens[j], *spacing};
    return std::nullopt;
}

}  // namespace

std::optional<PoolTokens> genuine_pair(const Address& pool, std::span<const Address> tokens) {
    return first_of_pairs(tokens, [&](const auto& token0, const auto& token1) -> std::optional<std::int32_t> {
        const auto salt = Packed{}.add(token0).add(token1).hash();
        for (const auto& each : kPairFactories)
            if (creates(each, salt, pool)) return 0;
        return std::nullopt;
    });
}

std::optional<PoolTokens> genuine_liquidity_pool(const Address& pool, std::span<const Address> tokens) {
    return first_of_pairs(tokens, [&](const auto& token0, const auto& token1) -> std::optional<std::int32_t> {
        for (const auto& each : kLiquidityFactories)
            for (const auto& fee : each.fees) {
                const auto salt = Packed{}.add_word(token0).add_word(token1).add_word(fee.millionths).hash();
                if (creates(each.factory, salt, pool)) return fee.tick_spacing;
            }
        return std::nullopt;
    });
}

// The id is the hash of the pool's key: both currencies, fee, tick spacing, hooks.
std::optional<PoolTokens> genuine_v4_pool(const Word& pool_id, std::span<const Address> tokens) {
    return first_of_pairs(tokens, [&](const auto& token0, const auto& token1) -> std::optional<std::int32_t> {
        // What such a pool exchanges is one token to us.
        if (token0.is_zero() && token1 == contracts::kWeth) return std::nullopt;
        for (const auto& fee : kUniswapFees) {
            const auto hash = Packed{}
                                  .add_word(token0)
                                  .add_word(token1)
                                  .add_word(fee.millionths)
                                  .add_word(static_cast<std::uint32_t>(fee.tick_spacing))
                                  .add_word(Address{})
                                  .hash();
            if (hash.bytes() == pool_id.bytes()) return fee.tick_spacing;
        }
        return std::nullopt;
    });
}

}  // namespace moneytrail
