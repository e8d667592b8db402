#pragma once

// Who is followed by the store's watch list, kept up to date while blocks are judged.

#include "ledger/following.hpp"
#include "ports/store.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace moneytrail {

class FollowedList {
  public:
    // An entity that is not configured is named by its id.
    FollowedList(std::vector<Entity> configured, const std::vector<WatchedAddress>& watched);

    // Stays where it is; what is looked up in it is valid until changes are applied.
    const Following& following() const { return following_; }
    void apply(const std::vector<WatchChange>& changes);

  private:
    TrackedAddress tracked_of(const WatchedAddress& watched);
    EntityIndex index_of(const std::string& entity);

    std::unordered_map<std::string, EntityIndex> index_;
    Following following_;
};

}  // namespace moneytrail
