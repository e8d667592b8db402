#pragma once

// One daemon at a time writes about a chain: who that is, and how a write proves it.

#include "postgres/database.hpp"

#include <atomic>
#include <cstdint>
#include <string>

namespace moneytrail::postgres {

// Another daemon has taken over since: this one has nothing more to write.
struct LeaseLost : Permanent {
    using Permanent::Permanent;
};

// An advisory lock held by the database connection, and a row whose epoch rises with every new holder. The
// lock keeps a second daemon out; the epoch refuses what a former holder still has under way. Needs the table
// of 001_ground.sql: migrate first, over a connection without a lease.
class Lease {
  public:
    // `wait`: how long another holder is waited for, so that a daemon can follow one that is about to end.
    Lease(std::uint64_t chain_id, Duration wait);

    // What Database::OnOpen is for. The first time takes the lock and raises the epoch; on a later connection
    // takes the lock again and makes sure that the epoch is still this one's. Throws Permanent when another
    // daemon holds it, LeaseLost when one has held it since, Transient while this daemon's own lost session
    // still does.
    void acquire(Work& tx);

    // To be called in every transaction that writes, before its commit: throws LeaseLost if the epoch is
    // another. Keeps the epoch from rising until the transaction ends.
    void check(Work& tx) const;

    std::int64_t epoch() const { return epoch_.load(); }  // 0: not acquired yet

  private:
    bool take_lock(Work& tx) const;
    void raise(Work& tx);
    void explain_held(Work& tx) const;

    std::string chain_id_;
    Duration wait_;
    std::string holder_;                  // pid 4242, host db1
    std::string started_;                 // as the row has it; the database's thread alone touches it
    std::atomic<std::int64_t> epoch_{0};  // written by the database's thread, read by the loop's
};

}  // namespace moneytrail::postgres
