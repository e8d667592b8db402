#include "base/keccak.hpp"
#include "base/rlp.hpp"
#include "verify_parts.hpp"

#include <array>

namespace moneytrail {
namespace {

enum class Fork { frontier, london, shanghai, cancun, prague, amsterdam };

struct Field {
    std::string_view name;
    Fork since;
    bool given;
};

// In the order in which they are hashed (Yellow Paper 4.4.3; EIP-1559, 4895, 4844, 4788, 7685, 7928, 7843).
std::array<Field, 23> fields_of(const Header& header) {
    return {{{"parentHash", Fork::frontier, header.parent.has_value()},
             {"sha3Uncles", Fork::frontier, header.uncles_hash.has_value()},
             {"miner", Fork::frontier, header.fee_recipient.has_value()},
             {"stateRoot", Fork::frontier, header.state_root.has_value()},
             {"transactionsRoot", Fork::frontier, header.transactions_root.has_value()},
             {"receiptsRoot", Fork::frontier, header.receipts_root.has_value()},
             {"logsBloom", Fork::frontier, header.bloom.has_value()},
             {"difficulty", Fork::frontier, header.difficulty.has_value()},
             {"number", Fork::frontier, true},
             {"gasLimit", Fork::frontier, header.gas_limit.has_value()},
             {"gasUsed", Fork::frontier, header.gas_used.has_value()},
             {"timestamp", Fork::frontier, true},
             {"extraData", Fork::frontier, header.extra_data.has_value()},
             {"mixHash", Fork::frontier, header.mix_hash.has_value()},
             {"nonce", Fork::frontier, header.nonce.has_value()},
             {"baseFeePerGas", Fork::london, header.base_fee.has_value()},
             {"withdrawalsRoot", Fork::shanghai, header.withdrawals_root.has_value()},
             {"blobGasUsed", Fork::cancun, header.blob_gas_used.has_value()},
             {"excessBlobGas", Fork::cancun, header.excess_blob_gas.has_value()},
             {"parentBeaconBlockRoot", Fork::cancun, header.parent_beacon_root.has_value()},
             {"requestsHash", Fork::prague, header.requests_hash.has_value()},
             {"blockAccessListHash", Fork::amsterdam, header.block_access_list_hash.has_value()},
             {"slotNumber", Fork::amsterdam, header.slot_number.has_value()}}};
}

// Of forks that added fields. Sources: EIP-1559 (London), the execution specifications' fork timestamps.
Fork known_fork(const Header& header, std::uint64_t chain_id) {
    constexpr std::uint64_t kMainnet = 1;
    constexpr BlockNumber kLondon = 12'965'000;
    constexpr std::array<std::pair<Fork, std::chrono::seconds>, 3> kByTime{
        {{Fork::prague, std::chrono::seconds{1'746'612'311}},
         {Fork::cancun, std::chrono::seconds{1'710'338'135}},
         {Fork::shanghai, std::chrono::seconds{1'681'338'455}}}};
    if (chain_id != kMainnet) return Fork::frontier;
    for (const auto& [fork, since] : kByTime)
        if (header.time.time_since_epoch() >= since) return fork;
    return header.number >= kLondon ? Fork::london : Fork::frontier;
}

// The fork that the block must be of at least, as it has a field that came with it.
Fork shown_fork(std::span<const Field> fields) {
    auto out = Fork::frontier;
    for (const auto& field : fields)
        if (field.given) out = std::max(out, field.since);
    return out;
}

std::string_view missing_field(const Header& header, std::uint64_t chain_id) {
    const auto fields = fields_of(header);
    const auto fork = std::max(known_fork(header, chain_id), shown_fork(fields));
    for (const auto& field : fields)
        if (!field.given && field.since <= fork) return field.name;
    return {};
}

void write_first_fields(rlp::Writer& out, const Header& header) {
    out.string(*header.parent);
    out.string(*header.uncles_hash);
    out.string(*header.fee_recipient);
    out.string(*header.state_root);
    out.string(*header.transactions_root);
    out.string(*header.receipts_root);
    out.string(*header.bloom);
    out.number(*header.difficulty);
    out.number(header.number);
    out.number(*header.gas_limit);
    out.number(*header.gas_used);
    out.number(static_cast<std::uint64_t>(header.time.time_since_epoch().count()));
    out.string(*header.extra_data);
    out.string(*header.mix_hash);
    out.string(*header.nonce);
}

void write_later_fields(rlp::Writer& out, const Header& header) {
    if (header.base_fee) out.number(*header.base_fee);
    if (header.withdrawals_root) out.string(*header.withdrawals_root);
    if (header.blob_gas_used) out.number(*header.blob_gas_used);
    if (header.excess_blob_gas) out.number(*header.excess_blob_gas);
    if (header.parent_beacon_root) out.string(*header.parent_beacon_root);
    if (header.requests_hash) out.string(*header.requests_hash);
    if (header.block_access_list_hash) out.string(*header.block_access_list_hash);
    if (header.slot_number) out.number(*header.slot_number);
}

}  // namespace

Checked verify_header(const Header& header, std::uint64_t chain_id) {
    if (const auto name = missing_field(header, chain_id); !name.empty())
        return not_given("block." + std::string{name} + ": missing");
    rlp::Writer out;
    out.list([&] {
        write_first_fields(out, header);
        write_later_fields(out, header);
    });
    const auto hash = keccak256(out.view());
    if (hash.bytes() != header.hash.bytes())
        return wrong("block.hash: the header's fields give " + hash.to_hex());
    return {};
}

}  // namespace moneytrail
