#pragma once

// Turns a block's transfers into the activities of those who are followed.

#include "labels/known_names.hpp"
#include "ledger/activity.hpp"
#include "prices/book.hpp"

#include <span>
#include <vector>

namespace moneytrail {

// In chain order, the sender's before the recipient's. What they are worth and whether they are spam is not
// said yet: `appraise` does. A wrap or unwrap is one `self` activity, and the native leg to or from the WETH
// contract is part of it.
std::vector<Activity> observe(const Block& block, std::span<const Transfer> transfers,
                              const Following& following, const labels::LabelBook& labels);

// The transfers of each transaction seen from its sender, where that sender is nobody who is followed.
std::vector<Activity> observe_others(const Block& block, std::span<const Transfer> transfers,
                                     const Following& following);

// What is known of tokens, as of the block's start.
struct Valuation {
    const PriceBook& prices;
    const TokenList& tokens;
    const labels::KnownNames& names;
};

// Sets what each is worth and whether it is spam. Look-alikes are not told apart yet: that takes a history.
void appraise(std::span<Activity> activities, const Valuation& valuation);

// What is stored of an activity by today's rules and lists: its relation, organisations and spam. Within an
// entity it stays, and a look-alike is one until a history says otherwise.
void observe_again(Activity& activity, const Valuation& valuation);

}  // namespace moneytrail
