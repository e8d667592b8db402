#include "created_address.hpp"

#include "base/keccak.hpp"
#include "base/rlp.hpp"
#include "transaction_rlp.hpp"

namespace moneytrail {

std::optional<Address> created_address(const Transaction& txn) {
    if (txn.to || !txn.nonce || !is_known_type(txn.type)) return std::nullopt;
    rlp::Writer out;
    out.list([&] {
        out.string(txn.from);
        out.number(*txn.nonce);
    });
    const auto hash = keccak256(out.view());
    return Address::from_bytes(ByteView{hash.bytes()}.last(Address::kSize));
}

}  // namespace moneytrail
