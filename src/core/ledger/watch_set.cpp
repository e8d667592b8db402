#include "ledger/watch_set.hpp"

#include <vector>

namespace moneytrail {

std::optional<TrackedId> WatchSet::find(const Address& address) const {
    if (!overlay_.empty())
        if (const auto changed = overlay_.find(address); changed != overlay_.end()) return changed->second;
    return base_->find(address);
}

bool WatchSet::empty() const {
    for (const auto& [address, id] : overlay_)
        if (id) return false;
    return overlay_.size() == base_->size();
}

void WatchSet::add(const AddressEntry& entry) {
    overlay_.insert_or_assign(entry.address, entry.id);
}

void WatchSet::remove(const Address& address) {
    if (base_->find(address))
        overlay_.insert_or_assign(address, std::nullopt);
    else
        overlay_.erase(address);
}

std::shared_ptr<const AddressIndex> WatchSet::merged() const {
    std::vector<AddressEntry> entries;
    entries.reserve(base_->size() + overlay_.size());
    base_->for_each([&](const AddressEntry& entry) {
        if (!overlay_.contains(entry.address)) entries.push_back(entry);
    });
    for (const auto& [address, id] : overlay_)
        if (id) entries.push_back({address, *id});
    return std::make_shared<const AddressIndex>(entries);
}

}  // namespace moneytrail
