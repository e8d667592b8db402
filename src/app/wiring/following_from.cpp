#include "wiring/following_from.hpp"

#include "base/printable.hpp"
#include "lists/lists.hpp"

#include <unordered_map>

namespace moneytrail {
namespace {

std::unordered_map<Address, EntityIndex> roots_of(const std::vector<EntityConfig>& entities) {
    std::unordered_map<Address, EntityIndex> roots;
    for (std::size_t i = 0; i < entities.size(); ++i)
        for (const auto& root : entities[i].roots) roots.emplace(root, static_cast<EntityIndex>(i));
    return roots;
}

}  // namespace

Checked<Followed> following_from(const Config& config,
                                 const std::optional<std::filesystem::path>& addresses) {
    AddressList list;
    if (addresses) {
        auto loaded = load_addresses(*addresses);
        if (!loaded) return std::unexpected{std::move(loaded.error())};
        list = std::move(*loaded);
    }
    const auto joined = join_entities(config.entities, list);

    Followed out{.notes = std::move(list.warnings)};
    std::vector<Entity> entities;
    entities.reserve(joined.entities.size());
    for (const auto& entity : joined.entities) entities.push_back({entity.id, entity.name, entity.aum});
    std::vector<TrackedAddress> tracked;
    tracked.reserve(list.addresses.size());
    const auto roots = roots_of(joined.entities);
    for (auto& followed : list.addresses) {
        const auto entity = static_cast<EntityIndex>(joined.index_of[followed.entity]);
        const auto root = roots.find(followed.address);
        if (root != roots.end() && root->second != entity) {
            out.notes.push_back(printable(addresses->string()) + ": " + to_checksum_hex(followed.address) +
                                " is a root of " + entities[root->second].id + ", which wins over " +
                                entities[entity].id);
            continue;
        }
        tracked.push_back({followed.address, entity, std::move(followed.label)});
    }
    // A root that the file labels keeps its label.
    std::unordered_map<Address, EntityIndex> unlisted = roots;
    for (const auto& each : tracked) unlisted.erase(each.address);
    for (const auto& entity : joined.entities)
        for (const auto& root : entity.roots)
            if (const auto found = unlisted.find(root); found != unlisted.end())
                tracked.push_back({root, found->second, {}});
    out.following = follow(std::move(entities), std::move(tracked));
    return out;
}

FollowedList following_from(const Config& config, const std::vector<WatchedAddress>& watched) {
    std::vector<Entity> entities;
    for (const auto& entity : config.entities) entities.push_back({entity.id, entity.name, entity.aum});
    return {std::move(entities), watched};
}

}  // namespace moneytrail
