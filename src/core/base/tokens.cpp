#include "base/tokens.hpp"

namespace moneytrail {

const TokenInfo& find_token(const TokenList& tokens, const Address& contract) {
    static const TokenInfo kUnknown;
    const auto found = tokens.find(contract);
    return found == tokens.end() ? kUnknown : found->second;
}

}  // namespace moneytrail
