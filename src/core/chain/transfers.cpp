#include "chain/transfers.hpp"

#include "base/amount.hpp"
#include "chain/contracts.hpp"
#include "chain/events.hpp"
#include "created_address.hpp"

#include <algorithm>
#include <map>

namespace moneytrail {

DecodeCounts& DecodeCounts::operator+=(const DecodeCounts& other) {
    malformed_logs += other.malformed_logs;
    anonymous_logs += other.anonymous_logs;
    native_coin_logs += other.native_coin_logs;
    unknown_outcomes += other.unknown_outcomes;
    unknown_values += other.unknown_values;
    unknown_recipients += other.unknown_recipients;
    unplaced_withdrawals += other.unplaced_withdrawals;
    untraced += other.untraced;
    stray_frames += other.stray_frames;
    return *this;
}

namespace {

constexpr Word kOne = [] {
    Word one;
    one.bytes().back() = 1;
    return one;
}();

// None: the upper 12 bytes are not zero, so it is no address.
std::optional<Address> to_address(const Word& word) {
    const auto& bytes = word.bytes();
    if (std::ranges::any_of(bytes.begin(), bytes.begin() + 12, [](auto byte) { return byte != 0; }))
        return std::nullopt;
    return Address::from_bytes(ByteView{bytes}.subspan(12));
}

std::optional<Word> word_at(ByteView data, std::uint64_t offset) {
    if (data.size() < Word::kSize || offset > data.size() - Word::kSize) return std::nullopt;
    return Word::from_bytes(data.subspan(offset));
}

// A number that counts bytes or elements of `data`: none when it is larger than the data could hold.
std::optional<std::uint64_t> small_at(ByteView data, std::uint64_t offset) {
    const auto word = word_at(data, offset);
    if (!word) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < Word::kSize; ++i) {
        if (value > data.size()) return std::nullopt;
        value = value << 8 | word->bytes()[i];
    }
    return value > data.size() ? std::nullopt : std::optional{value};
}

// The elements of an ABI-encoded uint256[] whose offset stands at `head`; none when they leave the data.
std::optional<ByteView> array_at(ByteView data, std::uint64_t head) {
    const auto offset = small_at(data, head);
    if (!offset) return std::nullopt;
    const auto count = small_at(data, *offset);
    if (!count || *count > (data.size() - *offset - Word::kSize) / Word::kSize) return std::nullopt;
    return data.subspan(*offset + Word::kSize, *count * Word::kSize);
}

class LogDecoder {
  public:
    explicit LogDecoder(DecodedBlock& out) : out_{out} {}

    void decode(const Log& log, const Position& position) {
        if (log.topic_count == 0) {
            ++out_.counts.anonymous_logs;
            return;
        }
        const auto& topic = log.topics[0];
        bool taken = true;
        if (topic == events::kTransfer)
            taken = transfer(log, position);
        else if (topic == events::kDeposit)
            taken = wrap(log, position, Transfer::Kind::wrap);
        else if (topic == events::kWithdrawal)
            taken = wrap(log, position, Transfer::Kind::unwrap);
        else if (topic == events::kTransferSingle)
            taken = single(log, position);
        else if (topic == events::kTransferBatch)
            taken = batch(log, position);
        if (!taken) ++out_.counts.malformed_logs;
    }

  private:
    bool transfer(const Log& log, Position position) {
        if (log.address == contracts::kNativeLogs) {
            ++out_.counts.native_coin_logs;
            return true;
        }
        const auto from = to_address(log.topics[1]);
        const auto to = to_address(log.topics[2]);
        if (log.topic_count < 3 || !from || !to) return false;
        if (log.topic_count == 4 && log.data.empty()) {
            add({Transfer::Kind::erc721, position, *from, *to, log.address, kOne, log.topics[3]});
            return true;
        }
        if (log.topic_count != 3 || log.data.size() < Word::kSize) return false;
        add({Transfer::Kind::erc20, position, *from, *to, log.address, Word::from_bytes(log.data), {}});
        return true;
    }

    bool wrap(const Log& log, Position position, Transfer::Kind kind) {
        if (log.address != contracts::kWeth) return true;  // many vaults have events of the same name
        const auto account = to_address(log.topics[1]);
        if (log.topic_count != 2 || !account || log.data.size() < Word::kSize) return false;
        add({kind, position, *account, *account, log.address, Word::from_bytes(log.data), {}});
        return true;
    }

    bool single(const Log& log, Position position) {
        const auto from = to_address(log.topics[2]);
        const auto to = to_address(log.topics[3]);
        const auto token_id = word_at(log.data, 0);
        const auto amount = word_at(log.data, Word::kSize);
        if (log.topic_count != 4 || !from || !to || !amount) return false;
        add({Transfer::Kind::erc1155, position, *from, *to, log.address, *amount, *token_id});
        return true;
    }

