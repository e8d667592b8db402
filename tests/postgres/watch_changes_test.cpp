#include "postgres/watch_list.hpp"
#include "services/followed_list.hpp"
#include "support/made_chain.hpp"

#include <catch2/catch.hpp>

#include <cstring>
#include <future>

using namespace moneytrail;
using test::append;
using test::MakeBlock;
using test::StoreDaemon;

namespace {

const Address kNobody = test::address(0x99);  // moves nothing in these blocks

// Stands among the addresses by its first byte.
Address of_a_list(std::uint8_t first, std::uint64_t number) {
    Address out;
    out.bytes()[0] = first;
    std::memcpy(&out.bytes()[12], &number, sizeof number);
    return out;
}

WatchedAddress watched(const Address& address, const char* entity) {
    return {address, entity, ""};
}

WatchQuestion behind(std::uint64_t version) {
    return {.behind = end_of(version), .about = {}};
}

// One transaction of another program.
struct Change {
    bool removes = false;
    WatchedAddress what;
    std::vector<WatchedAddress> others = {};  // that are added with it
};

void make(test::Sql& sql, const Change& change) {
    sql.transact([&](postgres::Work& tx) {
        if (change.removes)
            postgres::remove_address(tx, 1, change.what.address);
        else {
            auto all = change.others;
            all.push_back(change.what);
            postgres::add_addresses(tx, 1, all);
        }
    });
}

// Somebody whose change has to wait.
class Waiting {
  public:
    explicit Waiting(std::string url) : url_{std::move(url)}, sql_{url_} {}

    // Returns once it waits for the list.
    std::future<void> make(const Change& change) {
        auto done = std::async(std::launch::async, [this, change] {
            test::Sql other{url_};
            ::make(other, change);
        });
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{30};
        while (sql_.text("select count(*) from pg_locks where locktype = 'advisory' and not granted") == "0")
            if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error{"nobody waits"};
        return done;
    }

  private:
    std::string url_;
    test::Sql sql_;
};

// The n-th of a series in which everything happens to who is dealt with in every block: added, labelled, of
// another entity (also of one that nobody configured), removed, added again; and much to others.
Change change(std::uint64_t n) {
    constexpr std::array kEntities{"fund", "desk", "newcomer"};
    const auto& who = n % 3 == 0 ? test::kStranger : n % 3 == 1 ? test::kStranger2 : kNobody;
    Change out{.removes = n / 3 % 2 == 1, .what = watched(who, kEntities[n / 6 % kEntities.size()])};
    if (n % 4 == 0) out.what.label = "label " + std::to_string(n);
    // A list is imported, whose addresses stand before and behind those of the blocks.
    if (n % 7 == 3)
        for (std::uint64_t i = 0; i < 20; ++i)
            out.others.push_back(watched(of_a_list(i % 2 == 0 ? 0x01 : 0xfe, 100 * n + i), "crowd"));
    // A root cannot be removed, but labelled.
    if (n % 5 == 4) out = {.removes = false, .what = {test::kDesk, "desk", "desk " + std::to_string(n)}};
    return out;
}

// With gaps and forks, whose prices and facts come and go.
std::vector<MakeBlock> chain() {
    std::vector<MakeBlock> out;
    append(out, 'm', 1, 60, 'm');
    append(out, 'm', 71, 100, 'm');
    append(out, 'f', 95, 101, 'm');
    append(out, 'm', 95, 130, 'm');
    return out;
}

struct Happened {
    BlockHash tip;  // when it was made; of no block: before the first
    Change change;
};

// Somebody changes the list before every commit.
class ChangedStore final : public Store {
  public:
    // `part`: of the changes is taken up at once.
    ChangedStore(Store& store, const std::string& url, std::size_t part)
        : store_{store}, sql_{url}, part_{part} {}

    Task<StoredChain> load() override { return store_.load(); }
    Task<History> load_history(HistoryQuery question) override {
        return store_.load_history(std::move(question));
    }
    Task<Committed> commit(BlockBatch batch) override {
        ++commits;
        if (!std::exchange(is_held_, false)) change_list();
        const auto last = batch.blocks.back().link.hash;
        const auto committed = co_await store_.commit(std::move(batch));
        if (committed == Committed::now) {
            tip_ = last;
            ++batches;
        }
        co_return committed;
    }
    Task<WatchChanges> watch_changes(WatchQuestion question) override {
        ++parts;
        question.most = part_;
        return store_.watch_changes(std::move(question));
    }
    Task<WatchChanges> hold_watch_list(WatchQuestion question) override {
        change_list();
        is_held_ = true;
        question.most = part_;
        return store_.hold_watch_list(std::move(question));
    }
    Task<> withdraw_all() override { return store_.withdraw_all(); }
    Task<bool> roll_up() override { return store_.roll_up(); }
    Task<GoneBack> go_back(BlockNumber first) override { return store_.go_back(first); }
    Task<std::optional<StoredGap>> gap_at(BlockNumber number) override { return store_.gap_at(number); }

