#pragma once

// The store of a followed chain in PostgreSQL (tables of 002_chain.sql, 006_prices.sql and
// 008_watch_list.sql).

#include "ports/store.hpp"
#include "postgres/database.hpp"
#include "postgres/lease.hpp"

namespace moneytrail::postgres {

class ChainStore final : public Store {
  public:
    // `lease` is the one that `database` acquires when it opens; both outlive the store.
    ChainStore(Database& database, const Lease& lease, std::uint64_t chain_id, BlockNumber reorg_grace,
               PairGates gates)
        : database_{database}, lease_{lease}, chain_id_{chain_id}, reorg_grace_{reorg_grace}, gates_{gates} {}

    // What is stored of activities by the rules and lists of before is judged anew by today's, once: how many
    // activities that were. Takes some ten seconds for a million.
    Task<std::uint64_t> judge_stored_again(const Feeds& feeds, const TokenList& tokens,
                                           const labels::KnownNames& names);
    Task<StoredChain> load() override;
    Task<History> load_history(HistoryQuery question) override;
    Task<Committed> commit(BlockBatch batch) override;
    Task<WatchChanges> watch_changes(WatchQuestion question) override;
    Task<WatchChanges> hold_watch_list(WatchQuestion question) override;
    Task<> withdraw_all() override;
    Task<bool> roll_up() override;
    Task<GoneBack> go_back(BlockNumber first) override;
    Task<std::optional<StoredGap>> gap_at(BlockNumber number) override;

  private:
    void let_watch_list_go(Work& tx);

    Database& database_;
    const Lease& lease_;
    std::uint64_t chain_id_;
    BlockNumber reorg_grace_;
    PairGates gates_;
    bool holds_watch_list_ = false;  // touched by the database's thread only
};

}  // namespace moneytrail::postgres
