// A block far ahead of its chain, a database that is ahead of its archive, and the way back.

#include "commands.hpp"
#include "support/chain_tables.hpp"
#include "support/synthetic_block.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail::test;
using Catch::Matchers::Contains;

namespace {

using Chain = std::vector<Synthetic>;

const Synthetic kFar{'f', 100'050, 'f', 'f', 17, 90};

Chain straight(int first, int last) {
    Chain out;
    for (int n = first; n <= last; ++n)
        out.push_back(n % 2 == 0 ? Synthetic{'a', n, 'a', 'c', 12, n} : Synthetic{'a', n, 'a'});
    return out;
}

Chain joined(Chain chain, const Chain& more) {
    chain.insert(chain.end(), more.begin(), more.end());
    return chain;
}

struct Fixture {
    Fixture() {
        folder.write("c.yaml", "database: {url: \"" + schema.url() +
                                   "\"}\nchannels: {console: {min_severity: low}}\n"
                                   "chains: [{name: e, chain_id: 1, archive: {path: blocks.jsonl}}]\n"
                                   "entities: [{id: fund, roots: [\"" +
                                   kFund + "\"]}]\n");
    }

    Ran run(const Chain& archive, Words words = {}) const {
        std::string text;
        for (const auto& block : archive) text += line(block) + '\n';
        folder.write("blocks.jsonl", text);
        words.insert(words.begin(), {"run", "--config", (folder.path() / "c.yaml").string()});
        return run_moneytrail(words);
    }
    Ran check_ends(const Chain& archive, const Words& words, int exit_code) const {
        auto ran = run(archive, words);
        INFO(ran.err);
        CHECK(ran.exit_code == exit_code);
        return ran;
    }
    // But for what is known of prices.
    std::map<std::string, Words> tables() const {
        pqxx::connection connection{schema.url()};
        pqxx::work tx{connection};
        std::map<std::string, Words> out;
        for (const auto& [table, query] : chain_tables())
            if (!table.starts_with("price"))
                for (const auto& row : tx.exec("select t::text from (" + query + ") t order by 1"))
                    out[table].push_back(row[0].as<std::string>());
        return out;
    }
    int tip() const {
        pqxx::connection connection{schema.url()};
        pqxx::work tx{connection};
        return tx.exec1("select coalesce(max(tip_num), -1) from chain")[0].as<int>();
    }

    // Several at once have one each.
    Schema schema{"far_ahead_" + std::to_string(++made)};
    inline static int made = 0;
    TemporaryFolder folder;
};

std::map<std::string, Words> tables_of(const Chain& archive) {
    const Fixture fixture;
    fixture.check_ends(archive, {}, 0);
    return fixture.tables();
}

constexpr auto kAhead =
    "the database ends with block 100050, ahead of its source, whose last block is 8: `run --from 6` takes "
    "back what is stored from block 6 on, and reads on there\n";

}  // namespace

TEST_CASE("run: a block far ahead in the middle of an archive is not crossed unasked") {
    const auto expected = tables_of(straight(1, 8));
    const Fixture fixture;
    const auto broken = joined(joined(straight(1, 5), {kFar}), straight(6, 8));
    const auto refused = fixture.check_ends(broken, {}, 2);
    CHECK_THAT(refused.err, Contains("blocks.jsonl:6: the database ends with block 5, the next block is "
                                     "100050, more than max_gap (50000) further: give --catch-up"));
    CHECK(fixture.tip() == 5);
    // What came before is stored, and told.
    CHECK(lines_of(refused.out).size() == 2);

    SECTION("the honest archive then goes on") {
        fixture.check_ends(straight(1, 8), {}, 0);
        CHECK(fixture.tables() == expected);
    }
    SECTION("crossed as asked, what lies behind it is not lost in silence, and there is a way back") {
        CHECK_THAT(fixture.check_ends(broken, {"--catch-up"}, 2).err, Contains(kAhead));
        CHECK(fixture.tip() == 100'050);
        CHECK_THAT(fixture.check_ends(broken, {}, 2).err, Contains(kAhead));
        CHECK_THAT(fixture.check_ends(straight(1, 8), {}, 2).err, Contains(kAhead));
        const auto back = fixture.check_ends(straight(1, 8), {"--from", "6"}, 0);
        CHECK_THAT(back.err, Contains("taken back from block 6 to 100050: 1 stored blocks, 1 alerts") &&
                                 Contains("prices start anew"));
        CHECK_THAT(back.out, Contains("taken back: "));
        CHECK(fixture.tables() == expected);
        const auto again = fixture.check_ends(straight(1, 8), {}, 0);
        CHECK(again.out.empty());
    }
}

TEST_CASE("run: blocks behind a gap that is not too wide are not left out in silence") {
    const Fixture fixture;
    const auto ran =
        fixture.check_ends(joined(joined(straight(1, 5), {{'f', 60, 'f'}}), straight(6, 8)), {}, 2);
    CHECK_THAT(ran.err, Contains("the database ends with block 60, ahead of its source, whose last block is "
                                 "8: `run --from 6` takes back"));
    // A gap that stays one is a notice.
    const Fixture other;
    other.check_ends(joined(straight(1, 5), straight(60, 62)), {}, 0);
    CHECK(other.tip() == 62);
}

TEST_CASE("run: an archive that ends below the database's last block says so") {
    const auto expected = tables_of(straight(1, 5));
    const Fixture fixture;
    fixture.check_ends(straight(1, 8), {}, 0);
    const auto ran = fixture.check_ends(straight(1, 5), {}, 2);
    CHECK_THAT(ran.err, Contains("the database ends with block 8, ahead of its source, whose last block is "
                                 "5: `run --from 6` takes back"));
    fixture.check_ends(straight(1, 5), {"--from", "6"}, 0);
    CHECK(fixture.tables() == expected);
    // Another archive of the chain, and one that repeats blocks at its end, are none of that.
    fixture.check_ends(straight(4, 8), {}, 0);
    fixture.check_ends(joined(straight(6, 12), straight(10, 11)), {}, 0);
    fixture.check_ends(joined(straight(6, 12), straight(10, 11)), {}, 0);
    CHECK(fixture.tip() == 12);
}

TEST_CASE("run --from: below the first block, above the last, with nothing stored") {
    const Fixture fixture;
    SECTION("below the first: everything goes and comes again") {
        const auto expected = tables_of(straight(3, 8));
        fixture.check_ends(straight(3, 8), {}, 0);
        const auto ran = fixture.check_ends(straight(3, 8), {"--from", "0"}, 0);
        CHECK(ran.out.empty());  // nobody is told twice
        CHECK(fixture.tables() == expected);
    }
    SECTION("above the last: what lies between is passed over, however wide") {
        fixture.check_ends(straight(1, 4), {}, 0);
        fixture.check_ends(joined(straight(1, 8), straight(100'000, 100'003)), {"--from", "100002"}, 0);
        CHECK(fixture.tip() == 100'003);
        CHECK(fixture.tables()["block"].size() == 4 + 2);
    }
    SECTION("where there is no block any more") {
        CHECK_THAT(fixture.check_ends(straight(1, 8), {"--from", "12"}, 2).err,
                   Contains("block 12 is asked for, and the source has none from there on; its last block "
                            "is 8\n"));
        fixture.check_ends(straight(1, 8), {}, 0);
        fixture.check_ends(straight(1, 8), {"--from", "9"}, 0);
        CHECK(fixture.check_ends(straight(1, 8), {"--from", "12"}, 2).out.empty());
        CHECK(fixture.tip() == 8);
    }
    SECTION("nothing stored: it begins there") {
        fixture.check_ends(straight(1, 8), {"--from", "5"}, 0);
        CHECK(fixture.tables() == tables_of(straight(5, 8)));
    }
    SECTION("what is no block number") {
        const auto* const word = GENERATE("earliest", "-1", "0x10", "9007199254740993", "", "1.5", "5 ");
        CAPTURE(word);
        const auto ran = fixture.check_ends(straight(1, 8), {"--from", word}, 2);
        CHECK_THAT(ran.err, Contains("--from: expected latest or a block number from 0 to 9007199254740992"));
    }
}

TEST_CASE("replay: blocks that are left out behind one far ahead are said, and are no success") {
    const Fixture fixture;
    std::string text;
    for (const auto& block : joined(joined(straight(1, 5), {kFar}), straight(6, 8)))
        text += line(block) + '\n';
    const auto archive = fixture.folder.write("broken.jsonl", text);
    const auto ran =
        run_moneytrail({"replay", "--config", (fixture.folder.path() / "c.yaml").string(), archive.string()});
    CHECK(ran.exit_code == 1);
    CHECK_THAT(ran.err, Contains("left out  3 blocks from 6 to 8: they came behind block 100050, which is "
                                 "ahead of them"));
}