    std::vector<Happened> happened;
    int commits = 0;
    int batches = 0;
    int parts = 0;  // that were taken up beside a commit

  private:
    void change_list() {
        happened.push_back({tip_, change(happened.size())});
        make(sql_, happened.back().change);
    }

    Store& store_;
    test::Sql sql_;
    std::size_t part_;
    BlockHash tip_;
    bool is_held_ = false;
};

struct Fixture : test::MadeChain {
    // Goes on from the store to the source's end, with the list that the store has.
    void follow_on(asio::io_context& loop, Store& store, std::vector<MakeBlock> blocks, std::size_t batch) {
        auto stored = test::value_of(loop, store.load());
        FollowedList list{following.entities, stored.watched};
        FollowSettings with{
            .judge = {.rules = rules, .following = list.following(), .tokens = tokens, .names = names},
            .batch = batch,
            .watch_version = stored.watch_version};
        auto left = blocks.size();
        test::MadeBlocks source{std::move(blocks)};
        auto hooks = test::hooks(source, test::Restarts::never);
        hooks.watch_list_changed = [&](const auto& changes) { list.apply(changes); };
        if (batch == 1)
            hooks.committed = [&] {
                if (--left == 0) throw test::Ended{"before the end is known to be one"};
            };
        FollowRecorded service{source, store, std::move(stored), with, std::move(hooks)};
        try {
            test::run(loop, service.run());
        } catch (const test::Ended&) {
        }
    }

