#include "ledger/activity.hpp"

#include "chain/contracts.hpp"

namespace moneytrail {

std::string_view to_string(Direction direction) {
    switch (direction) {
        case Direction::out:
            return "out";
        case Direction::in:
            return "in";
        case Direction::self:
            break;
    }
    return "self";
}

std::string_view to_string(Relation relation) {
    switch (relation) {
        case Relation::outsider:
            return "outsider";
        case Relation::same_entity:
            return "same_entity";
        case Relation::nobody:
            break;
    }
    return "nobody";
}

Token one_token(const Token& token) {
    return token == contracts::kWeth ? std::nullopt : token;
}

}  // namespace moneytrail
