#include "encoded_list.hpp"
#include "verify_parts.hpp"

namespace moneytrail {

// Source: EIP-4895.
Checked verify_withdrawals(const Block& block, Proof header) {
    const auto& root = block.header.withdrawals_root;
    if (!block.withdrawals) return not_given(root ? "block.withdrawals: missing" : "");
    if (!root) {
        if (header == Proof::right && !block.withdrawals->empty())
            return wrong("block.withdrawals: the header has no root for them");
        return not_given("block.withdrawalsRoot: missing");
    }
    EncodedList encoded;
    for (std::size_t i = 0; i < block.withdrawals->size(); ++i) {
        const auto& withdrawal = (*block.withdrawals)[i];
        if (!withdrawal.index) return not_given(element("block.withdrawals", i, "index: missing"));
        if (!withdrawal.validator_index)
            return not_given(element("block.withdrawals", i, "validatorIndex: missing"));
        encoded.add([&](rlp::Writer& out) {
            out.list([&] {
                out.number(*withdrawal.index);
                out.number(*withdrawal.validator_index);
                out.string(withdrawal.address);
                out.number(withdrawal.gwei);
            });
        });
    }
    const auto computed = encoded.root();
    if (computed != *root) return wrong("block.withdrawalsRoot: the withdrawals give " + computed.to_hex());
    return {};
}

}  // namespace moneytrail
