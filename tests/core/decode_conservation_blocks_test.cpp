// What was decoded, held against what each block says by other means: the logs of the WETH contract, the
// traces of payments, the logs themselves. Over every block of the tests.

#include "base/amount.hpp"
#include "chain/contracts.hpp"
#include "chain/events.hpp"
#include "core/decode_file.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace moneytrail;
using moneytrail::test::DecodedFile;

namespace {

Raw sum(const DecodedFile& file, auto&& counts) {
    Raw out;
    for (const auto& transfer : file.decoded.transfers)
        if (counts(transfer)) out += to_raw(transfer.amount);
    return out;
}

// Of the logs of the WETH contract with this topic.
Raw sum_of_logs(const Block& block, const Word& topic) {
    Raw out;
    for (const auto& receipt : block.receipts)
        for (const auto& log : receipt.logs)
            if (log.address == contracts::kWeth && log.topics[0] == topic)
                out += to_raw(Word::from_bytes(log.data));
    return out;
}

// Holds without exception: none of these blocks has a self-destruct into WETH, which would leave no Deposit.
void check_weth(const DecodedFile& file) {
    const auto deposits = sum_of_logs(file.block, events::kDeposit);
    const auto withdrawals = sum_of_logs(file.block, events::kWithdrawal);
    using Kind = Transfer::Kind;
    CHECK(deposits == sum(file, [](auto& it) { return it.token.is_zero() && it.to == contracts::kWeth; }));
    CHECK(deposits == sum(file, [](auto& it) { return it.kind == Kind::wrap; }));
    CHECK(withdrawals ==
          sum(file, [](auto& it) { return it.token.is_zero() && it.from == contracts::kWeth; }));
    CHECK(withdrawals == sum(file, [](auto& it) { return it.kind == Kind::unwrap; }));
}

std::string payment(std::uint32_t txn_index, const Address& from, const Address& to, const Word& value) {
    return std::to_string(txn_index) + ": " + from.to_hex() + " -> " + to.to_hex() + ' ' +
           to_raw(value).str();
}

// Returns how many.
std::size_t check_payments(const DecodedFile& file) {
    REQUIRE(file.block.frames.has_value());
    std::vector<std::string> traced;
    for (const auto& frame : *file.block.frames)
        if (frame.depth == 0 && !frame.failed && !frame.value.is_zero())
            traced.push_back(payment(frame.txn_index, frame.from, frame.to, frame.value));
    std::vector<std::string> decoded;
    for (const auto& transfer : file.decoded.transfers)
        if (transfer.kind == Transfer::Kind::native)
            decoded.push_back(
                payment(transfer.position.txn_index, transfer.from, transfer.to, transfer.amount));
    CHECK(decoded == traced);
    return decoded.size();
}

bool is_transfer_event(const Log& log) {
    if (log.topic_count == 0) return false;
    const auto& topic = log.topics[0];
    if (topic == events::kDeposit || topic == events::kWithdrawal) return log.address == contracts::kWeth;
    return topic == events::kTransfer || topic == events::kTransferSingle || topic == events::kTransferBatch;
}

void check_logs(const DecodedFile& file) {
    std::map<std::uint32_t, const Receipt*> receipts;
    std::size_t events = 0;
    for (const auto& receipt : file.block.receipts) {
        receipts[receipt.index] = &receipt;
        events += static_cast<std::size_t>(std::ranges::count_if(receipt.logs, is_transfer_event));
    }
    std::set<std::pair<std::uint32_t, std::uint64_t>> logs;
    for (const auto& transfer : file.decoded.transfers) {
        const auto& [number, txn_index, place] = transfer.position;
        CHECK(number == file.block.header.number);
        if (place.kind != Place::Kind::log) continue;
        CHECK(receipts.at(txn_index)->logs.at(place.index).address.to_hex() == transfer.token.to_hex());
        logs.emplace(txn_index, place.index);
    }
    const auto& counts = file.decoded.counts;
    CHECK(logs.size() + counts.malformed_logs + counts.native_coin_logs == events);
}

}  // namespace

TEST_CASE("every block: ether in WETH, payments, positions and transfer events add up") {
    std::size_t weth_blocks = 0;
    std::size_t payments = 0;
    const auto given = test::read_given();
    for (const auto& path : test::block_files()) {
        const auto file = test::decode_file(path);
        INFO("block " << file.block.header.number);
        const auto& transfers = file.decoded.transfers;
        CHECK(std::ranges::adjacent_find(transfers, std::greater_equal{}, &Transfer::position) ==
              transfers.end());
        check_logs(file);
        const auto& [traces, logs] = given.at(file.block.header.number);
        if (!traces) continue;
        payments += check_payments(file);
        if (!logs) continue;
        ++weth_blocks;
        check_weth(file);
    }
    CHECK(weth_blocks >= 78);
    CHECK(payments >= 11646);
}
