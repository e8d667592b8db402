#include "chain/contracts.hpp"
#include "chain/events.hpp"
#include "prices/book.hpp"

#include <array>
#include <cstdlib>

using namespace moneytrail;

namespace {

// Bytes of the input, one after the other; zeros behind its end.
class Input {
  public:
    Input(const std::uint8_t* data, std::size_t size) : data_{data, size} {}

    bool empty() const { return at_ >= data_.size(); }
    std::uint8_t byte() { return empty() ? std::uint8_t{0} : data_[at_++]; }
    // Small, large or any number, and sometimes an address: chance would find none of them.
    Word word(std::span<const Address> addresses) {
        Word out;
        const auto kind = byte() % 4;
        auto& bytes = out.bytes();
        if (kind == 0) bytes[31] = byte();
        if (kind == 1) bytes.fill(byte());
        if (kind == 2)
            for (auto& each : bytes) each = byte();
        if (kind == 3) {
            const auto& address = addresses[byte() % addresses.size()];
            std::ranges::copy(address.bytes(), bytes.begin() + 12);
        }
        return out;
    }

  private:
    std::span<const std::uint8_t> data_;
    std::size_t at_ = 0;
};

constexpr std::array kTopics{events::kTransfer,         events::kAnswerUpdated,   events::kNewTransmission,
                             events::kNewTransmission2, events::kPairCreated,     events::kSync,
                             events::kPoolCreated,      events::kV3Initialize,    events::kV3Swap,
                             events::kPancakeV3Swap,    events::kV3Mint,          events::kV3Burn,
                             events::kV4Initialize,     events::kV4Swap,          events::kV4ModifyLiquidity,
                             events::kCurveStable,      events::kCurveUnderlying, events::kCurveCrypto,
                             events::kCurveCryptoNg,    events::kBalancerSwap,    events::kBalancerChanged,
                             events::kBalancerManaged};

// Those who are believed, tokens with a price, and pools that stand where their factories put them: of
// USDC and WETH in Uniswap V2 and V3, and Uniswap V4's manager, Balancer's vault and Curve's 3pool.
constexpr std::array kAddresses{contracts::kWeth,
                                contracts::kUsdc,
                                contracts::kDai,
                                contracts::address("e62b71cf983019bff55bc83b48601ce8419650cc"),
                                contracts::address("b4e16d0168e52d35cacd2c6185b44281ec28c9dc"),
                                contracts::address("88e6a0c2ddd26feeb64f039a2c41296fcb3f5640"),
                                contracts::address("000000000004444c5dc75cb358380d2e3de08a90"),
                                contracts::address("ba12222222228d8ba445958a75a0704d566bf2c8"),
                                contracts::address("bebc44782c7db0a1a60cb6fe97d0b483032ff1c7"),
                                contracts::address("00000000000000000000000000000000000000aa")};

Block make_block(Input& input, BlockNumber number) {
    constexpr std::size_t kMostLogs = 12;
    constexpr std::size_t kMostWords = 10;
    Block block;
    block.header.number = number;
    block.header.time =
        BlockTime{std::chrono::seconds{1'700'000'000 + 12 * static_cast<std::int64_t>(number)}};
    block.memory = std::make_unique<std::uint8_t[]>(kMostLogs * kMostWords * Word::kSize);
    auto& txn = block.transactions.emplace_back();
    txn.value = Word{};
    auto& logs = block.receipts.emplace_back().logs;
    for (auto count = input.byte() % kMostLogs; count > 0 && !input.empty(); --count) {
        auto* at = block.memory.get() + logs.size() * kMostWords * Word::kSize;
        auto& log = logs.emplace_back();
        log.address = kAddresses[input.byte() % kAddresses.size()];
        log.topic_count = static_cast<std::uint8_t>(1 + input.byte() % 4);
        log.topics[0] = kTopics[input.byte() % kTopics.size()];
        for (std::size_t i = 1; i < log.topic_count; ++i) log.topics[i] = input.word(kAddresses);
        const auto words = input.byte() % (kMostWords + 1);
        for (std::size_t i = 0; i < words; ++i) {
            const auto word = input.word(kAddresses);
            std::ranges::copy(word.bytes(), at + i * Word::kSize);
        }
        log.data = {at, words * Word::kSize};
    }
    return block;
}

TokenList tokens() {
    TokenList out;
    out[contracts::kWeth].decimals = std::uint8_t{18};
    out[contracts::kUsdc].decimals = std::uint8_t{6};
    out[contracts::kDai].decimals = std::uint8_t{18};
    out[kAddresses.back()].decimals = std::uint8_t{0};
    return out;
}

}  // namespace

// Blocks of any logs about prices: nothing throws, and a book that learns what was taught is the same book.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto kTokens = tokens();
    Input input{data, size};
    PriceBook book{default_feeds(), kTokens};
    PriceBook learned{default_feeds(), kTokens};
    for (BlockNumber number = 1; number < 8 && !input.empty(); ++number) {
        const auto block = make_block(input, number);
        for (const auto& update : book.apply(block, decode_transfers(block).transfers)) learned.learn(update);
        for (const auto& address : kAddresses) {
            const auto at = block.header.time;
            const auto value = book.value(address, ~Raw{0}, at);
            if (value && *value < Usd{}) std::abort();
            if (book.value(address, Raw{1}, at) != learned.value(address, Raw{1}, at)) std::abort();
            if (book.is_pool_share(address)) std::ignore = book.pool_holdings(address, at);
        }
    }
    if (book.newest() != learned.newest()) std::abort();
    book.rollback_above(2);
    book.forget_pools();
    return 0;
}
