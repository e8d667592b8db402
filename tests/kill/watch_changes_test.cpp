#include "outcome.hpp"

using namespace moneytrail::test;
using namespace std::chrono_literals;

namespace {

// In every block the fund pays the payee.
std::vector<Synthetic> payments(int last) {
    std::vector<Synthetic> out;
    for (int n = 1; n <= last; ++n) out.push_back({'a', n, 'a', 'c', 1, n});
    return out;
}

struct Change {
    int tip = 0;  // when it was made
    bool is_watched = false;
};

// What `addresses add` and `addresses remove` do, over one connection.
class Changer {
  public:
    explicit Changer(const std::string& url) : connection_{url} {}

    Change change(bool is_watched) {
        pqxx::work tx{connection_};
        tx.exec(
            "select pg_advisory_xact_lock(hashtextextended('moneytrail watch list ' || current_schema() || "
            "' 1', 0))");
        const Change out{tx.exec1("select tip_num from chain for update")[0].as<int>(), is_watched};
        const auto payee = "'\\x" + kPayee.substr(2) + "'";
        if (is_watched)
            tx.exec(
                "insert into watched_address (chain_id, address, entity, label, method, effective_from) "
                "values (1, " +
                payee + ", 'fund', '', 'user', " + std::to_string(out.tip + 1) +
                ") on conflict (chain_id, address) do update set removed = false, "
                "effective_from = excluded.effective_from");
        else
            tx.exec("update watched_address set removed = true where address = " + payee);
        tx.exec("update chain set watch_version = watch_version + 1");
        tx.commit();
        return out;
    }

  private:
    pqxx::connection connection_;
};

}  // namespace

TEST_CASE(
    "fifty changes of the watch list a second hold up no block, and each counts from the next block on") {
    constexpr int kBlocks = 4000;
    Place place{"watch_changes", payments(kBlocks)};
    std::vector<Change> changes;
    Child daemon{place.daemon("0")};
    REQUIRE(place.wait_for_tip(1));
    // Beside the test, which reads what the daemon says.
    std::jthread changing{[&](const std::stop_token& stop) {
        Changer changer{place.url(place.server().host, place.server().user)};
        for (auto next = std::chrono::steady_clock::now(); !stop.stop_requested(); next += 20ms) {
            changes.push_back(changer.change(changes.size() % 2 == 0));
            std::this_thread::sleep_until(next);
        }
    }};
    const auto ran = daemon.wait(60s);
    changing.request_stop();
    changing.join();
    INFO(ran.err);
    CHECK(ran.exit_code == 0);
    CHECK(place.sql("select count(*) from block")[0][0].as<int>() == kBlocks);
    CHECK(changes.size() > 10);

    // By the order of changes and blocks alone.
    std::vector<int> expected;
    auto change = changes.begin();
    bool is_watched = false;
    for (int n = 1; n <= kBlocks; ++n) {
        for (; change != changes.end() && change->tip < n; ++change) is_watched = change->is_watched;
        if (is_watched) expected.push_back(n);
    }
    std::vector<int> judged;
    for (const auto& row :
         place.sql("select block_num from activity where subject = '\\x" + kPayee.substr(2) + "' order by 1"))
        judged.push_back(row[0].as<int>());
    CHECK(judged == expected);
    CHECK_FALSE(expected.empty());
}
