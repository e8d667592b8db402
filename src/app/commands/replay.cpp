#include "commands/replay.hpp"

#include "alerts/alert_json.hpp"
#include "base/printable.hpp"
#include "config/config.hpp"
#include "lists/feed_list.hpp"
#include "lists/known_lists.hpp"
#include "output/progress.hpp"
#include "output/replay_summary.hpp"
#include "pipeline/replay.hpp"
#include "wiring/following_from.hpp"
#include "wiring/rules_from.hpp"

#include <ostream>
#include <utility>

namespace moneytrail {
namespace {

class Run {
  public:
    Run(ReplayBlocks blocks, OnBadLine on_bad_line, std::ostream& out, std::ostream& err)
        : blocks_{std::move(blocks)}, on_bad_line_{on_bad_line}, out_{out}, notices_{err} {}

    // False: stopped at a line that could not be read.
    bool all(ArchiveSource& archive) {
        for (;;) {
            try {
                const auto sourced = archive.next();
                if (!sourced) break;
                one(*sourced);
            } catch (const Permanent& error) {
                bad_line(error.what());
                if (on_bad_line_ == OnBadLine::stop) return false;
            }
        }
        print(blocks_.finish());
        return true;
    }

    const ReplayTotals& totals() const { return blocks_.totals(); }
    std::uint64_t unreadable() const { return unreadable_; }

  private:
    void one(const SourcedBlock& sourced) {
        const auto number = std::to_string(sourced.block.header.number);
        progress_.step("block " + number);
        const auto taken = blocks_.take(sourced.block);
        if (!taken.notice.empty())
            notice(sourced.place + ": block " + number + " " + std::string{to_string(taken.fate)} + ": " +
                   taken.notice);
        print(taken.alerts);
    }

    void bad_line(const std::string& why) {
        progress_.clear();
        ++unreadable_;
        notices_.error(why);
    }

    void notice(const std::string& text) {
        progress_.clear();
        notices_.add(text);
    }

    void print(const std::vector<Alert>& alerts) {
        if (alerts.empty()) return;
        progress_.clear();
        for (const auto& alert : alerts) out_ << printable_json(to_json(alert)) << '\n';
        out_.flush();
        if (!out_) throw std::runtime_error{"alerts cannot be written to standard output"};
    }

    ReplayBlocks blocks_;
    OnBadLine on_bad_line_;
    std::ostream& out_;
    Notices notices_;
    Progress progress_;
    std::uint64_t unreadable_ = 0;
};

constexpr int kUsage = 2;

int usage_error(std::ostream& err, const std::string& why) {
    err << printable(why) << '\n';
    return kUsage;
}

int usage_error(std::ostream& err, const Problems& problems) {
    err << to_string(problems);
    return kUsage;
}

}  // namespace

int replay(const ReplayOptions& options, std::ostream& out, std::ostream& err) {
    const auto config = load_config(options.config_file);
    if (!config) return usage_error(err, config.error());
    auto lists = load_known_lists(config->lists, {});
    if (!lists) return usage_error(err, lists.error());
    const auto feeds = load_feeds(config->lists.feeds);
    if (!feeds) return usage_error(err, feeds.error());
    const auto followed = following_from(*config, options.addresses);
    if (!followed) return usage_error(err, followed.error());
    const auto& chain = config->chains.front();
    auto archives = options.archives;
    if (archives.empty() && chain.archive) archives.push_back(chain.archive->path);
    if (archives.empty())
        return usage_error(err, "replay needs an ARCHIVE, or a configuration whose chain names one");

    for (const auto* warnings : {&config->warnings, &std::as_const(*lists).warnings, &feeds->warnings})
        for (const auto& warning : *warnings) err << warning << '\n';
    for (const auto& note : lists->notes) err << printable(note) << '\n';
    for (const auto& note : followed->notes) err << printable(note) << '\n';
    for (const auto& note : idle_rules(*config)) err << printable(note) << '\n';
    const auto names = names_of(*lists);
    const auto rules = rules_from(config->signals);
    if (followed->following.tracked.empty() && !signals::judges_everybody(rules))
        err << printable(options.config_file)
            << ": nobody is followed: give entities with `roots`, or --addresses FILE\n";
    std::optional<ArchiveSource> archive;
    try {
        archive.emplace(std::move(archives), trace_policy(chain.traces));
    } catch (const ArchiveError& error) {
        return usage_error(err, error.what());
    }
    // An archive is the whole of what can be learned: nothing waits for more.
    const JudgeSettings settings{.chain_id = chain.chain_id,
                                 .rules = rules,
                                 .following = followed->following,
                                 .tokens = lists->tokens,
                                 .feeds = feeds->feeds,
                                 .names = names};
    Run run{ReplayBlocks{settings, chain.reorg_grace}, options.on_bad_line, out, err};
    const bool done = run.all(*archive);
    err << to_string(run.totals(), run.unreadable());
    return done && run.totals().left_behind.blocks == 0 ? 0 : 1;
}

}  // namespace moneytrail
