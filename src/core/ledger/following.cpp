#include "ledger/following.hpp"

namespace moneytrail {

const TrackedAddress* Following::find(const Address& address) const {
    const auto id = watch.find(address);
    return id ? &tracked[*id] : nullptr;
}

const TrackedAddress* Following::find(const Address& address, BlockNumber block_num) const {
    const auto* found = find(address);
    return found && found->effective_from <= block_num ? found : nullptr;
}

Following follow(std::vector<Entity> entities, std::vector<TrackedAddress> tracked) {
    std::vector<WatchEntry> entries;
    entries.reserve(tracked.size());
    for (std::size_t i = 0; i < tracked.size(); ++i)
        entries.push_back({tracked[i].address, static_cast<TrackedId>(i)});
    WatchSet watch{std::make_shared<const WatchBase>(entries)};
    return {std::move(entities), std::move(tracked), std::move(watch)};
}

}  // namespace moneytrail
