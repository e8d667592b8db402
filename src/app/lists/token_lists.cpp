#include "lists/token_lists.hpp"

#include "base/amount.hpp"
#include "base/decimal.hpp"
#include "lists/list_reader.hpp"
#include "text/fold_text.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace moneytrail {
namespace {

constexpr std::size_t kLongestSymbol = 64;
constexpr std::size_t kLongestName = 256;

enum class Word { yes, no, missing };

std::optional<Word> parse_word(std::string_view text) {
    if (text.empty()) return Word::missing;
    if (text == "yes") return Word::yes;
    if (text == "no") return Word::no;
    return std::nullopt;
}

std::expected<TokenInfo, std::string> parse_token(std::span<const std::string_view> fields) {
    const auto [symbol, decimals, name, is_protected] = std::tie(fields[1], fields[2], fields[3], fields[4]);
    TokenInfo token{.symbol = std::string{symbol}, .name = std::string{name}};
    for (const auto& field :
         {ListField{"symbol", symbol, kLongestSymbol}, ListField{"name", name, kLongestName}})
        if (auto wrong = wrong_text(field); !wrong.empty()) return std::unexpected{std::move(wrong)};
    if (const auto value = parse_whole(decimals); value && *value <= kMostDecimals)
        token.decimals = static_cast<std::uint8_t>(*value);
    else if (!decimals.empty())
        return std::unexpected{
            "decimals: expected a whole number from 0 to 77, or nothing when unknown, got " +
            in_quotes(decimals)};
    const auto protection = parse_word(is_protected);
    if (!protection)
        return std::unexpected{"protected: expected yes, no or nothing, got " + in_quotes(is_protected)};
    const auto listed = parse_word(fields.size() > 5 ? fields[5] : std::string_view{});
    if (!listed) return std::unexpected{"listed: expected yes, no or nothing, got " + in_quotes(fields[5])};
    token.is_protected = protection == Word::yes;
    if (listed == Word::no) token.listing = Listing::known;
    if (token.is_protected && token.listing == Listing::known)
        return std::unexpected{"listed: a protected token is listed, expected yes or nothing, got 'no'"};
    return with_folded_names(std::move(token));
}

bool is_same(const TokenInfo& a, const TokenInfo& b) {
    return std::tie(a.symbol, a.decimals, a.name, a.is_protected, a.listing) ==
           std::tie(b.symbol, b.decimals, b.name, b.is_protected, b.listing);
}

struct Place {
    const std::string* file;
    std::size_t line;
};

std::string to_string(const Place& place) {
    return *place.file + ':' + std::to_string(place.line);
}

class TokenCollector {
  public:
    explicit TokenCollector(Problems& problems) : problems_{problems} {}

    void take(const CsvRecord& record, const Place& place) {
        const auto address = Address::from_hex(record.fields[0]);
        if (!address) return wrong(place, wrong_address(record.fields[0]));
        auto token = parse_token(record.fields);
        if (!token) return wrong(place, token.error());
        warn_of_checksum({*place.file, place.line}, record.fields[0], problems_);
        const auto [before, is_new] = places_.try_emplace(*address, place);
        if (is_new && tokens_.list.size() >= kMostTokens)
            return wrong(place, "more than 2000000 tokens of all lists, the most that are read");
        if (is_new && record.fields.size() > 5 && record.fields[5] == "yes") vouched_for_.insert(*address);
        if (is_new)
            tokens_.list.emplace(*address, *std::move(token));
        else if (!is_same(tokens_.list.at(*address), *token))
            wrong(place, "address: " + to_string(before->second) +
                             " says something else of this token, expected one line for it");
    }

    LoadedTokens finish() && {
        const ProtectedNames names{tokens_.list};
        for (const auto& [address, token] : tokens_.list) {
            if (token.is_protected || token.listing == Listing::known || vouched_for_.contains(address))
                continue;
            const auto* like = names.find(token);
            if (like == nullptr) continue;
            const auto& place = places_.at(address);
            tokens_.notes.push_back({*place.file, place.line, "",
                                     in_quotes(token.symbol) + " (" + token.name +
                                         ") is called like the protected token in " +
                                         to_string(places_.at(*like)) +
                                         ": write yes into the column listed if it is real, otherwise no"});
        }
        std::ranges::sort(tokens_.notes, {},
                          [](const Problem& note) { return std::tie(note.file, note.line); });
        tokens_.warnings = problems_.warnings();
        return std::move(tokens_);
    }

  private:
    void wrong(const Place& place, std::string why) {
        problems_.add({*place.file, place.line, "", std::move(why)});
    }

    Problems& problems_;
    LoadedTokens tokens_;
    std::unordered_map<Address, Place> places_;
    std::unordered_set<Address> vouched_for_;  // in so many words
};

}  // namespace

Checked<LoadedTokens> parse_tokens(std::span<const NamedText> files) {
    Problems problems{kMostListProblems};
    TokenCollector tokens{problems};
    for (const auto& file : files)
        read_list(file, {"address,symbol,decimals,name,protected,listed", 5, 6}, problems,
                  [&](const CsvRecord& record) {
                      tokens.take(record, {&file.name, record.line});
                      return true;
                  });
    if (!problems.empty()) return std::unexpected{std::move(problems)};
    return std::move(tokens).finish();
}

Checked<LoadedTokens> load_tokens(std::span<const std::filesystem::path> files) {
    Problems problems{kMostListProblems};
    std::vector<NamedText> texts;
    for (const auto& file : files) texts.push_back(read_list_file(file, problems));
    auto tokens = parse_tokens(texts);
    if (problems.empty()) return tokens;
    if (!tokens) problems.add_all(tokens.error());
    return std::unexpected{std::move(problems)};
}

TokenInfo with_folded_names(TokenInfo token) {
    token.folded_symbol = fold_text(token.symbol);
    token.folded_name = fold_text(token.name);
    return token;
}

}  // namespace moneytrail
