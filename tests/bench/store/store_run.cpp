#include "bench/store/store_run.hpp"

#include "alerts/alert_json.hpp"
#include "chain/parse_block.hpp"
#include "services/follow_recorded.hpp"

#include <chrono>
#include <stdexcept>

namespace moneytrail::bench {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

class RecordedBlocks final : public BlockSource {
  public:
    explicit RecordedBlocks(const std::vector<Recording>& recordings) : recordings_{recordings} {}

    std::optional<SourcedBlock> next() override {
        if (next_ == recordings_.size()) return std::nullopt;
        const auto& recording = recordings_[next_++];
        auto block = parser_.parse(recording.json(), Traces::read);
        if (!block) throw std::runtime_error{recording.name()};
        return SourcedBlock{recording.name(), std::move(*block), {}};
    }
    bool skip_behind(const SourcePosition&, const BlockHash&) override { return false; }
    void rewind() override { next_ = 0; }

  private:
    const std::vector<Recording>& recordings_;
    BlockParser parser_;
    std::size_t next_ = 0;
};

}  // namespace

StoreRun::StoreRun(const std::vector<Recording>& recordings, const std::vector<Address>& watched)
    : recordings_{recordings},
      replay_{watched, Traces::read},
      schema_{"bench", replay_.settings().following} {}

double StoreRun::replay() {
    const auto start = Clock::now();
    ReplayBlocks blocks{replay_.settings(), test::StoreDaemon::kGrace};
    RecordedBlocks source{recordings_};
    std::size_t written = 0;
    while (const auto sourced = source.next())
        for (const auto& alert : blocks.take(sourced->block).alerts) written += to_json(alert).size();
    if (written == 0) throw std::runtime_error{"nothing was raised"};
    return seconds_since(start);
}

double StoreRun::store(std::size_t batch) {
    empty();
    test::StoreDaemon daemon{schema_.url()};
    auto stored = daemon.ask(daemon.store.load());
    RecordedBlocks source{recordings_};
    const FollowHooks hooks{.to_content = to_json,
                            .targets = [](const Alert&) { return std::vector{Target{"console", "stdout"}}; },
                            .seen = [](const std::string&, const Block&, const Admission&) {},
                            .committed = [] {}};
    const FollowSettings settings{.judge = replay_.settings(), .batch = batch};
    const auto start = Clock::now();
    FollowRecorded service{source, daemon.store, std::move(stored), settings, hooks};
    test::run(daemon.loop, service.run());
    return seconds_since(start);
}

std::string StoreRun::summary() const {
    return test::Sql{schema_.url()}.text(
        "select (select count(*) from block) || ' blocks, ' || (select count(*) from activity) || "
        "' activities, ' || (select count(*) from alert) || ' alerts'");
}

// As it was made: everything but who is watched, and the record of migrations.
void StoreRun::empty() {
    test::Sql{schema_.url()}.exec(R"(
        do $$declare t record; begin
            for t in select tablename as name from pg_tables where schemaname = current_schema()
                and tablename not in ('chain', 'watched_address', 'schema_migration')
            loop execute format('truncate %I cascade', t.name); end loop;
        end$$;
        create temp table watched as select * from watched_address;
        truncate chain cascade;
        insert into chain (chain_id) values (1);
        truncate watched_address;
        insert into watched_address select * from watched;
        drop table watched)");
}

}  // namespace moneytrail::bench
