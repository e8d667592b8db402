#pragma once

// What a tracked address did: one transfer seen from its side.

#include "base/amount.hpp"
#include "base/time.hpp"
#include "chain/transfers.hpp"
#include "ledger/following.hpp"

#include <optional>
#include <string_view>

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

struct Activity {
    Position position;
    BlockTime time;
    std::optional<TxHash> txn_hash;  // none: a withdrawal
    Address subject;
    std::optional<EntityIndex> entity;    // none: nobody's, judged because every transaction is
    std::optional<Address> counterparty;  // none: the beacon chain
    Relation relation = Relation::outsider;
    Direction direction = Direction::out;
    Transfer::Kind kind = Transfer::Kind::native;
    Token token;
    std::optional<Word> token_id;  // of ERC-721 and ERC-1155
    Raw amount;
    std::optional<Usd> usd;  // none: unpriced, which is not zero and passes no gate

    // Moves nothing: recorded, but it fires no signal and is no history.
    bool is_spam() const { return amount.is_zero(); }
    // A movement to or from somebody else, or between addresses of one entity.
    bool is_movement() const { return direction != Direction::self && relation != Relation::nobody; }
};

// Gates are strict.
inline bool passes(const Activity& activity, Usd gate) {
    return activity.usd && *activity.usd > gate;
}

}  // namespace moneytrail
