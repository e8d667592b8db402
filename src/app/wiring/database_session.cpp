#include "wiring/database_session.hpp"

#include "base/printable.hpp"
#include "text/usage_error.hpp"

#include <algorithm>
#include <ostream>

namespace moneytrail {

namespace {

std::string names_of(const std::vector<ChainConfig>& chains) {
    std::string names;
    for (const auto& chain : chains) names += (names.empty() ? "" : ", ") + chain.name;
    return names;
}

const ChainConfig& named_chain(const Config& config, const DatabaseOptions& options) {
    const auto found = std::ranges::find(config.chains, *options.chain, &ChainConfig::name);
    if (found != config.chains.end()) return *found;
    throw UsageError{"--chain: " + printable(options.config_file) + " has no chain " +
                     in_quotes(*options.chain) + ", expected one of: " + names_of(config.chains)};
}

}  // namespace

ChosenChain choose_chain(const DatabaseOptions& options) {
    auto config = load_config(options.config_file);
    if (!config) throw UsageError{to_string(config.error())};
    return {*config, options.chain ? named_chain(*config, options) : config->chains.front()};
}

const ChainConfig& followed_chain(const Config& config, const DatabaseOptions& options) {
    if (options.chain) return named_chain(config, options);
    if (config.chains.size() == 1) return config.chains.front();
    throw UsageError{printable(options.config_file) + ": chains: " + names_of(config.chains) +
                     ": one chain is followed at a time: name it with --chain"};
}

void finish_output(std::ostream& out) {
    out.flush();
    if (!out) throw std::runtime_error{"the answer cannot be written to standard output"};
}

}  // namespace moneytrail
