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

std::string_view to_string(Spam spam) {
    switch (spam) {
        case Spam::none:
            return "none";
        case Spam::nothing_moved:
            return "nothing_moved";
        case Spam::counterfeit:
            return "counterfeit";
        case Spam::look_alike:
            break;
    }
    return "look_alike";
}

std::vector<labels::OrganisationIndex> Activity::touched() const {
    std::vector<labels::OrganisationIndex> out;
    if (organisation) out.push_back(*organisation);
    // To transfer a protocol's token is to call its contract, but not to use the protocol.
    if (signed_call && signed_call->organisation && signed_call->organisation != organisation &&
        signed_call->called != token)
        out.push_back(*signed_call->organisation);
    return out;
}

Token one_token(const Token& token) {
    return token == contracts::kWeth ? std::nullopt : token;
}

}  // namespace moneytrail
