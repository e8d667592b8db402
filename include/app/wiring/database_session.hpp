#pragma once

// What the commands on the database have in common: configuration, chain, and transactions without a loop.

#include "config/config.hpp"
#include "postgres/database.hpp"
#include "wiring/command_options.hpp"
#include "wiring/open_database.hpp"
#include "wiring/run_task.hpp"

namespace moneytrail {

struct ChosenChain {
    Config config;
    ChainConfig chain;
};

// Throws UsageError with everything that is wrong.
ChosenChain choose_chain(const DatabaseOptions& options);

// The chain to be followed: the one that is named, or the only one. Throws UsageError.
const ChainConfig& followed_chain(const Config& config, const DatabaseOptions& options);

class DatabaseSession {
  public:
    explicit DatabaseSession(const Config& config)
        : opened_{open_database(config)}, database_{opened_.where(), {}} {}

    template <class Body>
    auto transact(Body body) {
        return run_task(loop_, database_.transact(std::move(body)));
    }

  private:
    OpenDatabase opened_;
    asio::io_context loop_{1};
    postgres::Database database_;
};

// Flushes. Throws when what a command wrote did not arrive.
void finish_output(std::ostream& out);

}  // namespace moneytrail
