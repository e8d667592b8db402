#include "labels/label_book.hpp"

namespace moneytrail::labels {

const Identity* LabelBook::find(const Address& address) const {
    const auto all = claims(address);
    return all.empty() || all.front().basis == Basis::predicted ? nullptr : &all.front();
}

std::span<const Identity> LabelBook::claims(const Address& address) const {
    const auto id = index_.find(address);
    if (!id) return {};
    const std::span<const Identity> all{claims_};
    return all.subspan(first_claim_[*id], first_claim_[*id + 1] - first_claim_[*id]);
}

}  // namespace moneytrail::labels
