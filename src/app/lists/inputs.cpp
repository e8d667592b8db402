#include "lists/inputs.hpp"

#include "text/usage_error.hpp"

#include <utility>

namespace moneytrail {

std::vector<std::string> Inputs::warnings() const {
    std::vector<std::string> out;
    for (const auto* each : {&config.warnings, &lists.warnings, &feeds.warnings})
        out.insert(out.end(), each->begin(), each->end());
    return out;
}

Inputs load_inputs(const std::string& config_file) {
    auto config = load_config(config_file);
    if (!config) throw UsageError{to_string(config.error())};
    auto lists = load_known_lists(config->lists, {});
    auto feeds = load_feeds(config->lists.feeds);
    std::string problems;
    if (!lists) problems += to_string(lists.error());
    if (!feeds) problems += to_string(feeds.error());
    if (!problems.empty()) throw UsageError{problems};
    return {std::move(*config), std::move(*lists), std::move(*feeds)};
}

}  // namespace moneytrail
