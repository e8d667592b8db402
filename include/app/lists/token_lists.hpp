#pragma once

// Token lists: what a user, or who wrote the list, says of tokens.

#include "base/tokens.hpp"
#include "lists/lists.hpp"

#include <filesystem>
#include <span>
#include <vector>

namespace moneytrail {

constexpr std::size_t kMostTokens = 2'000'000;  // of all lists: some 1 GB

struct LoadedTokens {
    TokenList list;
    // Nothing is wrong, but the user should know: a token that is called like a protected one, and is listed
    // without saying so.
    std::vector<Problem> notes;
    std::vector<std::string> warnings;  // something is probably wrong; a line each
};

// CSV address,symbol,decimals,name,protected[,listed] in all files together; a header line may come first.
// Decimals are 0 to 77 or empty (unknown); protected is yes, no or empty (no); listed is yes, no or empty
// (yes): no makes a token known by name only, and a protected one cannot be. Two lines for one address must
// say the same.
Checked<LoadedTokens> parse_tokens(std::span<const NamedText> files);
Checked<LoadedTokens> load_tokens(std::span<const std::filesystem::path> files);

// What parse_tokens makes of one record: fills in what counterfeits are compared by.
TokenInfo with_folded_names(TokenInfo token);

}  // namespace moneytrail
