#pragma once

// The outbox in PostgreSQL (table delivery of 002_chain.sql).

#include "ports/outbox.hpp"
#include "postgres/database.hpp"
#include "postgres/lease.hpp"

namespace moneytrail::postgres {

class DeliveryOutbox final : public Outbox {
  public:
    // `lease` is the one that `database` acquires when it opens; both outlive the outbox.
    DeliveryOutbox(Database& database, const Lease& lease) : database_{database}, lease_{lease} {}

    Task<> doubt_claims() override;
    Task<std::vector<Claim>> claim(Target target, int most) override;
    Task<> sent(Target target, std::vector<Claim> claims) override;

  private:
    Database& database_;
    const Lease& lease_;
};

}  // namespace moneytrail::postgres
