#include "ledger/history.hpp"

#include <algorithm>
#include <cassert>
#include <ranges>

namespace moneytrail {
namespace {

Address history_token(const Token& token) {
    return one_token(token).value_or(Address{});
}

template <class Map, class Key>
bool passed(const Map& largest, const Key& key, Usd gate) {
    const auto found = largest.find(key);
    return found != largest.end() && found->second > gate;
}

}  // namespace

std::size_t History::KeyHash::operator()(const Key<Address>& key) const noexcept {
    const std::hash<Address> hash;
    return hash(key.who) * 31 + hash(key.token);
}

std::size_t History::KeyHash::operator()(const Key<EntityIndex>& key) const noexcept {
    return std::hash<Address>{}(key.token) * 31 + key.who;
}

void History::recall_largest(const Address& subject, const Token& token, Usd usd) {
    largest_[{subject, history_token(token)}] = usd;
}

void History::recall_entity_largest(EntityIndex entity, const Token& token, Usd usd) {
    entity_largest_[{entity, history_token(token)}] = usd;
}

void History::apply(const Activity& activity) {
    if (activity.is_spam()) return;
    const std::pair order{activity.position, activity.direction};
    assert(!last_ || *last_ < order);
    last_ = order;

    ++activities_[activity.subject];
    steps_of(activity.position.block_num).emplace_back(Counted{activity.subject});
    if (!activity.usd) return;
    const auto token = history_token(activity.token);
    raise(largest_, {activity.subject, token}, activity);
    if (activity.entity) raise(entity_largest_, {*activity.entity, token}, activity);
}

template <class Who>
void History::raise(Largest<Who>& largest, const Key<Who>& key, const Activity& activity) {
    const auto [entry, is_new] = largest.try_emplace(key, *activity.usd);
    if (!is_new && entry->second >= *activity.usd) return;
    const auto before = is_new ? std::nullopt : std::optional{entry->second};
    steps_of(activity.position.block_num).emplace_back(Raised<Who>{key, before});
    entry->second = *activity.usd;
}

void History::hold(const std::string& repeat_key, BlockNumber block_num) {
    if (held_.insert(repeat_key).second) steps_of(block_num).emplace_back(Held{repeat_key});
}

std::optional<BlockTime> History::known_since(const Address& subject) const {
    const auto found = known_since_.find(subject);
    return found == known_since_.end() ? begin_ : std::optional{found->second};
}

bool History::holds(const std::string& repeat_key) const {
    return held_.contains(repeat_key);
}

std::uint64_t History::activities(const Address& subject) const {
    const auto found = activities_.find(subject);
    return found == activities_.end() ? 0 : found->second;
}

bool History::traded(const Address& subject, const Token& token, Usd gate) const {
    return passed(largest_, Key<Address>{subject, history_token(token)}, gate);
}

bool History::entity_traded(EntityIndex entity, const Token& token, Usd gate) const {
    return passed(entity_largest_, Key<EntityIndex>{entity, history_token(token)}, gate);
}

std::vector<History::Step>& History::steps_of(BlockNumber block_num) {
    if (journal_.empty() || journal_.back().block_num != block_num) journal_.push_back({block_num, {}});
    return journal_.back().steps;
}

void History::undo(const Step& step) {
    const auto lower = [](auto& largest, const auto& raised) {
        if (raised.before)
            largest[raised.key] = *raised.before;
        else
            largest.erase(raised.key);
    };
    if (const auto* counted = std::get_if<Counted>(&step)) {
        const auto entry = activities_.find(counted->subject);
        if (--entry->second == 0) activities_.erase(entry);
    } else if (const auto* raised = std::get_if<Raised<Address>>(&step)) {
        lower(largest_, *raised);
    } else if (const auto* of_entity = std::get_if<Raised<EntityIndex>>(&step)) {
        lower(entity_largest_, *of_entity);
    } else {
        held_.erase(std::get<Held>(step).repeat_key);
    }
}

void History::rollback_above(BlockNumber block_num) {
    for (; !journal_.empty() && journal_.back().block_num > block_num; journal_.pop_back())
        for (const auto& step : journal_.back().steps | std::views::reverse) undo(step);
    last_.reset();
}

void History::settle_below(BlockNumber block_num) {
    while (!journal_.empty() && journal_.front().block_num < block_num) journal_.pop_front();
}

}  // namespace moneytrail
