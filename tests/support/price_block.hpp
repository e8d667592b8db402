#pragma once

// Synthetic blocks of logs that teach prices, and pools that stand where a factory would put them.

#include "base/keccak.hpp"
#include "chain/contracts.hpp"
#include "chain/events.hpp"
#include "prices/book.hpp"
#include "support/make_block.hpp"

#include <deque>

namespace moneytrail::test {

inline Word word(const Raw& number) {
    return to_word(number);
}

inline Word negative(const Raw& number) {
    static const Raw kMost = ~Raw{0};
    return to_word(kMost - number + 1);
}

inline Word word(const Address& address) {
    return source_id(address);
}

inline Address token(std::string_view digits) {
    return Address::from_hex("0x" + std::string{digits}).value();
}

// One transaction after the other; a log belongs to the last one that was begun.
class PriceBlock {
  public:
    PriceBlock(BlockNumber number, BlockTime time) {
        block_.header.number = number;
        block_.header.time = time;
        begin();
    }

    PriceBlock& begin() {
        const auto index = static_cast<std::uint32_t>(block_.transactions.size());
        auto& txn = block_.transactions.emplace_back();
        txn.index = index;
        txn.value = Word{};
        block_.receipts.emplace_back().index = index;
        return *this;
    }

    PriceBlock& log(const Address& address, const std::vector<Word>& topics,
                    const std::vector<Word>& words = {}) {
        auto& bytes = data_.emplace_back();
        for (const auto& each : words) bytes.insert(bytes.end(), each.bytes().begin(), each.bytes().end());
        auto& log = block_.receipts.back().logs.emplace_back();
        log.address = address;
        log.topic_count = static_cast<std::uint8_t>(topics.size());
        std::ranges::copy(topics, log.topics.begin());
        log.data = bytes;
        return *this;
    }

    PriceBlock& transfer(const Address& token, const Address& from, const Address& to, const Raw& amount) {
        return log(token, {events::kTransfer, word(from), word(to)}, {word(amount)});
    }

    PriceBlock& answer(const Address& aggregator, const Word& answer) {
        return log(aggregator, {events::kAnswerUpdated, answer, word(Raw{1})}, {Word{}});
    }

    // Both tokens move, as little as they please, so that the pool can be known by them.
    PriceBlock& sync(const Address& pair, const Address& token0, const Address& token1, const Raw& reserve0,
                     const Raw& reserve1) {
        transfer(token0, kStranger, pair, 1).transfer(token1, pair, kStranger, 1);
        return log(pair, {events::kSync}, {word(reserve0), word(reserve1)});
    }

    PriceBlock& v3_swap(const Address& pool, const Address& token0, const Address& token1, const Raw& root,
                        const Raw& liquidity, const Word& tick) {
        transfer(token0, kStranger, pool, 1).transfer(token1, pool, kStranger, 1);
        return log(pool, {events::kV3Swap, word(kStranger), word(kStranger)},
                   {Word{}, Word{}, word(root), word(liquidity), tick});
    }

    std::vector<PriceUpdate> teach(PriceBook& book) const {
        return book.apply(block_, decode_transfers(block_).transfers);
    }

    const Block& block() const { return block_; }

  private:
    std::deque<Bytes> data_;
    Block block_;
};

inline Hash hash_of(std::initializer_list<ByteView> parts) {
    Bytes bytes;
    for (const auto& part : parts) bytes.insert(bytes.end(), part.begin(), part.end());
    return keccak256(bytes);
}

inline Address created(const char* factory, const Hash& salt, const char* code) {
    const Bytes prefix{0xff};
    const auto hash = hash_of({prefix, token(factory).bytes(), salt.bytes(),
                               Hash::from_hex("0x" + std::string{code}).value().bytes()});
    return Address::from_bytes(ByteView{hash.bytes()}.subspan(12));
}

// Where Uniswap V2 puts the pair of two tokens, the lower address first: CREATE2 with the hash of both as
// salt (Uniswap V2 periphery, UniswapV2Library.pairFor).
inline Address v2_pair(const Address& token0, const Address& token1) {
    return created("5c69bee701ef814a2b6a3edd4b1652cb9cc5aa6f", hash_of({token0.bytes(), token1.bytes()}),
                   "96e8ac4277198ff8b6f785478aa9a39f403cb768dd02cbee326c3e7da348845f");
}

// Where Uniswap V3 puts the pool of two tokens with a fee in millionths (V3 periphery,
// PoolAddress.computeAddress).
inline Address v3_pool(const Address& token0, const Address& token1, std::uint64_t fee) {
    const auto salt = hash_of({word(token0).bytes(), word(token1).bytes(), word(Raw{fee}).bytes()});
    return created("1f98431c8ad98523631ae4a59f267346ea31f984", salt,
                   "e34f199b19b2b4f47f68442619d555527d244f78a3297ea89325f843f87b8b54");
}

}  // namespace moneytrail::test
