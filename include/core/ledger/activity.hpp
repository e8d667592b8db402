#pragma once

// What a tracked address did: one transfer seen from its side.

#include "base/amount.hpp"
#include "base/time.hpp"
#include "chain/transfers.hpp"
#include "labels/label_book.hpp"
#include "ledger/following.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace moneytrail {

// Of one transfer, the sender's activity comes before the recipient's.
enum class Direction { out, in, self };

std::string_view to_string(Direction direction);  // "out", "in", "self"

// What the other side is to the subject. Nobody: the zero, burn and WETH addresses.
enum class Relation { outsider, same_entity, nobody };

std::string_view to_string(Relation relation);  // as the enumerators are called

// A token is its contract; none is the native coin.
using Token = std::optional<Address>;

// ETH and WETH are one token to every rule.
Token one_token(const Token& token);

// Why an activity is recorded, but fires no signal and is no history. Rule: src/core/signals/README.md,
// section 1.
enum class Spam {
    none,
    nothing_moved,
    counterfeit,  // the token is called like one that others copy, and nobody vouches for it
    look_alike,  // next to nothing, from or to an address that looks like one of the subject's counterparties
};

std::string_view to_string(Spam spam);  // as the enumerators are called

// That the subject itself sent the transaction: as its signer, as the Safe that executed, or as the account
// that an ERC-4337 bundler acted for.
struct SignedCall {
    std::optional<Address> called;  // what it called; none: a contract was created, or it is not known
    std::optional<labels::OrganisationIndex> organisation;  // whose contract that is
};

// Whose doing it is: anybody can send somebody something, so what comes in unasked has a history of its own
// and never hides what the subject does.
enum class Initiative { own, others };

struct Activity {
    Position position;
    BlockTime time;
    std::optional<TxHash> txn_hash;  // none: a withdrawal
    Address subject;
    std::optional<EntityIndex> entity;    // none: nobody's, judged because every transaction is
    std::optional<Address> counterparty;  // none: the beacon chain
    std::optional<labels::OrganisationIndex> organisation;  // the counterparty's; none: unlabelled
    std::optional<SignedCall> signed_call;
    Relation relation = Relation::outsider;
    Direction direction = Direction::out;
    Transfer::Kind kind = Transfer::Kind::native;
    Token token;
    std::optional<Word> token_id;  // of ERC-721 and ERC-1155
    Raw amount;
    std::optional<Usd> usd;  // none: unpriced, which is not zero and passes no gate
    bool is_capped = false;  // `usd` is a lower bound: all that the pools of its token would pay

    Spam spam = Spam::none;

    bool is_spam() const { return spam != Spam::none; }
    bool is_signed() const { return signed_call.has_value(); }
    Initiative initiative() const {
        return direction == Direction::in && !is_signed() ? Initiative::others : Initiative::own;
    }
    // A movement to or from somebody else, or between addresses of one entity.
    bool is_movement() const { return direction != Direction::self && relation != Relation::nobody; }
    // With somebody else, the beacon chain included.
    bool is_with_others() const { return direction != Direction::self && relation == Relation::outsider; }
    // With somebody who is no part of the entity, and known.
    bool is_dealing() const { return is_with_others() && counterparty; }
    // The organisations that it deals with, each once: the counterparty's, and whose contract was called.
    std::vector<labels::OrganisationIndex> touched() const;
};

// Gates are strict.
inline bool passes(const Activity& activity, Usd gate) {
    return activity.usd && *activity.usd > gate;
}

}  // namespace moneytrail
