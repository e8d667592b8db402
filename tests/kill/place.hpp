#pragma once

// A daemon's archive, configuration and database, and what it has made of them.

#include "e2e/moneytrail.hpp"
#include "support/schema.hpp"
#include "support/synthetic_block.hpp"

#include <thread>

namespace moneytrail::test {

// Three batches, as a fork ends one: c is mined again, d is left off the chain and taken back when block 5
// ends its grace, e is left off by the last block and taken back at the archive's end.
inline const std::vector<Synthetic> kChain{
    {'a', 1, 'a'},          {'a', 2, 'a', 'c', 12}, {'a', 3, 'a', 'd', 13}, {'b', 2, 'a'},
    {'b', 3, 'b', 'c', 12}, {'b', 4, 'b'},          {'b', 5, 'b', 'e', 14}, {'c', 5, 'b'}};

// Up to block `last`. Every `apart` blocks two others come first, with a payment of their own and one that
// the chain that stays makes a block later.
inline std::vector<Synthetic> long_chain(int last, int apart) {
    std::vector<Synthetic> out;
    const auto is_paid = [](int number) { return number % 5 == 4; };
    for (int n = 1; n <= last; ++n) {
        if (n % apart == 3) {
            out.push_back({'b', n, 'a', 'd', 11, n});
            out.push_back({'b', n + 1, 'b', 'c', 12, n + 2});
        }
        const auto pays = is_paid(n) || n % apart == 5;
        out.push_back(pays ? Synthetic{'a', n, 'a', 'c', 12, n} : Synthetic{'a', n, 'a'});
    }
    return out;
}

using Tables = std::map<std::string, Words>;

struct Server {
    std::string host;  // the folder of its socket
    std::string port;
    std::string user;
    std::string name;

    std::filesystem::path socket() const { return std::filesystem::path{host} / (".s.PGSQL." + port); }
};

inline Server find_server(const std::string& url) {
    pqxx::connection connection{url};
    Server out{connection.hostname(), connection.port(), connection.username(), connection.dbname()};
    if (!out.host.starts_with('/'))
        throw std::runtime_error{"these tests stand between daemon and server, and so need a Unix socket"};
    return out;
}

// A database of nobody else, with the daemon's configuration for it.
class Place {
  public:
    Place() : Place{"kill", kChain} {}
    Place(std::string name, std::vector<Synthetic> chain)
        : Place{std::move(name), std::move(chain), server_url()} {}
    // On another server.
    Place(std::string name, std::vector<Synthetic> chain, const std::string& url)
        : name_{std::move(name)}, chain_{std::move(chain)}, server_{find_server(url)}, schema_{name_, url} {}

    // `host`: the folder of the socket to connect to.
    Launch daemon(const std::string& pace, const std::string& host) const {
        return daemon_on(url(host, server_.user), pace);
    }
    Launch daemon(const std::string& pace) const { return daemon(pace, server_.host); }

    std::string url(const std::string& host, const std::string& user) const {
        return "postgresql:///" + server_.name + "?host=" + host + "&port=" + server_.port + "&user=" + user +
               "&application_name=" + name_ + "&options=-csearch_path%3D" + name_;
    }
    // On another database than its own, or in another way.
    Launch daemon_on(const std::string& url, const std::string& pace) const {
        return daemon_with("database: {url: \"" + url + "\"}\n", pace);
    }
    // `where`: what the configuration says of the database.
    Launch daemon_with(const std::string& where, const std::string& pace) const {
        std::string archive;
        for (const auto& block : chain_) archive += line(block) + '\n';
        folder_.write("blocks.jsonl", archive);
        const auto config =
            folder_.write("c.yaml", where +
                                        "chains: [{name: e, chain_id: 1, reorg_grace: 2, archive: "
                                        "{path: blocks.jsonl, pace: " +
                                        pace +
                                        "}}]\n"
                                        "channels: {console: {min_severity: low}}\n"
                                        "entities: [{id: fund, name: The Fund, roots: [\"" +
                                        kFund + "\"]}]\n");
        return {.program = MONEYTRAIL_PROGRAM,
                .arguments = {"run", "--config", config.string()},
                .folder = source_folder()};
    }

    const Server& server() const { return server_; }

    pqxx::result sql(const std::string& query) {
        if (!connection_) connection_ = std::make_unique<pqxx::connection>(schema_.url());
        pqxx::nontransaction tx{*connection_};
        return tx.exec(query);
    }

    // The last block that is stored, 0 without one.
    int tip() {
        if (sql("select to_regclass('chain')")[0][0].is_null()) return 0;
        return sql("select coalesce(max(tip_num), 0) from chain")[0][0].as<int>();
    }
    // False: not within a time that is enough for all blocks.
    bool wait_for_tip(int number) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{30};
        while (tip() < number && std::chrono::steady_clock::now() < deadline)
            std::this_thread::sleep_for(std::chrono::milliseconds{5});
        return tip() >= number;
    }

    // All rows of all tables; only who ran, and when, is left out: that is another's with each start.
    Tables tables() {
        Tables out;
        for (const auto& table : sql("select tablename from pg_tables where schemaname = current_schema()")) {
            const auto name = table[0].as<std::string>();
            if (name == "lease") continue;
            const auto* const columns = name == "schema_migration" ? "(t.number, t.file, t.sha256)" : "t";
            auto& rows = out[name];
            for (const auto& row :
                 sql("select " + std::string{columns} + "::text from " + name + " t order by 1"))
                rows.push_back(row[0].as<std::string>());
        }
        return out;
    }

  private:
    std::string name_;
    std::vector<Synthetic> chain_;
    Server server_;
    Schema schema_;
    TemporaryFolder folder_;
    std::unique_ptr<pqxx::connection> connection_;
};

}  // namespace moneytrail::test