    // The same changes at the same tips, but by a daemon that reads block after block, and the whole list
    // anew after each change.
    void repeat(const std::string& url, const std::vector<Happened>& happened) {
        test::Sql sql{url};
        StoreDaemon daemon{url};
        std::vector<MakeBlock> part;
        auto next = happened.begin();
        const auto change_list = [&](const BlockHash& tip) {
            for (; next != happened.end() && next->tip == tip; ++next) make(sql, next->change);
        };
        change_list({});
        for (const auto& each : chain()) {
            part.push_back(each);
            if (next == happened.end() || next->tip != each().header.hash) continue;
            follow_on(daemon.loop, daemon.store, std::exchange(part, {}), 1);
            change_list(each().header.hash);
        }
        REQUIRE(next == happened.end());
        if (!part.empty()) follow_on(daemon.loop, daemon.store, std::move(part), 1);
        test::run(daemon.loop, daemon.store.withdraw_all());
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture,
                 "a list that changes at every commit holds up no block and counts from the next one on") {
    using Row = std::pair<std::size_t, std::size_t>;
    const auto [batch, part] =
        GENERATE(Row{2, kMaxWatchPart}, Row{2, 1}, Row{7, 3}, Row{64, kMaxWatchPart}, Row{64, 2});
    CAPTURE(batch, part);
    const test::StoreSchema schema{"watch_changes", following};
    std::vector<Happened> happened;
    {
        StoreDaemon daemon{schema.url()};
        ChangedStore store{daemon.store, schema.url(), part};
        follow_on(daemon.loop, store, chain(), batch);
        CHECK(store.batches >= 133 / static_cast<int>(batch));
        CHECK(store.commits > 3 * store.batches / 2);
        CHECK(store.commits <= 2 * store.batches);
        CHECK((store.parts > 0) == (part < kMaxWatchPart));
        happened = std::move(store.happened);
    }
    const test::StoreSchema repeated{"watch_changes_repeated", following};
    repeat(repeated.url(), happened);
    const auto expected = test::tables(repeated.url());
    for (const auto& [table, rows] : test::tables(schema.url())) {
        CAPTURE(table);
        CHECK(rows == expected.at(table));
    }
    // The series is not about nobody.
    const auto stranger = test::Sql{schema.url()}.text("select count(*) from activity where subject = '\\x" +
                                                       test::kStranger.to_hex().substr(2) + "'");
    CHECK(std::stoi(stranger) > 5);
}

TEST_CASE_METHOD(Fixture, "who changes the list waits while it is held, until a commit or a new start") {
    const test::StoreSchema schema{"watch_held", following};
    StoreDaemon daemon{schema.url()};
    std::vector<MakeBlock> blocks;
    append(blocks, 'm', 1, 3, 'm');
    follow(daemon, blocks, 1);
    test::Sql other{schema.url()};
    Waiting waiting{schema.url()};
    const Change add{.removes = false, .what = watched(kNobody, "fund")};
    const Change remove{.removes = true, .what = watched(kNobody, "fund")};

    make(other, {.removes = false, .what = watched(test::kStranger, "fund")});
    make(other, add);
    const auto changes = daemon.ask(daemon.store.hold_watch_list(behind(1)));
    CHECK(changes.version == 2);
    REQUIRE(changes.changes.size() == 1);
    CHECK(changes.changes[0].watched.address == kNobody);
    CHECK(changes.changes[0].watched.effective_from == 4);
    CHECK_FALSE(changes.changes[0].removed);
    auto removing = waiting.make(remove);

    BlockBatch batch{.after = BlockLink{3, test::numbered<BlockHash>('m', 3), {}}, .watch_version = 2};
    BlockRecord block;
    block.link = {4, test::numbered<BlockHash>('m', 4), {}};
    batch.blocks.push_back(std::move(block));
    CHECK(daemon.ask(daemon.store.commit(std::move(batch))) == Committed::now);
    removing.get();

    const auto removed = daemon.ask(daemon.store.hold_watch_list(behind(2)));
    REQUIRE(removed.changes.size() == 1);
    CHECK(removed.changes[0].removed);
    auto adding = waiting.make(add);
    CHECK(daemon.ask(daemon.store.load()).watch_version == 3);
    adding.get();
    CHECK(daemon.ask(daemon.store.load()).watch_version == 4);
}

TEST_CASE_METHOD(Fixture, "a long list is taken up part by part, whoever a block mentions first") {
    const test::StoreSchema schema{"watch_parts", following};
    StoreDaemon daemon{schema.url()};
    daemon.ask(daemon.store.load());
    test::Sql other{schema.url()};
    make(other, {.removes = false, .what = watched(test::kStranger, "fund")});
    Change import{.removes = false, .what = watched(kNobody, "fund")};
    for (std::uint64_t i = 1; i < 10; ++i) import.others.push_back(watched(of_a_list(0xf0, i), "fund"));
    make(other, import);
    make(other, {.removes = false, .what = watched(of_a_list(0xf0, 1), "desk")});
    const auto version = daemon.ask(daemon.store.load()).watch_version;

    // Version by version, and in each by address: 'w' 2 to 9 stand behind kNobody, and 1 has changed since.
    std::vector<Address> expected{kNobody};
    for (std::uint64_t i = 2; i < 10; ++i) expected.push_back(of_a_list(0xf0, i));
    expected.push_back(of_a_list(0xf0, 1));
    std::ranges::sort(expected.begin(), expected.end() - 1);
    std::vector<Address> taken;
    WatchQuestion question{.behind = end_of(version - 2), .about = {}, .most = 4};
    for (bool is_all = false; !is_all; is_all = taken.size() >= expected.size()) {
        const auto part = daemon.ask(daemon.store.watch_changes(question));
        for (const auto& each : part.changes) taken.push_back(each.watched.address);
        CHECK(part.version == version);
        CHECK(part.is_all == (taken.size() == expected.size()));
        question.behind = part.up_to;
    }
    CHECK(taken == expected);
    CHECK(question.behind == end_of(version));

    // What is asked for comes beside the part, where it has changed and stands behind it.
    question = {.behind = end_of(version - 2),
                .about = {expected.back(), expected.front(), test::kFund, test::address(0x98)},
                .most = 2};
    const auto part = daemon.ask(daemon.store.watch_changes(question));
    REQUIRE(part.changes.size() == 3);
    CHECK(part.changes[0].watched.address == expected.front());
    CHECK(part.changes[2].watched.address == expected.back());
    CHECK(part.changes[2].watched.entity == "desk");
}

TEST_CASE_METHOD(Fixture, "a change that somebody makes by hand is taken up like any other") {
    const test::StoreSchema schema{"watch_by_hand", following};
    StoreDaemon daemon{schema.url()};
    daemon.ask(daemon.store.load());
    test::Sql{schema.url()}.exec(
        "insert into watched_address (chain_id, address, entity, label, method, effective_from) "
        "values (1, substr(sha256('x'), 1, 20), 'fund', '', 'user', 0)");
    test::Sql{schema.url()}.exec(
        "update watched_address set label = 'x' where method = 'user'; update chain set watch_version = "
        "watch_version + 1");
    const auto changes = daemon.ask(daemon.store.hold_watch_list(behind(0)));
    CHECK(changes.version == 1);
    // Beside the roots, which were also written by hand.
    CHECK(std::ranges::count(changes.changes, "x", [](const auto& each) { return each.watched.label; }) == 1);
    CHECK(daemon.ask(daemon.store.hold_watch_list(behind(1))).changes.empty());
}
