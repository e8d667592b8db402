#include "ledger/observe.hpp"

#include "chain/contracts.hpp"
#include "ledger/signed_call.hpp"

namespace moneytrail {

namespace {

bool is_native(Transfer::Kind kind) {
    return kind == Transfer::Kind::native || kind == Transfer::Kind::internal ||
           kind == Transfer::Kind::withdrawal;
}

bool is_nobody(const Address& address) {
    return contracts::is_nobodys(address) || address == contracts::kWeth;
}

// The native side of a wrap, which the Deposit or Withdrawal log tells as well.
bool is_leg_of_wrap(const Transfer& transfer) {
    return is_native(transfer.kind) && (transfer.from == contracts::kWeth || transfer.to == contracts::kWeth);
}

bool is_nft(Transfer::Kind kind) {
    return kind == Transfer::Kind::erc721 || kind == Transfer::Kind::erc1155;
}

Spam spam_of(const Activity& activity, const Valuation& valuation) {
    if (activity.amount.is_zero()) return Spam::nothing_moved;
    if (activity.token &&
        is_counterfeit(find_token(valuation.tokens, *activity.token), valuation.names.protected_tokens) &&
        !valuation.prices.is_pool_share(*activity.token))
        return Spam::counterfeit;
    return Spam::none;
}

Activity describe(const Block& block, const Transfer& transfer) {
    Activity activity;
    activity.position = transfer.position;
    activity.time = block.header.time;
    if (transfer.position.txn_index != kNoTransaction)
        activity.txn_hash = find_transaction(block, transfer.position.txn_index)->hash;
    activity.kind = transfer.kind;
    if (!is_native(transfer.kind)) activity.token = transfer.token;
    if (is_nft(transfer.kind)) activity.token_id = transfer.token_id;
    activity.amount = to_raw(transfer.amount);
    return activity;
}

Relation relation_to(const Address& other) {
    return is_nobody(other) ? Relation::nobody : Relation::outsider;
}

std::optional<labels::OrganisationIndex> organisation_of(const std::optional<Address>& address,
                                                         const labels::LabelBook& labels) {
    const auto* identity = address ? labels.find(*address) : nullptr;
    return identity ? std::optional{identity->organisation} : std::nullopt;
}

// `side` is who the activity is told of, `other` whom it deals with.
void turn_to(Activity& activity, const Address& side, const Address& other, Direction direction) {
    activity.subject = side;
    activity.direction = direction;
    activity.counterparty = other;
    activity.relation = relation_to(other);
}

void look_up(Activity& activity, const Block& block, const labels::LabelBook& labels) {
    activity.organisation = organisation_of(activity.counterparty, labels);
    activity.signed_call.reset();
    const auto index = activity.position.txn_index;
    if (index == kNoTransaction) return;
    activity.signed_call =
        signed_call(*find_transaction(block, index), find_receipt(block, index), activity.subject, labels);
}

}  // namespace

std::vector<Activity> observe(const Block& block, std::span<const Transfer> transfers,
                              const Following& following, const labels::LabelBook& labels) {
    std::vector<Activity> out;
    const auto number = block.header.number;
    for (const auto& transfer : transfers) {
        const bool withdrawn = transfer.kind == Transfer::Kind::withdrawal;
        const auto* from = withdrawn ? nullptr : following.find(transfer.from, number);
        const auto* to = following.find(transfer.to, number);
        if ((!from && !to) || is_leg_of_wrap(transfer)) continue;
        auto activity = describe(block, transfer);
        const bool within = from && to && from->entity == to->entity;
        const auto add = [&](const TrackedAddress& side, const Address& other, Direction direction) {
            turn_to(activity, side.address, other, direction);
            activity.entity = side.entity;
            if (within) activity.relation = Relation::same_entity;
            if (withdrawn) {
                activity.counterparty.reset();
                activity.relation = Relation::outsider;
            }
            look_up(activity, block, labels);
            out.push_back(activity);
        };
        if (transfer.from == transfer.to) {
            add(*from, transfer.to, Direction::self);
            continue;
        }
        if (from) add(*from, transfer.to, Direction::out);
        if (to) add(*to, transfer.from, Direction::in);
    }
    return out;
}

std::vector<Activity> observe_others(const Block& block, std::span<const Transfer> transfers,
                                     const Following& following) {
    std::vector<Activity> out;
    for (const auto& transfer : transfers) {
        if (transfer.position.txn_index == kNoTransaction || is_leg_of_wrap(transfer)) continue;
        const auto& sender = find_transaction(block, transfer.position.txn_index)->from;
        if (transfer.from == transfer.to || following.find(sender, block.header.number)) continue;
        auto activity = describe(block, transfer);
        const bool receives = transfer.to == sender;
        turn_to(activity, sender, receives ? transfer.from : transfer.to,
                receives ? Direction::in : Direction::out);
        // A mint or a burn moves nothing between two accounts, whoever sent the transaction.
        if (is_nobody(transfer.from) || is_nobody(transfer.to)) activity.relation = Relation::nobody;
        out.push_back(activity);
    }
    return out;
}

void appraise(std::span<Activity> activities, const Valuation& valuation) {
    const auto& prices = valuation.prices;
    for (auto& activity : activities) {
        if (!is_nft(activity.kind))
            activity.usd = prices.value(activity.token, activity.amount, activity.time);
        if (activity.usd)
            activity.is_capped = prices.is_capped(activity.token, activity.amount, activity.time);
        activity.spam = spam_of(activity, valuation);
    }
}

void observe_again(Activity& activity, const Valuation& valuation) {
    if (activity.relation != Relation::same_entity)
        activity.relation = activity.counterparty ? relation_to(*activity.counterparty) : Relation::outsider;
    activity.organisation = organisation_of(activity.counterparty, valuation.names.labels);
    if (activity.signed_call)
        activity.signed_call->organisation =
            organisation_of(activity.signed_call->called, valuation.names.labels);
    activity.spam = spam_of(activity, valuation);
}

}  // namespace moneytrail
