#include "bench/replay.hpp"

#include "lists/known_lists.hpp"
#include "signals/params.hpp"
#include "support/feed_list.hpp"

#include <stdexcept>

namespace moneytrail::bench {

namespace {

constexpr std::uint64_t kMainnet = 1;
constexpr BlockNumber kReorgGrace = 3;
constexpr auto kMinUsd = Usd::dollars(50);

Following follow_all(const std::vector<Address>& watched) {
    constexpr EntityIndex kEntities = 100;
    std::vector<Entity> entities;
    for (EntityIndex i = 0; i < kEntities; ++i)
        entities.push_back(
            {"entity-" + std::to_string(i), "Entity " + std::to_string(i), Usd::dollars(1'000'000)});
    std::vector<TrackedAddress> tracked;
    tracked.reserve(watched.size());
    for (EntityIndex i = 0; i < watched.size(); ++i) tracked.push_back({watched[i], i % kEntities, {}});
    return follow(std::move(entities), std::move(tracked));
}

signals::Rules default_rules() {
    signals::Rules rules;
    for (const auto* type : signals::catalogue()) {
        if (!type->make) continue;
        signals::Params params{{}, kMinUsd};
        rules.push_back({type, type->make(params)});
    }
    return rules;
}

// The shipped lists, read once.
struct Shipped {
    KnownLists lists = [] {
        const std::filesystem::path configs{MONEYTRAIL_SOURCE "/configs"};
        auto loaded = load_known_lists({.entities = configs / "entities.csv",
                                        .labels = {configs / "labels.csv.gz", configs / "phishing.csv.gz"},
                                        .tokens = {configs / "tokens.csv"},
                                        .feeds = {}},
                                       {});
        if (!loaded) throw std::runtime_error{to_string(loaded.error())};
        return std::move(*loaded);
    }();
    labels::KnownNames names = names_of(lists);
};

const Shipped& shipped() {
    static const Shipped kShipped;
    return kShipped;
}

template <class T>
void expect(const Decoded<T>& decoded) {
    if (!decoded) throw std::runtime_error{to_string(decoded.error())};
}

}  // namespace

Replay::Replay(const std::vector<Address>& watched, Traces traces)
    : traces_{traces}, following_{follow_all(watched)}, rules_{default_rules()} {
    restart();
}

void Replay::restart() {
    blocks_.emplace(settings(), kReorgGrace);
}

JudgeSettings Replay::settings() const {
    return {.chain_id = kMainnet,
            .rules = rules_,
            .following = following_,
            .tokens = shipped().lists.tokens,
            .feeds = test::shipped_feeds(),
            .names = shipped().names};
}

void Replay::take(std::string_view padded) {
    const auto json = padded.substr(0, padded.size() - BlockParser::kPadding);
    const auto block = parser_.parse(json, traces_);
    expect(block);
    blocks_->take(*block);
}

std::string Replay::summary() const {
    const auto& totals = blocks_->totals();
    std::uint64_t judged = 0;
    for (const auto& [fate, count] : totals.blocks)
        if (fate == Fate::judged || fate == Fate::unverified) judged += count;
    return std::to_string(judged) + " blocks judged, " + std::to_string(totals.activities) + " activities, " +
           std::to_string(totals.raised) + " alerts";
}

}  // namespace moneytrail::bench
