#include "chain/verify.hpp"

#include "verify_parts.hpp"

#include <algorithm>
#include <array>

namespace moneytrail {

std::string_view to_string(Proof proof) {
    switch (proof) {
        case Proof::right:
            return "right";
        case Proof::wrong:
            return "wrong";
        case Proof::not_given:
            return "not given";
    }
    return {};
}

bool Verification::usable() const {
    return header == Proof::right && transactions == Proof::right && receipts == Proof::right && !wrong();
}

bool Verification::wrong() const {
    const std::array parts{header, transactions, receipts, withdrawals, links};
    return std::ranges::find(parts, Proof::wrong) != parts.end();
}

Verification verify(const Block& block, std::uint64_t chain_id) {
    const auto header = verify_header(block.header, chain_id);
    const std::array parts{header, verify_transactions(block), verify_receipts(block),
                           verify_withdrawals(block, header.proof), verify_links(block, chain_id)};
    Verification out{.header = parts[0].proof,
                     .transactions = parts[1].proof,
                     .receipts = parts[2].proof,
                     .withdrawals = parts[3].proof,
                     .links = parts[4].proof,
                     .why = {}};
    for (const auto proof : {Proof::wrong, Proof::not_given})
        for (const auto& part : parts)
            if (out.why.empty() && part.proof == proof) out.why = part.why;
    return out;
}

}  // namespace moneytrail
