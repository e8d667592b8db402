#include "chain/block.hpp"

#include <algorithm>

namespace moneytrail {
namespace {

template <class Element>
const Element* find(const std::vector<Element>& elements, std::uint32_t index) {
    if (index < elements.size() && elements[index].index == index) return &elements[index];
    const auto found = std::ranges::lower_bound(elements, index, {}, &Element::index);
    return found != elements.end() && found->index == index ? &*found : nullptr;
}

}  // namespace

const Transaction* find_transaction(const Block& block, std::uint32_t index) {
    return find(block.transactions, index);
}

const Receipt* find_receipt(const Block& block, std::uint32_t index) {
    return find(block.receipts, index);
}

std::string_view without_traces(const Block& block, std::uint32_t index) {
    if (!block.frames) return "its block came without them";
    const auto found = std::ranges::lower_bound(block.untraced, index, {}, &Untraced::txn_index);
    return found != block.untraced.end() && found->txn_index == index ? found->why : std::string_view{};
}

}  // namespace moneytrail
