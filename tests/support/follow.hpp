#pragma once

// Runs FollowRecorded over blocks that are made as they are asked for, through restarts if wanted.

#include "services/follow_recorded.hpp"
#include "support/store_daemon.hpp"

#include <functional>

namespace moneytrail::test {

using MakeBlock = std::function<Block()>;

class MadeBlocks final : public BlockSource {
  public:
    explicit MadeBlocks(std::vector<MakeBlock> makers) : makers_{std::move(makers)} {}

    std::optional<SourcedBlock> next() override {
        if (is_at_end()) return std::nullopt;
        auto block = makers_[given_.size()]();
        given_.push_back(block.header.hash);
        return SourcedBlock{
            "block " + std::to_string(given_.size()), std::move(block), {"made", given_.size()}};
    }
    bool skip_behind(const SourcePosition& position, const BlockHash& hash) override {
        rewind();
        while (given_.size() < position.line && next()) continue;
        return position.line != 0 && given_.size() == position.line && given_.back() == hash;
    }
    void rewind() override { given_.clear(); }
    bool is_at_end() const { return given_.size() == makers_.size(); }
    // What was given behind this block is given again.
    void resume_behind(const BlockHash& hash) {
        while (!given_.empty() && given_.back() != hash) given_.pop_back();
    }

  private:
    std::vector<MakeBlock> makers_;
    std::vector<BlockHash> given_;
};

// Everything that an alert says.
inline std::string content_of(const Alert& alert) {
    const auto hex = [](const auto& value) { return value ? value->to_hex() : std::string{"-"}; };
    std::string out = to_digits(alert.id) + ' ' + std::string{to_string(alert.severity)} +
                      (alert.verified ? " verified " : " unverified ") + std::to_string(alert.block_num) +
                      ' ' + alert.block_hash.to_hex() + ' ' + to_iso(alert.block_time) + ' ' +
                      hex(alert.txn_hash) + ' ' + alert.entity + ' ' + alert.entity_name + ' ' +
                      alert.address.to_hex();
    for (const auto& each : alert.reasons) {
        out += '\n' + std::string{each.rule} + ' ' + std::string{to_string(each.severity)} + ' ' +
               to_string(each.position.place) + ' ' + std::to_string(static_cast<int>(each.direction)) + ' ' +
               hex(each.counterparty) + ' ' + each.counterparty_label + ' ' + hex(each.token) + ' ' +
               hex(each.token_id) + ' ' + each.symbol + ' ' + to_string(each.amount, each.decimals) + ' ' +
               (each.usd ? to_string(*each.usd) : "-") + ' ' + each.text;
        for (const auto& [key, value] : each.evidence) out += ' ' + key + '=' + value;
    }
    return out;
}

enum class Restarts { never, after_each_batch };

// The daemon ends right behind a commit: everything in memory is gone.
struct Ended : std::runtime_error {
    using std::runtime_error::runtime_error;
};

inline FollowHooks hooks(const MadeBlocks& source, Restarts restarts) {
    FollowHooks out;
    out.to_content = content_of;
    out.targets = [](const Alert& alert) {
        std::vector<Target> targets{{"console", "out"}};
        if (alert.severity > signals::Severity::low) targets.push_back({"telegram", "-100"});
        return targets;
    };
    out.seen = [](const std::string&, const Block&, const Admission&) {};
    out.committed = [&source, restarts] {
        if (restarts == Restarts::after_each_batch && !source.is_at_end()) throw Ended{"ended"};
    };
    return out;
}

// To the source's end. After each restart the source goes on behind the last block that was stored.
inline void follow_to_end(asio::io_context& loop, Store& store, MadeBlocks& source, FollowSettings settings,
                          Restarts restarts) {
    for (;;) {
        auto stored = value_of(loop, store.load());
        if (!stored.window.empty()) source.resume_behind(stored.window.back().hash);
        settings.watch_version = stored.watch_version;
        FollowRecorded service{source, store, std::move(stored), settings, hooks(source, restarts)};
        try {
            run(loop, service.run());
            return;
        } catch (const Ended&) {
            continue;
        }
    }
}

}  // namespace moneytrail::test
