#pragma once

// The daemon's services side by side: following the chain, delivering alerts, looking after the database.

#include "config/config.hpp"
#include "connection.hpp"
#include "output/console_channel.hpp"
#include "postgres/chain_store.hpp"
#include "postgres/delivery_outbox.hpp"
#include "postgres/watch_list.hpp"
#include "services/deliver_alerts.hpp"
#include "services/follow_recorded.hpp"
#include "services/followed_list.hpp"
#include "start.hpp"

#include <exception>
#include <iosfwd>
#include <vector>

namespace moneytrail {

// Everything that does not change while the daemon runs.
struct Setting {
    const Config& config;
    const ChainConfig& chain;
    Start start;
    const TokenList& tokens;
    const Feeds& feeds;
    const labels::KnownNames& names;
    const signals::Rules& rules;
};

class Daemon {
  public:
    Daemon(Setting setting, postgres::Database& database, const postgres::Lease& lease,
           Connection& connection, std::ostream& out);

    // Ends at the archive's end, when everything is delivered. Throws what its services throw.
    Task<> run();

  private:
    Task<> follow_until_end(WakeUp& wake_up, DeliverAlerts& deliver);
    Task<> judge_stored_again();
    Task<> take_back();
    Task<bool> follow(WakeUp& wake_up);
    FollowSettings follow_settings(const Following& following, const StoredChain& stored,
                                   const Begin& begin) const;
    FollowHooks follow_hooks(WakeUp& wake_up, FollowedList& followed);
    Task<> deliver_with_patience(DeliverAlerts& deliver);
    Task<> sync_roots();
    Task<postgres::RootsSynced> in_transaction(std::vector<WatchedAddress> roots, std::uint64_t chain_id);

    Setting setting_;
    postgres::Database& database_;
    Connection& connection_;
    postgres::ChainStore store_;
    postgres::DeliveryOutbox outbox_;
    ConsoleChannel console_;
    std::uint64_t committed_ = 0;  // batches of blocks
    std::exception_ptr undecided_;
};

}  // namespace moneytrail
