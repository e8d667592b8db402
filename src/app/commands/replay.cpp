#include "commands/replay.hpp"

#include "alerts/alert_json.hpp"
#include "base/printable.hpp"
#include "commands/command_line.hpp"
#include "lists/inputs.hpp"
#include "output/progress.hpp"
#include "output/replay_summary.hpp"
#include "pipeline/replay.hpp"
#include "text/usage_error.hpp"
#include "wiring/database_session.hpp"
#include "wiring/following_from.hpp"
#include "wiring/rules_from.hpp"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace moneytrail {
namespace {

enum class OnBadLine { stop, count_and_go_on };

struct ReplayOptions {
    DatabaseOptions database;                     // the configuration, and the chain; replay needs none
    std::vector<std::filesystem::path> archives;  // none: the archive that the configuration names
    std::optional<std::filesystem::path> addresses;
    OnBadLine on_bad_line = OnBadLine::stop;
};

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

std::vector<std::filesystem::path> archives_of(const ReplayOptions& options, const ChainConfig& chain) {
    if (!options.archives.empty()) return options.archives;
    if (!chain.archive) throw UsageError{"replay needs an ARCHIVE, or a configuration whose chain names one"};
    return {chain.archive->path};
}

ArchiveSource open_archive(std::vector<std::filesystem::path> archives, const ChainConfig& chain) {
    try {
        return ArchiveSource{std::move(archives), trace_policy(chain.traces)};
    } catch (const ArchiveError& error) {
        throw UsageError{printable(error.what())};
    }
}

void tell(const Inputs& inputs, const Followed& followed, std::ostream& err) {
    for (const auto& warning : inputs.warnings()) err << warning << '\n';
    for (const auto& notes : {inputs.lists.notes, followed.notes, idle_rules(inputs.config)})
        for (const auto& note : notes) err << printable(note) << '\n';
}

// Alerts as JSON lines to `out`, one for each change of an alert: the last line with an id is its state.
// Notices and a summary go to `err`. Answers the exit code: 0 done, 1 a line could not be read or
// blocks were left out behind one that is ahead of them. Throws UsageError.
int replay(const ReplayOptions& options, std::ostream& out, std::ostream& err) {
    auto inputs = load_inputs(options.database.config_file);
    const auto& config = inputs.config;
    const auto followed = following_from(config, options.addresses);
    if (!followed) throw UsageError{to_string(followed.error())};
    const auto& chain = followed_chain(config, options.database);
    auto archives = archives_of(options, chain);

    tell(inputs, *followed, err);
    const auto names = names_of(inputs.lists);
    const auto rules = rules_from(config.signals);
    if (followed->following.tracked.empty() && !signals::judges_everybody(rules))
        err << printable(options.database.config_file)
            << ": nobody is followed: give entities with `roots`, or --addresses FILE\n";
    auto archive = open_archive(std::move(archives), chain);
    // An archive is the whole of what can be learned: nothing waits for more.
    const JudgeSettings settings{.chain_id = chain.chain_id,
                                 .rules = rules,
                                 .following = followed->following,
                                 .tokens = inputs.lists.tokens,
                                 .feeds = inputs.feeds.feeds,
                                 .names = names};
    Run run{ReplayBlocks{settings, chain.reorg_grace}, options.on_bad_line, out, err};
    const bool done = run.all(archive);
    err << to_string(run.totals(), run.unreadable());
    return done && run.totals().left_behind.blocks == 0 ? 0 : 1;
}

}  // namespace

void add_replay(CommandLine& line) {
    const auto options = std::make_shared<ReplayOptions>();
    const auto is_keeping_going = std::make_shared<bool>(false);
    auto* words = line.add(
        "replay",
        "Recorded blocks through the pipeline; alerts as JSON lines on standard output, a summary on "
        "standard error",
        [&line, options, is_keeping_going] {
            options->database = line.database();
            options->on_bad_line = *is_keeping_going ? OnBadLine::count_and_go_on : OnBadLine::stop;
            return replay(*options, std::cout, std::cerr);
        });
    line.add_chain_option(words);
    words->add_option("ARCHIVE", options->archives,
                      ".jsonl, .jsonl.gz, .json, .json.gz or a folder of them; default: the chain's "
                      "archive in the configuration");
    words->add_option("--addresses", options->addresses, "More to follow: CSV address,entity,label");
    words->add_flag("--keep-going", *is_keeping_going, "Count and skip lines that cannot be read");
}

}  // namespace moneytrail
