#pragma once

// The parts of a verification, each computed on its own.

#include "chain/verify.hpp"

#include <optional>
#include <vector>

namespace moneytrail {

struct Checked {
    Proof proof = Proof::right;
    std::string why;  // empty when right, and where there is nothing to prove
};

Checked verify_header(const Header& header, std::uint64_t chain_id);
Checked verify_transactions(const Block& block);
Checked verify_receipts(const Block& block);
Checked verify_withdrawals(const Block& block, Proof header);
Checked verify_links(const Block& block, std::uint64_t chain_id);

inline Checked wrong(std::string why) {
    return {Proof::wrong, std::move(why)};
}

inline Checked not_given(std::string why) {
    return {Proof::not_given, std::move(why)};
}

// "transactions[3].hash"
inline std::string element(std::string_view list, std::size_t index, std::string_view field) {
    return std::string{list} + "[" + std::to_string(index) + "]." + std::string{field};
}

// The first index that a list of transactions or receipts leaves out before its end. None: it has no hole.
template <class Element>
std::optional<std::size_t> first_hole(const std::vector<Element>& elements) {
    for (std::size_t i = 0; i < elements.size(); ++i)
        if (elements[i].index != i) return i;
    return std::nullopt;
}

}  // namespace moneytrail
