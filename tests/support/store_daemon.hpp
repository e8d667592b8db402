#pragma once

// A chain store as a daemon has it, on a schema of a test's own, and what its tables hold.

#include "postgres/array_literal.hpp"
#include "postgres/chain_store.hpp"
#include "postgres/migrate.hpp"
#include "support/chain_tables.hpp"
#include "support/schema.hpp"
#include "support/sql.hpp"

#include <map>
#include <string>
#include <vector>

namespace moneytrail::test {

template <class T>
Task<> keep(Task<T> task, std::optional<T>& out) {
    out.emplace(co_await std::move(task));
}

template <class T>
T value_of(asio::io_context& loop, Task<T> task) {
    std::optional<T> out;
    run(loop, keep(std::move(task), out));
    return std::move(*out);
}

struct StoreDaemon {
    static constexpr BlockNumber kGrace = 3;

    explicit StoreDaemon(const std::string& url) : StoreDaemon{url, [](postgres::Work&) {}} {}
    StoreDaemon(const std::string& url, const postgres::Database::OnOpen& also)
        : database{url, [this, also](postgres::Work& tx) {
                       lease.acquire(tx);
                       also(tx);
                   }} {}

    template <class T>
    T ask(Task<T> task) {
        return value_of(loop, std::move(task));
    }

    asio::io_context loop{1};  // outlives the database
    postgres::Lease lease{1, std::chrono::seconds{10}};
    postgres::Database database;
    postgres::ChainStore store{database, lease, 1, kGrace, PairGates{}};
};

// The book that goes on where the store stopped.
inline PriceBook book_of(const StoredChain& stored, const TokenList& tokens) {
    PriceBook book{default_feeds(), tokens};
    for (const auto& update : stored.prices) book.learn(update);
    return book;
}

inline Task<> migrate_now(postgres::Database& database) {
    co_await postgres::migrate(database);
}

// A schema with our tables, in which everybody of `following` is watched from the first block on.
class StoreSchema {
  public:
    StoreSchema(std::string name, const Following& following) : schema_{std::move(name)} {
        Sql sql{url()};
        run(sql.loop, migrate_now(sql.database));
        postgres::ArrayLiteral addresses, entities, labels;
        for (const auto& [address, entity, label, from] : following.tracked) {
            addresses.add(address);
            entities.add(std::string_view{following.entities[entity].id});
            labels.add(std::string_view{label});
        }
        sql.exec("insert into chain (chain_id) values (1)");
        sql.transact([&](postgres::Work& tx) {
            tx.exec_params(
                "insert into watched_address (chain_id, address, entity, label, method, effective_from) "
                "select 1, a, e, l, 'root', 0 from unnest($1::bytea[], $2::text[], $3::text[]) q(a, e, l)",
                addresses.text(), entities.text(), labels.text());
        });
    }

    std::string url() const { return schema_.url(); }

  private:
    Schema schema_;
};

using Rows = std::vector<std::string>;

inline Rows rows_of(Sql& sql, const std::string& query) {
    Rows out;
    sql.transact([&](postgres::Work& tx) {
        for (const auto& row : tx.exec("select t::text from (" + query + ") t order by 1"))
            out.push_back(row[0].as<std::string>());
    });
    return out;
}

inline std::map<std::string, Rows> tables(const std::string& url) {
    Sql sql{url};
    std::map<std::string, Rows> out;
    for (const auto& [table, query] : chain_tables()) out[table] = rows_of(sql, query);
    return out;
}

}  // namespace moneytrail::test
