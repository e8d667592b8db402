#include "lists/feed_list.hpp"

#include "base/decimal.hpp"
#include "config/config_values.hpp"
#include "lists/list_reader.hpp"

#include <algorithm>

namespace moneytrail {
namespace {

constexpr std::size_t kLongestFeedName = 128;
constexpr std::size_t kMostTokens = 16;  // of one feed

std::string not_an_address(std::string_view field, std::string_view text) {
    return std::string{field} + ": expected 0x and 40 hex digits, got " + in_quotes(text);
}

std::expected<Feed::Quote, std::string> parse_quote(std::string_view name) {
    if (name.size() > kLongestFeedName || !std::ranges::all_of(name, is_printable))
        return std::unexpected{"feed: expected at most " + std::to_string(kLongestFeedName) +
                               " bytes without control characters, got " + in_quotes(name)};
    if (name.ends_with("/ USD")) return Feed::Quote::usd;
    if (name.ends_with("/ ETH")) return Feed::Quote::eth;
    return std::unexpected{"feed: expected a name that ends in / USD or / ETH, as it prices tokens, got " +
                           in_quotes(name)};
}

std::expected<std::vector<Address>, std::string> parse_feed_tokens(std::string_view text) {
    std::vector<Address> out;
    for (const auto& each : split(text, ' ')) {
        const auto address = Address::from_hex(each);
        if (!address) return std::unexpected{not_an_address("tokens", each)};
        if (std::ranges::find(out, *address) != out.end())
            return std::unexpected{"tokens: " + in_quotes(each) + " is there twice"};
        out.push_back(*address);
    }
    if (out.size() > kMostTokens)
        return std::unexpected{"tokens: expected at most " + std::to_string(kMostTokens) + ", got " +
                               std::to_string(out.size())};
    return out;
}

std::expected<Feed, std::string> parse_feed(std::span<const std::string_view> fields) {
    const auto quote = parse_quote(fields[0]);
    if (!quote) return std::unexpected{quote.error()};
    const auto decimals = parse_whole(fields[1]);
    if (!decimals || *decimals > Feeds::kMostDecimals)
        return std::unexpected{"decimals: expected a whole number from 0 to " +
                               std::to_string(Feeds::kMostDecimals) + ", got " + in_quotes(fields[1])};
    const auto aggregator = Address::from_hex(fields[3]);
    if (!aggregator) return std::unexpected{not_an_address("aggregator", fields[3])};
    auto tokens = parse_feed_tokens(fields[4]);
    if (!tokens) return std::unexpected{tokens.error()};
    return Feed{*aggregator, *quote, static_cast<std::uint8_t>(*decimals), *std::move(tokens)};
}

}  // namespace

Checked<LoadedFeeds> parse_feeds(std::span<const NamedText> files) {
    Problems problems{kMostListProblems};
    Feeds feeds;
    for (const auto& file : files) {
        const auto take = [&](const CsvRecord& record) {
            const auto wrong = [&](std::string why) {
                problems.add({file.name, record.line, "", std::move(why)});
                return true;
            };
            if (record.fields[3].empty() || record.fields[4].empty()) return true;
            const auto feed = parse_feed(record.fields);
            if (!feed) return wrong(feed.error());
            warn_of_checksum({file.name, record.line, "aggregator"}, record.fields[3], problems);
            for (const auto& token : split(record.fields[4], ' '))
                warn_of_checksum({file.name, record.line, "tokens"}, token, problems);
            if (!feeds.add(*feed))
                return wrong("aggregator: " + in_quotes(record.fields[3]) +
                             " is known already for something else, expected one feed for it");
            return true;
        };
        read_list(file, {"feed,decimals,proxy,aggregator,tokens", 5, 5}, problems, take);
    }
    if (!problems.empty()) return std::unexpected{std::move(problems)};
    return LoadedFeeds{std::move(feeds), problems.warnings()};
}

Checked<LoadedFeeds> load_feeds(std::span<const std::filesystem::path> files) {
    Problems problems{kMostListProblems};
    std::vector<NamedText> texts;
    texts.reserve(files.size());
    for (const auto& file : files) texts.push_back(read_list_file(file, problems));
    auto feeds = parse_feeds(texts);
    if (problems.empty()) return feeds;
    if (!feeds)
        for (const auto& problem : feeds.error().shown()) problems.add(problem);
    return std::unexpected{std::move(problems)};
}

}  // namespace moneytrail
