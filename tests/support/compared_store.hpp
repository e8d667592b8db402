#pragma once

// A store whose every answer about the past is compared with a history that grew in memory.

#include "ports/store.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace moneytrail::test {

// Of the answers to `question` those that differ, named; empty: none.
inline std::string difference(const History& loaded, const History& grown, const HistoryQuery& question) {
    std::string out;
    const auto compare = [&](const auto& a, const auto& b, const std::string& what) {
        if (a != b) out += what + '\n';
    };
    for (const auto& [subject, entity, index, token] : question.movements) {
        const auto who = subject.to_hex() + " ";
        compare(loaded.activities(subject), grown.activities(subject), who + "activities");
        compare(loaded.known_since(subject), grown.known_since(subject), who + "known since");
        for (const auto gate : {-1, 0, 1, 50, 1000, 25'000, 1'000'000}) {
            const auto usd = Usd::dollars(gate);
            for (const auto initiative : {Initiative::own, Initiative::others}) {
                const auto where = (token ? token->to_hex() : "ETH") + " over " + std::to_string(gate) +
                                   (initiative == Initiative::own ? "" : ", unasked");
                compare(loaded.traded(subject, token, initiative, usd),
                        grown.traded(subject, token, initiative, usd), who + where);
                compare(loaded.entity_traded(index, token, initiative, usd),
                        grown.entity_traded(index, token, initiative, usd), entity + " " + where);
            }
        }
    }
    for (const auto& [subject, entity, entity_index, organisation, index] : question.organisations) {
        const auto what = subject.to_hex() + " with " + organisation;
        compare(loaded.contact(subject, index), grown.contact(subject, index), what);
        compare(loaded.entity_contact(entity_index, index), grown.entity_contact(entity_index, index),
                entity + " with " + organisation);
    }
    for (const auto& [subject, counterparty] : question.pairs) {
        const auto what = subject.to_hex() + " and " + counterparty.to_hex();
        const auto begin = grown.pair_begin(subject, counterparty);
        compare(loaded.pair_begin(subject, counterparty), begin, what + " begin");
        const auto today = utc_day(question.time);
        for (auto day = today - std::chrono::days{70}; day <= today; day += std::chrono::days{1})
            compare(loaded.pair_day(subject, counterparty, day), grown.pair_day(subject, counterparty, day),
                    what + " on " + to_iso(day));
        compare(loaded.resembles_another(subject, counterparty),
                grown.resembles_another(subject, counterparty), what + " look-alike");
    }
    for (const auto& key : question.repeat_keys) compare(loaded.holds(key), grown.holds(key), key);
    return out;
}

class ComparedStore final : public Store {
  public:
    // `begin`: the time of the first block that will be stored.
    ComparedStore(Store& store, BlockTime begin) : store_{store} { grown_.begin(begin); }

    Task<StoredChain> load() override { return store_.load(); }
    Task<Committed> commit(BlockBatch batch) override {
        grow(batch);
        return store_.commit(std::move(batch));
    }
    Task<WatchChanges> watch_changes(WatchQuestion question) override {
        return store_.watch_changes(std::move(question));
    }
    Task<WatchChanges> hold_watch_list(WatchQuestion question) override {
        return store_.hold_watch_list(std::move(question));
    }
    Task<> withdraw_all() override { return store_.withdraw_all(); }
    Task<bool> roll_up() override { return store_.roll_up(); }
    Task<GoneBack> go_back(BlockNumber first) override { return store_.go_back(first); }
    Task<std::optional<StoredGap>> gap_at(BlockNumber number) override { return store_.gap_at(number); }

    // Asks about everything that was ever asked about beside what is asked now.
    Task<History> load_history(HistoryQuery question) override {
        grown_.rollback_above(question.as_of);
        movements_.insert(question.movements.begin(), question.movements.end());
        organisations_.insert(question.organisations.begin(), question.organisations.end());
        pairs_.insert(question.pairs.begin(), question.pairs.end());
        keys_.insert(question.repeat_keys.begin(), question.repeat_keys.end());
        const HistoryQuery everything{.as_of = question.as_of,
                                      .time = question.time,
                                      .movements = {movements_.begin(), movements_.end()},
                                      .organisations = {organisations_.begin(), organisations_.end()},
                                      .pairs = {pairs_.begin(), pairs_.end()},
                                      .repeat_keys = {keys_.begin(), keys_.end()}};
        auto all = co_await store_.load_history(everything);
        auto history = co_await store_.load_history(question);
        if (is_begun_) {
            differences_ += difference(all, grown_, everything);
            differences_ += difference(history, grown_, question);
            ++compared_;
        }
        co_return history;
    }

    const std::string& differences() const { return differences_; }
    int compared() const { return compared_; }
    std::size_t movements() const { return movements_.size(); }
    std::size_t pairs() const { return pairs_.size(); }

  private:
    void grow(const BlockBatch& batch) {
        is_begun_ = true;
        for (const auto& block : batch.blocks) {
            for (const auto& activity : block.activities) grown_.apply(activity);
            for (const auto& key : block.repeat_keys) grown_.hold(key, block.link.number);
        }
    }

    Store& store_;
    History grown_;
    std::set<HistoryQuery::SubjectToken> movements_;
    std::set<HistoryQuery::SubjectOrganisation> organisations_;
    std::set<HistoryQuery::Pair> pairs_;
    std::set<std::string> keys_;
    std::string differences_;
    int compared_ = 0;
    bool is_begun_ = false;
};

}  // namespace moneytrail::test
