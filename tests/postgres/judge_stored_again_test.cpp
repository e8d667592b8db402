#include "support/made_chain.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using test::StoreDaemon;

TEST_CASE_METHOD(test::MadeChain,
                 "what other rules stored is judged anew, once, and then is as if stored today") {
    const test::StoreSchema schema{"judged_again", following};
    std::vector<test::MakeBlock> chain;
    test::append(chain, 'm', 1, 400, 'm');
    {
        StoreDaemon daemon{schema.url()};
        follow(daemon, chain, 64);
        while (daemon.ask(daemon.store.roll_up())) {
        }
    }
    const auto before = test::tables(schema.url());
    REQUIRE_FALSE(before.at("contact").empty());
    REQUIRE_FALSE(before.at("subject_total").empty());

    // As rules would have left it that knew neither directions nor who is nobody, and other lists.
    test::Sql{schema.url()}.exec(
        "delete from first_contact where block_num % 2 = 0; update contact set direction = 'out', "
        "is_called = true, organisation = 'somebody'; update activity set spam = 'counterfeit' where "
        "spam = 'none' and block_num % 3 = 0; update activity set relation = 'nobody' where relation = "
        "'outsider' and block_num % 5 = 0; update subject_total set activities = 0; delete from pair_day; "
        "update chain set facts_version = 0");
    StoreDaemon daemon{schema.url()};
    const Feeds& feeds = default_feeds();
    CHECK(daemon.ask(daemon.store.judge_stored_again(feeds, tokens, names)) > 400);
    daemon.ask(daemon.store.load());
    const auto after = test::tables(schema.url());
    for (const auto& [table, rows] : before) {
        CAPTURE(table);
        CHECK(after.at(table) == rows);
    }
    CHECK(daemon.ask(daemon.store.judge_stored_again(feeds, tokens, names)) == 0);
}
