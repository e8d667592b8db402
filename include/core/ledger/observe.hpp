#pragma once

// Turns a block's transfers into the activities of those who are followed.

#include "labels/known_names.hpp"
#include "ledger/activity.hpp"
#include "prices/book.hpp"

#include <span>
#include <vector>

namespace moneytrail {

// What the rules see of a block beside its transfers, all as of the block's start.
struct Surroundings {
    const Following& following;
    const PriceBook& prices;
    const TokenList& tokens;
    const labels::KnownNames& names;
};

// In chain order, the sender's before the recipient's. Look-alikes are not told apart yet: that takes a
// history. A wrap or unwrap is one `self` activity, and the native leg to or from the WETH contract is part
// of it.
std::vector<Activity> observe(const Block& block, std::span<const Transfer> transfers,
                              const Surroundings& around);

// The transfers of each transaction seen from its sender, where that sender is nobody who is followed.
std::vector<Activity> observe_others(const Block& block, std::span<const Transfer> transfers,
                                     const Surroundings& around);

}  // namespace moneytrail
