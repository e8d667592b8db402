#include "wiring/database_session.hpp"

#include "base/printable.hpp"
#include "text/usage_error.hpp"

#include <algorithm>
#include <ostream>

namespace moneytrail {

ChosenChain choose_chain(const DatabaseOptions& options) {
    auto config = load_config(options.config_file);
    if (!config) throw UsageError{to_string(config.error())};
    if (!options.chain) return {*config, config->chains.front()};
    const auto found = std::ranges::find(config->chains, *options.chain, &ChainConfig::name);
    if (found != config->chains.end()) return {*config, *found};
    std::string names;
    for (const auto& chain : config->chains) names += (names.empty() ? "" : ", ") + chain.name;
    throw UsageError{"--chain: " + printable(options.config_file) + " has no chain " +
                     in_quotes(*options.chain) + ", expected one of: " + names};
}

void finish_output(std::ostream& out) {
    out.flush();
    if (!out) throw std::runtime_error{"the answer cannot be written to standard output"};
}

}  // namespace moneytrail
