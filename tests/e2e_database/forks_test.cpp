// The shipped run with a fork in it: what the daemon leaves behind is what replay says, and what a daemon
// leaves behind that never saw the fork.

#include "commands.hpp"
#include "support/chain_tables.hpp"
#include "support/forked_run.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail::test;

namespace {

std::string shipped(const std::string& list) {
    return (source_folder() / "configs" / list).string();
}

struct Chain {
    Chain(const std::string& name, int depth, const std::string& pace) : schema{name} {
        folder.write("blocks.jsonl", forked_run(depth));
        folder.write("c.yaml",
                     "database: {url: \"" + schema.url() + "\"}\nlists: {tokens: [" + shipped("tokens.csv") +
                         "], feeds: [" + shipped("chainlink-feeds.csv") + "], entities: " +
                         shipped("entities.csv") + ", labels: [" + shipped("labels.csv.gz") +
                         "]}\nchannels: {console: {min_severity: low}}\n"
                         "chains: [{name: e, chain_id: 1, archive: {path: blocks.jsonl, pace: " +
                         pace +
                         "}}]\n"
                         "entities:\n  - {id: okx, name: OKX, roots: [\"" +
                         kOkx +
                         "\"]}\n"
                         "  - {id: fund, name: The Fund, aum_usd: 50000, roots: [\"" +
                         kFund +
                         "\"]}\n"
                         "  - {id: jared, roots: [\"0x6b75d8af000000e20b7a7ddf000ba900b4009a80\"]}\n"
                         "  - {id: binance, name: Binance, roots: "
                         "[\"0x28c6c06298d514db089934071355e5743bf21d60\", "
                         "\"0x21a31ee1afc51d94c2efccaa2092ad1028285549\"]}\n");
    }

    std::string out_of(Words words) const {
        words.insert(words.end(), {"--config", (folder.path() / "c.yaml").string()});
        auto ran = run_moneytrail(words);
        INFO(ran.err);
        REQUIRE(ran.exit_code == 0);
        return std::move(ran.out);
    }
    std::map<std::string, Words> tables() const {
        pqxx::connection connection{schema.url()};
        pqxx::work tx{connection};
        std::map<std::string, Words> out;
        for (const auto& [table, query] : chain_tables())
            for (const auto& row : tx.exec("select t::text from (" + query + ") t order by 1"))
                out[table].push_back(row[0].as<std::string>());
        return out;
    }

    Schema schema;
    TemporaryFolder folder;
};

const std::map<std::string, Words>& straight_tables() {
    static const auto tables = [] {
        const Chain chain{"e2e_straight", 0, "0"};
        chain.out_of({"run"});
        return chain.tables();
    }();
    return tables;
}

// What was said of each alert in the end.
std::map<std::string, std::string> last_lines(const std::string& text) {
    std::map<std::string, std::string> out;
    for (const auto& each : lines_of(text)) out[Json::parse(each)["id"]] = each;
    return out;
}

}  // namespace

TEST_CASE("run and replay agree about forks, and the tables do not remember them") {
    const auto depth = GENERATE(1, 2, 5, 64);
    // All at once, and one block a commit.
    const auto pace = GENERATE(as<std::string>{}, "0", "1ms");
    CAPTURE(depth, pace);
    const Chain chain{"e2e_forks", depth, pace};
    const auto replayed = last_lines(chain.out_of({"replay"}));
    chain.out_of({"run"});
    const auto exported = chain.out_of({"alerts", "export", "--json"});

    const bool is_same = last_lines(exported) == replayed;
    CHECK(is_same);
    CHECK(lines_of(exported).size() == replayed.size());
    const auto retracted = std::ranges::count_if(
        replayed, [](const auto& each) { return each.second.contains(R"("status":"retracted")"); });
    // The payments that only the fork has: its last block's, and those beyond the real blocks.
    CHECK(retracted >= (depth == 64 ? kAncestor + 64 - kLastReal + 1 : 1));

    const auto tables = chain.tables();
    for (const auto& [table, rows] : straight_tables()) {
        CAPTURE(table);
        const auto found = tables.find(table);
        const bool is_as_without = found != tables.end() && found->second == rows;
        CHECK(is_as_without);
    }
    CHECK(tables.size() == straight_tables().size());
    CHECK(tables.at("alert").size() > 20);
}
