#include "chain/events.hpp"
#include "chain/transfers.hpp"

#include <array>
#include <cstdlib>

using namespace moneytrail;

// One log with any number of topics and any data: every item that is decoded fits into the data.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
    constexpr std::array kTopics{events::kTransfer, events::kTransferSingle, events::kTransferBatch,
                                 events::kDeposit,  events::kWithdrawal,     Word{}};
    constexpr std::size_t kHead = 2 + 4 * Word::kSize;
    if (size < kHead) return 0;
    Block block;
    block.transactions.emplace_back();
    auto& log = block.receipts.emplace_back().logs.emplace_back();
    log.topic_count = input[0] % 5;
    for (std::size_t i = 0; i < log.topic_count; ++i)
        log.topics[i] = Word::from_bytes({input + 2 + i * Word::kSize, Word::kSize});
    // Mostly a topic that is decoded, and topics that are addresses: chance would never find one.
    if (log.topic_count > 0 && input[1] % 8 < kTopics.size()) log.topics[0] = kTopics[input[1] % 8];
    if (input[1] & 0x80)
        for (std::size_t i = 1; i < log.topic_count; ++i)
            for (std::size_t k = 0; k < 12; ++k) log.topics[i].bytes()[k] = 0;
    log.data = {input + kHead, size - kHead};

    const auto decoded = decode_transfers(block);
    if (decoded.transfers.size() * Word::kSize > size) std::abort();
    if (!decoded.transfers.empty() && decoded.counts.malformed_logs != 0) std::abort();
    return 0;
}
