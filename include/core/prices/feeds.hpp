#pragma once

// Chainlink's feeds: which aggregator's answers say what which token is worth.

#include "base/fixed_bytes.hpp"

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace moneytrail {

// One aggregator: it, not the proxy in front of it, emits the answers.
struct Feed {
    enum class Quote { usd, eth };
    Address aggregator;
    Quote quote = Quote::usd;
    std::uint8_t decimals = 8;    // of its answers
    std::vector<Address> tokens;  // that are worth its answer; WETH stands for ETH
    friend bool operator==(const Feed&, const Feed&) = default;
};

class Feeds {
  public:
    static constexpr std::uint8_t kMostDecimals = 36;

    // Only ETH / USD, which no list need name.
    Feeds();
    Feeds(const Feeds&) = delete;  // it points into itself, and moving keeps what it points to
    Feeds(Feeds&&) = default;
    Feeds& operator=(const Feeds&) = delete;
    Feeds& operator=(Feeds&&) = default;
    ~Feeds() = default;

    // False: this aggregator is there already and says something else.
    bool add(const Feed& feed);

    const Feed* find(const Address& aggregator) const;
    // Those that price the token, in the order in which they were added.
    std::span<const Feed* const> of(const Address& token) const;

  private:
    std::unordered_map<Address, Feed> by_aggregator_;
    std::unordered_map<Address, std::vector<const Feed*>> by_token_;
};

// The feeds of a program without a list.
const Feeds& default_feeds();

}  // namespace moneytrail
