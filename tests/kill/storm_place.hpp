#pragma once

// A data_dir of a storm's own: the shipped run with a fork, lists and addresses to import, and what the
// tables of its database hold.

#include "outcome.hpp"
#include "support/cluster_processes.hpp"
#include "support/forked_run.hpp"
#include "support/own_server.hpp"

#include <array>

namespace moneytrail::test {

// What is imported beside the daemon does not change what it says: nobody of it is in a block. Each list is
// there twice under the same name, so that an import has something to replace.
class StormPlace {
  public:
    StormPlace() {
        namespace fs = std::filesystem;
        // Root's PostgreSQL is user postgres's, who must get there.
        fs::permissions(folder_.path(), fs::perms::owner_all | fs::perms::group_exec | fs::perms::group_read |
                                            fs::perms::others_exec | fs::perms::others_read);
        folder_.write("blocks.jsonl", forked_run(5));
        for (const std::string version : {"a", "b"}) {
            folder_.write(version + "/more.csv", labels(version));
            folder_.write(version + "/coins.csv", tokens(version));
            folder_.write(version + "/watched.csv", watched(version));
        }
    }

    std::filesystem::path data_dir() const { return folder_.path() / "data"; }
    std::filesystem::path cluster() const { return data_dir() / "postgres/cluster"; }
    std::filesystem::path file(const std::string& name) const { return folder_.path() / name; }

    // What it says is appended to `out`, and `err` is what it says this time: neither ends where a pipe does.
    Launch command(const Words& words, const std::filesystem::path& out, const std::filesystem::path& err,
                   const std::string& pace) const {
        Launch launch{.program = "/bin/sh",
                      .arguments = {"-c", R"(out=$1 err=$2; shift 2; exec "$@" >>"$out" 2>"$err")", "sh",
                                    out.string(), err.string(), MONEYTRAIL_PROGRAM},
                      .folder = source_folder()};
        launch.arguments.insert(launch.arguments.end(), words.begin(), words.end());
        launch.arguments.insert(launch.arguments.end(), {"--config", configuration(pace).string()});
        return launch;
    }

    // Of a server of its own over the cluster, while no other runs: all rows of all tables. Left out is only
    // what depends on when somebody was started or imported something.
    Tables tables(pqxx::result& alerts) const {
        const OwnServer server{cluster(), "moneytrail"};
        pqxx::connection connection{server.url()};
        pqxx::nontransaction tx{connection};
        Tables out;
        for (const auto& table : tx.exec("select tablename from pg_tables where schemaname = 'public'")) {
            const auto name = table[0].as<std::string>();
            if (name == "lease") continue;
            auto& rows = out[name];
            for (const auto& row : tx.exec("select " + compared(name) + " from " + name + " t order by 1"))
                rows.push_back(row[0].as<std::string>());
        }
        alerts = tx.exec(kAlerts);
        return out;
    }

  private:
    static std::string compared(const std::string& table) {
        static const std::map<std::string, std::string> kLeftOut{
            {"schema_migration", "applied"},
            {"imported_list", "imported"},
            {"chain", "watch_version"},
            {"watched_address", "effective_from,changed_version"}};
        // The evidence names the lists' versions, which the daemon takes up when it is started.
        if (table == "alert") return R"(regexp_replace(t::text, '""lists"":""[^"]*""', 'lists', 'g'))";
        const auto left_out = kLeftOut.find(table);
        return left_out == kLeftOut.end() ? "t::text"
                                          : "(to_jsonb(t) - '{" + left_out->second + "}'::text[])::text";
    }

    static std::string address(char kind, int number) {
        const auto digits = std::to_string(number);
        return "0x" + std::string(40 - digits.size(), kind) + digits;
    }
    static std::string labels(const std::string& version) {
        std::string out = "address,entity,category,label,source\n";
        for (int i = 1000; i < 4000; ++i)
            out += address('a', i) + ",Nobody,other,Nobody " + version + ",a list of the test\n";
        return out;
    }
    static std::string tokens(const std::string& version) {
        std::string out = "address,symbol,decimals,name,protected,listed\n";
        for (int i = 1000; i < 3000; ++i)
            out += address('b', i) + ",N" + std::to_string(i) + ",18,Nothing " + version + ",,\n";
        return out;
    }
    static std::string watched(const std::string& version) {
        std::string out = "address,entity,label\n";
        for (int i = 1000; i < 3000; ++i) out += address('c', i) + ",fund," + version + "\n";
        return out;
    }

    std::filesystem::path configuration(const std::string& pace) const {
        const auto shipped = [](const char* list) { return (source_folder() / "configs" / list).string(); };
        return folder_.write(
            "c" + pace + ".yaml",
            "data_dir: " + data_dir().string() + "\ndatabase: {url: embedded}\nlists: {tokens: [" +
                shipped("tokens.csv") + "], feeds: [" + shipped("chainlink-feeds.csv") +
                "], entities: " + shipped("entities.csv") +
                "}\nchannels: {console: {min_severity: low}}\n"
                "chains: [{name: e, chain_id: 1, archive: {path: blocks.jsonl, pace: " +
                pace +
                "}}]\n"
                "entities:\n"
                "  - {id: okx, name: OKX, roots: [\"0xBf94F0AC752C739F623C463b5210a7fb2cbb420B\"]}\n"
                "  - {id: fund, name: The Fund, aum_usd: 50000, roots: [\"" +
                kFund +
                "\"]}\n"
                "  - {id: jared, roots: [\"0x6b75d8af000000e20b7a7ddf000ba900b4009a80\"]}\n"
                "  - {id: binance, name: Binance, roots: "
                "[\"0x28c6c06298d514db089934071355e5743bf21d60\", "
                "\"0x21a31ee1afc51d94c2efccaa2092ad1028285549\"]}\n");
    }

    TemporaryFolder folder_;
};

}  // namespace moneytrail::test