    bool batch(const Log& log, Position position) {
        const auto from = to_address(log.topics[2]);
        const auto to = to_address(log.topics[3]);
        const auto ids = array_at(log.data, 0);
        const auto amounts = array_at(log.data, Word::kSize);
        if (log.topic_count != 4 || !from || !to || !ids || !amounts || ids->size() != amounts->size())
            return false;
        for (std::size_t offset = 0; offset < ids->size(); offset += Word::kSize) {
            position.place.item = static_cast<std::uint32_t>(offset / Word::kSize) + 1;
            add({Transfer::Kind::erc1155, position, *from, *to, log.address,
                 Word::from_bytes(amounts->subspan(offset)), Word::from_bytes(ids->subspan(offset))});
        }
        return true;
    }

    void add(const Transfer& transfer) { out_.transfers.push_back(transfer); }

    DecodedBlock& out_;
};

// The frames of one transaction, in execution order.
using TxnFrames = std::span<const Frame>;

TxnFrames frames_of(const Block& block, std::uint32_t txn, std::size_t& next) {
    if (!block.frames) return {};
    const auto& frames = *block.frames;
    const auto first = next;
    while (next < frames.size() && frames[next].txn_index == txn) ++next;
    return {frames.data() + first, next - first};
}

// None: nobody says. Before Byzantium a receipt has no status, but a trace shows a failed top frame.
std::optional<bool> succeeded(const Block& block, const Transaction& txn, const Receipt* receipt,
                              TxnFrames frames) {
    if (receipt && receipt->succeeded) return receipt->succeeded;
    if (!without_traces(block, txn.index).empty()) return std::nullopt;
    return frames.empty() || frames.front().depth != 0 || !frames.front().failed;
}

// None: a creation of which nobody says what it made.
std::optional<Address> recipient(const Transaction& txn, const Receipt* receipt, TxnFrames frames) {
    if (txn.to) return txn.to;
    if (const auto computed = created_address(txn)) return computed;
    if (receipt && receipt->contract_address) return receipt->contract_address;
    if (!frames.empty() && frames.front().depth == 0) return frames.front().to;
    return std::nullopt;
}

void decode_value(const Block& block, const Transaction& txn, const Receipt* receipt, TxnFrames frames,
                  DecodedBlock& out) {
    if (!txn.value) {
        ++out.counts.unknown_values;
        return;
    }
    if (txn.value->is_zero()) return;
    const auto outcome = succeeded(block, txn, receipt, frames);
    if (!outcome) ++out.counts.unknown_outcomes;
    if (!outcome.value_or(false)) return;
    const auto to = recipient(txn, receipt, frames);
    if (!to) {
        ++out.counts.unknown_recipients;
        return;
    }
    const Position position{block.header.number, txn.index, {}};
    out.transfers.push_back({Transfer::Kind::native, position, txn.from, *to, {}, *txn.value, {}});
}

void decode_frames(TxnFrames frames, Position position, DecodedBlock& out) {
    std::uint64_t next = 0;
    for (const auto& frame : frames) {
        if (frame.depth == 0) continue;
        position.place = {Place::Kind::internal, next++, 0};
        out.transfers.push_back(
            {Transfer::Kind::internal, position, frame.from, frame.to, {}, frame.value, {}});
    }
}

void decode_withdrawals(const Block& block, DecodedBlock& out) {
    if (!block.withdrawals) return;
    std::map<std::uint64_t, const Withdrawal*> by_index;  // the chain lists them so; a partial source may not
    for (const auto& withdrawal : *block.withdrawals) {
        const bool placed = withdrawal.index && by_index.try_emplace(*withdrawal.index, &withdrawal).second;
        if (!placed) ++out.counts.unplaced_withdrawals;
    }
    for (const auto& [index, withdrawal] : by_index) {
        const Position position{block.header.number, kNoTransaction, {Place::Kind::withdrawal, index, 0}};
        const auto wei = to_word(Raw{withdrawal->gwei} * 1'000'000'000U);
        out.transfers.push_back({Transfer::Kind::withdrawal, position, {}, withdrawal->address, {}, wei, {}});
    }
}

}  // namespace

DecodedBlock decode_transfers(const Block& block) {
    DecodedBlock out;
    out.counts.untraced = block.untraced.size();
    out.counts.stray_frames = block.stray_frames;
    LogDecoder logs{out};
    std::size_t next_frame = 0;
    for (const auto& txn : block.transactions) {
        const auto* receipt = find_receipt(block, txn.index);
        const auto frames = frames_of(block, txn.index, next_frame);
        decode_value(block, txn, receipt, frames, out);
        decode_frames(frames, {block.header.number, txn.index, {}}, out);
        if (!receipt) continue;
        for (std::size_t k = 0; k < receipt->logs.size(); ++k)
            logs.decode(receipt->logs[k], {block.header.number, txn.index, {Place::Kind::log, k, 0}});
    }
    decode_withdrawals(block, out);
    return out;
}

}  // namespace moneytrail
