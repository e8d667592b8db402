#pragma once

// Who is followed, from the configuration's roots and an address file.

#include "config/config.hpp"
#include "ledger/following.hpp"
#include "services/followed_list.hpp"

namespace moneytrail {

struct Followed {
    Following following;
    std::vector<std::string>
        notes;  // claims that lost: "…: 0x… is a root of one entity, which wins over another"
};

// A configured root wins over a line of the file.
Checked<Followed> following_from(const Config& config, const std::optional<std::filesystem::path>& addresses);

// The watch list of the database.
FollowedList following_from(const Config& config, const std::vector<WatchedAddress>& watched);

}  // namespace moneytrail
