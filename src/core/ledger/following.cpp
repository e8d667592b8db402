#include "ledger/following.hpp"

#include <utility>

namespace moneytrail {

void Following::put(TrackedAddress each) {
    if (const auto known = watch.find(each.address)) {
        tracked[*known] = std::move(each);
        return;
    }
    if (free.empty()) {
        free.push_back(static_cast<TrackedId>(tracked.size()));
        tracked.emplace_back();
    }
    const auto id = free.back();
    free.pop_back();
    watch.add({each.address, id});
    tracked[id] = std::move(each);
}

void Following::drop(const Address& address) {
    const auto known = watch.find(address);
    if (!known) return;
    watch.remove(address);
    tracked[*known] = {};
    free.push_back(*known);
}

void Following::settle() {
    constexpr std::size_t kFew = 10'000;
    if (watch.overlay_size() > kFew + tracked.size() / 4) watch = WatchSet{watch.merged()};
}

const TrackedAddress* Following::find(const Address& address) const {
    const auto id = watch.find(address);
    return id ? &tracked[*id] : nullptr;
}

const TrackedAddress* Following::find(const Address& address, BlockNumber block_num) const {
    const auto* found = find(address);
    return found && found->effective_from <= block_num ? found : nullptr;
}

Following follow(std::vector<Entity> entities, std::vector<TrackedAddress> tracked) {
    std::vector<AddressEntry> entries;
    entries.reserve(tracked.size());
    for (std::size_t i = 0; i < tracked.size(); ++i)
        entries.push_back({tracked[i].address, static_cast<TrackedId>(i)});
    WatchSet watch{std::make_shared<const AddressIndex>(entries)};
    return {std::move(entities), std::move(tracked), std::move(watch)};
}

}  // namespace moneytrail
