#include "chain/parse_block.hpp"
#include "support/blocks.hpp"
#include "support/feed_list.hpp"
#include "support/price_block.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>

using namespace moneytrail;

namespace {

Block parse(const std::filesystem::path& path) {
    auto text = test::read_gz(path);
    text.reserve(text.size() + BlockParser::kPadding);
    auto block = BlockParser{}.parse(text, Traces::read);
    INFO(path);
    REQUIRE(block.has_value());
    return std::move(*block);
}

std::vector<std::filesystem::path> in_block_order() {
    auto files = test::block_files();
    std::ranges::sort(files, {}, [](const auto& file) { return std::stoull(file.filename().string()); });
    return files;
}

const Address kEthUsd = test::token("e62b71cf983019bff55bc83b48601ce8419650cc");

// Believes pools only: the one feed that is built in falls silent.
struct ByPools {
    PriceBook book{default_feeds(), test::shipped_tokens()};
    std::optional<BlockNumber> last;

    void take(Block& block) {
        const auto number = block.header.number;
        if (last && *last + 1 != number) book.forget_pools();
        last = number;
        const auto transfers = decode_transfers(block).transfers;
        for (auto& receipt : block.receipts)
            std::erase_if(receipt.logs, [](const Log& log) { return log.address == kEthUsd; });
        book.apply(block, transfers);
    }

    std::optional<double> dollars(const Address& token, BlockTime at) const {
        const auto price = book.price(token, at);
        return price ? std::optional{static_cast<double>(price->e8) / 1e8} : std::nullopt;
    }
    // In what the feed answers in.
    std::optional<double> price(const Feed& feed, BlockTime at) const {
        const auto price = dollars(feed.tokens.front(), at);
        if (feed.quote == Feed::Quote::usd) return price;
        const auto eth = dollars(contracts::kWeth, at);
        return price && eth ? std::optional{*price / *eth} : std::nullopt;
    }
};

struct Answer {
    const Feed* feed;
    double answer;
};

// Of the feeds that price a token, by block.
std::map<BlockNumber, std::vector<Answer>> expected_answers() {
    std::ifstream in{test::data_folder() / "expected" / "chainlink-answers.json"};
    std::map<BlockNumber, std::vector<Answer>> out;
    for (const auto& [aggregator, answers] : nlohmann::json::parse(in).items())
        if (const auto* feed = test::shipped_feeds().find(Address::from_hex(aggregator).value()))
            for (const auto& each : answers)
                out[each["block"].get<BlockNumber>()].push_back(
                    {feed, each["answer"].get<double>() / std::pow(10.0, feed->decimals)});
    return out;
}

std::string name_of(const Feed& feed) {
    const auto& token = feed.tokens.front();
    return find_token(test::shipped_tokens(), token).symbol +
           (feed.quote == Feed::Quote::usd ? " / USD" : " / ETH");
}

// Dollars stand for themselves, so their feeds in ETH ask about ETH.
double tolerance(const Feed& feed) {
    using namespace contracts;
    const auto& token = feed.tokens.front();
    const bool is_anchor =
        token == kWeth || token == kWbtc || token == kUsdc || token == kUsdt || token == kDai;
    return is_anchor ? 0.01 : 0.03;
}

bool is_assumed(const ByPools& pools, const Feed& feed, BlockTime at) {
    const auto basis = pools.book.basis(feed.tokens.front(), at);
    return feed.quote == Feed::Quote::usd && basis && basis->kind == PriceBasis::Kind::assumed;
}

}  // namespace

TEST_CASE("prices against what the chain says itself: pools at every answer of Chainlink's") {
    ByPools pools;
    const auto answers = expected_answers();
    std::size_t compared = 0;
    std::cout << "block     feed         answer        by pools      off      depth\n";
    for (const auto& file : in_block_order()) {
        auto block = parse(file);
        pools.take(block);
        const auto found = answers.find(block.header.number);
        if (found == answers.end()) continue;
        for (const auto& [feed, answer] : found->second) {
            const auto at = block.header.time;
            if (is_assumed(pools, *feed, at)) continue;
            const auto price = pools.price(*feed, at);
            std::cout << std::left << std::setw(10) << block.header.number << std::setw(13) << name_of(*feed)
                      << std::setw(14) << answer;
            if (!price) {
                std::cout << "no depth\n";
                continue;
            }
            const auto off = *price / answer - 1;
            const auto basis = pools.book.basis(feed->tokens.front(), at);
            std::cout << std::setw(14) << *price << std::showpos << std::fixed << std::setprecision(2)
                      << off * 100 << std::noshowpos << std::defaultfloat << std::setprecision(6) << " %  "
                      << to_string(basis->depth) << '\n';
            CAPTURE(block.header.number, name_of(*feed), answer, *price);
            CHECK(std::abs(off) < tolerance(*feed));
            ++compared;
        }
    }
    CHECK(compared >= 10);
}

TEST_CASE("a book that learns what others were taught is the same book") {
    PriceBook seen{test::shipped_feeds(), test::shipped_tokens()};
    PriceBook told{test::shipped_feeds(), test::shipped_tokens()};
    std::vector<std::vector<PriceUpdate>> states;
    std::vector<BlockNumber> numbers;
    BlockTime at;
    for (const auto& file : test::gz_files(test::data_folder() / "run")) {
        const auto block = parse(file);
        at = block.header.time;
        for (const auto& update : seen.apply(block, decode_transfers(block).transfers)) {
            CHECK(update.block_num == block.header.number);
            told.learn(update);
        }
        states.push_back(seen.newest());
        numbers.push_back(block.header.number);
        CHECK(told.newest() == states.back());
    }
    for (const auto& [token, info] : test::shipped_tokens())
        CHECK(seen.price(token, at) == told.price(token, at));
    for (auto i = states.size(); i-- > 0;) {
        seen.rollback_above(numbers[i]);
        told.rollback_above(numbers[i]);
        CHECK(seen.newest() == states[i]);
        CHECK(told.newest() == states[i]);
    }
}
