#pragma once

// The shipped lists as core sees them, read without the program's own readers.

#include "base/tokens.hpp"
#include "prices/feeds.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace moneytrail::test {

// The lines behind the header; no field of these lists that matters here is quoted.
inline std::vector<std::vector<std::string>> shipped_rows(const std::string& name) {
    std::ifstream in{std::string{MONEYTRAIL_SOURCE} + "/configs/" + name};
    if (!in) throw std::runtime_error{"cannot open " + name};
    std::vector<std::vector<std::string>> out;
    std::string line;
    for (std::getline(in, line); std::getline(in, line);) {
        auto& fields = out.emplace_back(1);
        for (const char c : line) {
            if (c == ',')
                fields.emplace_back();
            else
                fields.back() += c;
        }
    }
    return out;
}

inline const Feeds& shipped_feeds() {
    static const Feeds kFeeds = [] {
        Feeds feeds;
        for (const auto& row : shipped_rows("chainlink-feeds.csv")) {
            if (row.at(4).empty()) continue;
            Feed feed{.aggregator = Address::from_hex(row[3]).value(),
                      .quote = row[0].ends_with("/ ETH") ? Feed::Quote::eth : Feed::Quote::usd,
                      .decimals = static_cast<std::uint8_t>(std::stoi(row[1])),
                      .tokens = {}};
            std::istringstream tokens{row[4]};
            for (std::string token; tokens >> token;) feed.tokens.push_back(Address::from_hex(token).value());
            feeds.add(feed);
        }
        return feeds;
    }();
    return kFeeds;
}

inline const TokenList& shipped_tokens() {
    static const TokenList kTokens = [] {
        TokenList tokens;
        for (const auto& row : shipped_rows("tokens.csv")) {
            TokenInfo info{.symbol = row.at(1), .name = row.at(3)};
            if (!row[2].empty()) info.decimals = static_cast<std::uint8_t>(std::stoi(row[2]));
            tokens.emplace(Address::from_hex(row[0]).value(), std::move(info));
        }
        return tokens;
    }();
    return kTokens;
}

}  // namespace moneytrail::test
