#pragma once

// What every judging command begins with: the configuration and the lists that it names.

#include "config/config.hpp"
#include "lists/feed_list.hpp"
#include "lists/known_lists.hpp"

#include <string>
#include <vector>

namespace moneytrail {

struct Inputs {
    Config config;
    KnownLists lists;  // the configured ones
    LoadedFeeds feeds;

    // Of all of them; a line each.
    std::vector<std::string> warnings() const;
};

// Throws UsageError with everything that is wrong: with the configuration or, when that can be used, with all
// lists and feeds together.
Inputs load_inputs(const std::string& config_file);

}  // namespace moneytrail
