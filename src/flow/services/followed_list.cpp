#include "services/followed_list.hpp"

#include <utility>

namespace moneytrail {

FollowedList::FollowedList(std::vector<Entity> configured, const std::vector<WatchedAddress>& watched) {
    for (std::size_t i = 0; i < configured.size(); ++i)
        index_.emplace(configured[i].id, static_cast<EntityIndex>(i));
    following_.entities = std::move(configured);
    std::vector<TrackedAddress> tracked;
    tracked.reserve(watched.size());
    for (const auto& each : watched) tracked.push_back(tracked_of(each));
    following_ = follow(std::move(following_.entities), std::move(tracked));
}

void FollowedList::apply(const std::vector<WatchChange>& changes) {
    for (const auto& [watched, removed] : changes)
        if (removed)
            following_.drop(watched.address);
        else
            following_.put(tracked_of(watched));
    following_.settle();
}

TrackedAddress FollowedList::tracked_of(const WatchedAddress& watched) {
    return {watched.address, index_of(watched.entity), watched.label, watched.effective_from};
}

EntityIndex FollowedList::index_of(const std::string& entity) {
    const auto next = static_cast<EntityIndex>(following_.entities.size());
    const auto [entry, is_new] = index_.try_emplace(entity, next);
    if (is_new) following_.entities.push_back({entity, entity, {}});
    return entry->second;
}

}  // namespace moneytrail
