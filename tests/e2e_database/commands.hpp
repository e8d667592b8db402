#pragma once

// The built program on a database of one test's own.

#include "e2e/moneytrail.hpp"
#include "support/schema.hpp"

#include <pqxx/pqxx>

#include <map>

namespace moneytrail::test {

inline const std::string kOkx = "0xBf94F0AC752C739F623C463b5210a7fb2cbb420B";  // the root of okx
inline const std::string kOther = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

struct CommandsFixture {
    CommandsFixture() { configure(schema.url()); }

    void configure(const std::string& url) const {
        folder.write("c.yaml", "database: {url: \"" + url +
                                   "\"}\n"
                                   "chains:\n"
                                   "  - {name: e, chain_id: 1, archive: {path: blocks}}\n"
                                   "  - {name: other, chain_id: 5, archive: {path: blocks}}\n"
                                   "entities:\n"
                                   "  - {id: okx, name: OKX, roots: [\"" +
                                   kOkx +
                                   "\"]}\n"
                                   "  - {id: fund}\n");
    }
    Ran run(Words words) const {
        words.insert(words.end(), {"--config", file.string()});
        return run_moneytrail(words);
    }
    // The run of a command that is to succeed.
    std::string out_of(const Words& words) const {
        const auto ran = run(words);
        if (ran.exit_code != 0) throw std::runtime_error{words.front() + ": " + ran.err};
        return ran.out;
    }
    pqxx::result sql(const std::string& statement) const {
        pqxx::connection connection{schema.url()};
        pqxx::work tx{connection};
        auto result = tx.exec(statement);
        tx.commit();
        return result;
    }

    Schema schema{"e2e_commands"};
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "c.yaml";
};

}  // namespace moneytrail::test
