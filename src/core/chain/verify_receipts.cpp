#include "base/keccak.hpp"
#include "encoded_list.hpp"
#include "transaction_rlp.hpp"
#include "verify_parts.hpp"

namespace moneytrail {
namespace {

// EIP-2718: a first byte above this begins a legacy receipt.
constexpr std::uint64_t kHighestType = 0x7f;

// Where the receipt does not say, it is its transaction's: some nodes leave it out.
std::uint64_t type_of(const Block& block, std::size_t index) {
    const auto& receipt = block.receipts[index];
    if (receipt.type) return *receipt.type;
    return index < block.transactions.size() ? block.transactions[index].type : 0;
}

std::string_view missing_field(const Receipt& receipt) {
    if (!receipt.succeeded && !receipt.root) return "status";
    if (!receipt.cumulative_gas_used) return "cumulativeGasUsed";
    if (!receipt.bloom) return "logsBloom";
    return {};
}

// Yellow Paper 4.4.1; EIP-658 (status in place of the root); EIP-2718 (type in front).
void write_receipt(rlp::Writer& out, const Receipt& receipt, std::uint64_t type) {
    if (type != 0) out.raw(static_cast<std::uint8_t>(type));
    out.list([&] {
        if (receipt.succeeded)
            out.number(*receipt.succeeded ? 1 : 0);
        else
            out.string(*receipt.root);
        out.number(*receipt.cumulative_gas_used);
        out.string(*receipt.bloom);
        out.list([&] {
            for (const auto& log : receipt.logs)
                out.list([&] {
                    out.string(log.address);
                    out.list([&] {
                        for (std::size_t i = 0; i < log.topic_count; ++i) out.string(log.topics[i]);
                    });
                    out.string(log.data);
                });
        });
    });
}

// Yellow Paper 4.4.1, M3:2048: three bits for each address and topic.
void add_to_bloom(Bloom& bloom, ByteView item) {
    const auto hash = keccak256(item);
    for (std::size_t i = 0; i < 6; i += 2) {
        const auto bit = (hash.bytes()[i] << 8 | hash.bytes()[i + 1]) & 2047;
        auto& byte = bloom.bytes()[Bloom::kSize - 1 - static_cast<std::size_t>(bit / 8)];
        byte = static_cast<std::uint8_t>(byte | 1 << bit % 8);
    }
}

Bloom bloom_of(const std::vector<Receipt>& receipts) {
    Bloom bloom;
    for (const auto& receipt : receipts)
        for (const auto& log : receipt.logs) {
            add_to_bloom(bloom, log.address.bytes());
            for (std::size_t i = 0; i < log.topic_count; ++i) add_to_bloom(bloom, log.topics[i].bytes());
        }
    return bloom;
}

// Without the root the header's bloom still covers the logs' addresses and topics, one way: what it lacks is
// no log of this block, but a log that is left out goes unseen.
Checked judge_by_bloom(const Block& block, std::string why) {
    if (!block.header.bloom) return not_given(std::move(why));
    const auto& known = block.header.bloom->bytes();
    const auto logs = bloom_of(block.receipts);
    for (std::size_t i = 0; i < Bloom::kSize; ++i)
        if ((logs.bytes()[i] & ~known[i]) != 0)
            return wrong("receipts: a log sets a bit that block.logsBloom lacks");
    if (logs != *block.header.bloom) why += "; the logs set fewer bits than block.logsBloom has";
    return not_given(std::move(why));
}

}  // namespace

Checked verify_receipts(const Block& block) {
    EncodedList encoded;
    std::string unknown;  // the first receipt of a type of which the standard form is only a guess
    for (std::size_t i = 0; i < block.receipts.size(); ++i) {
        const auto& receipt = block.receipts[i];
        const auto type = type_of(block, i);
        const auto unknown_type = [&] {
            return element("receipts", i, "type: ") + std::to_string(type) + " is not known";
        };
        if (const auto name = missing_field(receipt); !name.empty())
            return judge_by_bloom(block, element("receipts", i, name) + ": missing");
        if (type > kHighestType) return judge_by_bloom(block, unknown_type());
        if (!is_known_type(type) && unknown.empty()) unknown = unknown_type();
        encoded.add([&](rlp::Writer& out) { write_receipt(out, receipt, type); });
    }
    if (const auto hole = first_hole(block.receipts))
        return judge_by_bloom(block, "receipts: the one with index " + std::to_string(*hole) + " is missing");
    if (!block.header.receipts_root) return judge_by_bloom(block, "block.receiptsRoot: missing");
    const auto root = encoded.root();
    if (root == *block.header.receipts_root) return {};
    if (!unknown.empty()) return judge_by_bloom(block, unknown);
    return wrong("block.receiptsRoot: the receipts give " + root.to_hex());
}

}  // namespace moneytrail
