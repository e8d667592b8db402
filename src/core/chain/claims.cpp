#include "claims.hpp"

namespace moneytrail {

using json::ondemand::value;

namespace {

std::string place(const Claimant& by, std::string_view field) {
    auto out = std::string{by.list} + "[" + std::to_string(by.index) + "]";
    if (by.log) out += ".logs[" + std::to_string(*by.log) + "]";
    return out + "." + std::string{field} + ": ";
}

template <class Fixed>
Fixed read_hash(value& field) {
    return json::fixed<Fixed>(field);
}

std::uint64_t read_number(value& field) {
    const auto token = json::token(field);
    const auto number = json::whole_of(token);
    if (!number) json::fail_type("a quantity of at most 64 bits", token);
    return *number;
}

}  // namespace

bool Claims::block_hash(value& field, const Claimant& by) {
    return block_hash_.add(field, by, read_hash<BlockHash>);
}

bool Claims::block_num(value& field, const Claimant& by) {
    return block_num_.add(field, by, read_number);
}

bool Claims::log_txn_hash(value& field, const Claimant& by) {
    return txn_hash_.add(field, by, read_hash<TxHash>);
}

bool Claims::log_txn_index(value& field, const Claimant& by) {
    return txn_index_.add(field, by, read_number);
}

void Claims::end_receipt(const Receipt& receipt) {
    if (of_a_log_.empty()) {
        if (const auto* said = txn_hash_.wrong(receipt.txn_hash))
            of_a_log_ = place(said->by, "transactionHash") + said->value.to_hex() + " is not its receipt's";
        else if (const auto* other = txn_index_.wrong(receipt.index))
            of_a_log_ =
                place(other->by, "transactionIndex") + std::to_string(other->value) + " is not its receipt's";
    }
    txn_hash_ = {};
    txn_index_ = {};
}

std::string Claims::contradiction(const Header& header) const {
    if (const auto* said = block_hash_.wrong(header.hash))
        return place(said->by, "blockHash") + said->value.to_hex() + " is not block.hash";
    if (const auto* said = block_num_.wrong(header.number))
        return place(said->by, "blockNumber") + std::to_string(said->value) + " is not block.number";
    return of_a_log_;
}

}  // namespace moneytrail
