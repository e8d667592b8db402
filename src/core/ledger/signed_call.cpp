#include "ledger/signed_call.hpp"

#include "chain/contracts.hpp"
#include "chain/events.hpp"

#include <algorithm>
#include <array>

namespace moneytrail {
namespace {

// ExecutionSuccess(bytes32,uint256), of a Safe
constexpr Word kExecutionSuccess =
    events::topic("442e715f626346e8c54381002da614f62bee8d27386535b2521ec8540898556e");
// ExecutionFromModuleSuccess(address), of a Safe whose module acted
constexpr Word kModuleSuccess =
    events::topic("6895c13664aa4f67288b25d7a21d7aaa34916e355fb9b6fae0a139a9085becb8");
// UserOperationEvent(bytes32,address,address,uint256,bool,uint256,uint256), of ERC-4337 entry points
constexpr Word kUserOperation =
    events::topic("49628fd1471006c1482da88028e9ce4dbb080b815c9b0344d39e5a8e6ec1419f");
// Versions 0.6 to 0.9: the same on every chain.
constexpr std::array kEntryPoints{contracts::address("5ff137d4b0fdcd49dca30c7cf57e578a026d2789"),
                                  contracts::address("0000000071727de22e5e9d8baf0edac6f37da032"),
                                  contracts::address("4337084d9e255ff0702461cf8895ce9e3b5ff108"),
                                  contracts::address("433709009b8330fda32311df1c2afa402ed8d009")};

bool is_in(const Word& topic, const Address& address) {
    const auto& bytes = topic.bytes();
    return std::all_of(bytes.begin(), bytes.begin() + 12, [](auto byte) { return byte == 0; }) &&
           std::equal(bytes.begin() + 12, bytes.end(), address.bytes().begin());
}

// execTransaction(address to, …): the first argument.
std::optional<Address> called_by_safe(const Transaction& txn, const Address& safe) {
    constexpr std::array<std::uint8_t, 4> kExecTransaction{0x6a, 0x76, 0x12, 0x02};
    if (txn.to != safe || !txn.input || txn.input->size() < 36) return std::nullopt;
    if (!std::equal(kExecTransaction.begin(), kExecTransaction.end(), txn.input->begin()))
        return std::nullopt;
    return Address::from_bytes(txn.input->subspan(16, 20));
}

SignedCall call_of(const std::optional<Address>& called, const labels::LabelBook& labels) {
    const auto* identity = called ? labels.find(*called) : nullptr;
    return {called, identity ? std::optional{identity->organisation} : std::nullopt};
}

}  // namespace

std::optional<SignedCall> signed_call(const Transaction& txn, const Receipt* receipt, const Address& subject,
                                      const labels::LabelBook& labels) {
    // What an account calls through its own code (EIP-7702) is not the account.
    if (txn.from == subject) return call_of(txn.to == subject ? std::nullopt : txn.to, labels);
    if (!receipt) return std::nullopt;
    for (const auto& log : receipt->logs) {
        if (log.topic_count == 0) continue;
        if (log.topics[0] == kExecutionSuccess && log.address == subject)
            return call_of(called_by_safe(txn, subject), labels);
        if (log.topics[0] == kModuleSuccess && log.address == subject) return SignedCall{};
        if (log.topics[0] == kUserOperation && log.topic_count == 4 && is_in(log.topics[2], subject) &&
            std::ranges::find(kEntryPoints, log.address) != kEntryPoints.end())
            return SignedCall{};
    }
    return std::nullopt;
}

}  // namespace moneytrail
