#include "base/tokens.hpp"

#include <algorithm>

namespace moneytrail {

const TokenInfo& find_token(const TokenList& tokens, const Address& contract) {
    static const TokenInfo kUnknown;
    const auto found = tokens.find(contract);
    return found == tokens.end() ? kUnknown : found->second;
}

ProtectedNames::ProtectedNames(const TokenList& tokens) {
    // Of two the lower contract, in whatever order the list keeps them.
    const auto add = [](auto& names, const std::string& name, const Address& contract) {
        if (name.empty()) return;
        auto& known = names.try_emplace(name, contract).first->second;
        known = std::min(known, contract);
    };
    for (const auto& [contract, token] : tokens) {
        if (!token.is_protected) continue;
        add(symbols_, token.folded_symbol, contract);
        add(names_, token.folded_name, contract);
    }
}

const Address* ProtectedNames::find(const TokenInfo& token) const {
    if (const auto found = symbols_.find(token.folded_symbol); found != symbols_.end()) return &found->second;
    if (const auto found = names_.find(token.folded_name); found != names_.end()) return &found->second;
    return nullptr;
}

bool is_counterfeit(const TokenInfo& token, const ProtectedNames& names) {
    return token.listing == Listing::known && !token.is_protected && names.find(token) != nullptr;
}

}  // namespace moneytrail
