#include "base/tokens.hpp"

#include "base/list_digest.hpp"

#include <algorithm>
#include <vector>

namespace moneytrail {

const TokenInfo& find_token(const TokenList& tokens, const Address& contract) {
    static const TokenInfo kUnknown;
    const auto found = tokens.find(contract);
    return found == tokens.end() ? kUnknown : found->second;
}

std::string version_of(const TokenList& tokens) {
    if (tokens.empty()) return {};
    std::vector<const TokenList::value_type*> sorted;
    sorted.reserve(tokens.size());
    for (const auto& entry : tokens) sorted.push_back(&entry);
    std::ranges::sort(sorted, {}, [](const auto* entry) { return entry->first; });
    ListDigest digest;
    for (const auto* entry : sorted) {
        const auto& [contract, token] = *entry;
        digest.add(contract.to_hex());
        digest.add(token.symbol);
        digest.add(token.decimals ? std::to_string(*token.decimals) : "");
        digest.add(token.name);
        digest.add(token.is_protected ? "protected" : "");
        digest.add(token.listing == Listing::listed ? "listed" : "known");
    }
    return digest.text();
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
