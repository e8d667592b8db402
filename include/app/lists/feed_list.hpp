#pragma once

// The lists of Chainlink's feeds that people keep beside the configuration.

#include "lists/lists.hpp"
#include "prices/feeds.hpp"

#include <string>
#include <vector>

namespace moneytrail {

struct LoadedFeeds {
    Feeds feeds;
    std::vector<std::string> warnings;  // something is probably wrong; a line each
};

// CSV feed,decimals,proxy,aggregator,tokens in all files together; a header line may come first. The feed's
// name ends in "/ USD" or "/ ETH" when it prices tokens, whose addresses stand in the last field with a space
// between them; WETH stands for ETH. A feed without tokens, or one whose aggregator is not known, is skipped.
// Two lines for one aggregator must say the same; none may say something else than the ETH / USD feed that is
// built in.
Checked<LoadedFeeds> parse_feeds(std::span<const NamedText> files);
Checked<LoadedFeeds> load_feeds(std::span<const std::filesystem::path> files);

}  // namespace moneytrail
