#include "output/replay_summary.hpp"

#include "base/printable.hpp"

#include <array>
#include <ostream>
#include <vector>

namespace moneytrail {
namespace {

struct Count {
    std::uint64_t count = 0;
    std::string_view one;
    std::string_view many = one;
};

// "1 gap", "2 gaps"
std::string counted(const Count& count) {
    return std::to_string(count.count) + " " + std::string{count.count == 1 ? count.one : count.many};
}

// "3 wrong, 1 gap"; without those that are zero.
std::string listed(const std::vector<Count>& counts) {
    std::string out;
    for (const auto& each : counts)
        if (each.count != 0) out += (out.empty() ? "" : ", ") + counted(each);
    return out;
}

// "S3 4, T1 2"
std::string by_rule(const std::map<std::string_view, std::uint64_t>& counts) {
    std::string out;
    for (const auto& [rule, count] : counts)
        out += (out.empty() ? "" : ", ") + std::string{rule} + " " + std::to_string(count);
    return out;
}

std::string line(std::string_view name, const std::string& text) {
    if (text.empty()) return {};
    std::string out{name};
    out.resize(10, ' ');
    return out + text + "\n";
}

std::string blocks_line(const ReplayTotals& totals, std::uint64_t unreadable) {
    constexpr std::array kFates{Fate::judged, Fate::unverified, Fate::wrong, Fate::duplicate, Fate::orphan};
    std::uint64_t all = 0;
    std::vector<Count> counts;
    for (const auto fate : kFates) {
        const auto found = totals.blocks.find(fate);
        const auto count = found == totals.blocks.end() ? 0 : found->second;
        all += count;
        counts.push_back({count, fate == Fate::judged ? "verified" : to_string(fate)});
    }
    counts.push_back({unreadable, "line unreadable", "lines unreadable"});
    counts.push_back({totals.without_traces, "without traces"});
    counts.push_back({totals.gaps, "gap", "gaps"});
    counts.push_back({totals.reorgs, "reorg", "reorgs"});
    const auto details = listed(counts);
    return std::to_string(all) + (details.empty() ? "" : ": " + details);
}

std::string skipped_line(const DecodeCounts& counts) {
    return listed({{counts.malformed_logs, "malformed log", "malformed logs"},
                   {counts.anonymous_logs, "log without a topic", "logs without a topic"},
                   {counts.native_coin_logs, "log of a native transfer", "logs of native transfers"},
                   {counts.unknown_outcomes, "value of a transaction that nobody says succeeded",
                    "values of transactions that nobody says succeeded"},
                   {counts.unknown_values, "transaction without a value", "transactions without a value"},
                   {counts.unknown_recipients, "value of a creation whose address nobody tells",
                    "values of creations whose addresses nobody tells"},
                   {counts.unplaced_withdrawals, "withdrawal without an index of its own",
                    "withdrawals without an index of their own"},
                   {counts.untraced, "transaction without traces", "transactions without traces"},
                   {counts.stray_frames, "trace of no transaction", "traces of no transaction"}});
}

std::string prices_line(const ReplayTotals& totals) {
    std::string out;
    if (totals.unpriced_until)
        out = "ETH had none up to block " + std::to_string(*totals.unpriced_until) +
              ": neither a feed nor a pool had told it earlier";
    if (totals.unpriced_again != 0)
        out += std::string{out.empty() ? "ETH" : "; it"} + " lost it again for " +
               counted({totals.unpriced_again, "block", "blocks"}) + ", the last of them " +
               std::to_string(totals.last_unpriced) + ": nothing told it anew in time";
    return out;
}

}  // namespace

void Notices::add(const std::string& text) {
    ++count_;
    if (count_ <= kMost) err_ << printable(text) << '\n';
    if (count_ == kMost) err_ << "further notices are only counted\n";
}

void Notices::error(const std::string& text) {
    err_ << printable(text) << '\n';
}

std::string to_string(const ReplayTotals& totals, std::uint64_t unreadable) {
    auto activity = counted({totals.transfers, "transfer", "transfers"}) + ", " +
                    std::to_string(totals.activities) + " of the followed";
    if (totals.unpriced != 0) activity += " (" + std::to_string(totals.unpriced) + " unpriced)";
    auto alerts = std::to_string(totals.raised) + " raised";
    if (!totals.reasons.empty()) alerts += " (" + by_rule(totals.reasons) + ")";
    if (const auto changed = listed({{totals.revised, "revised"}, {totals.retracted, "retracted"}});
        !changed.empty())
        alerts += ", " + changed;

    auto out = line("blocks", blocks_line(totals, unreadable)) + line("activity", activity) +
               line("skipped", skipped_line(totals.counts)) + line("unknown", by_rule(totals.unknown)) +
               line("alerts", alerts);
    if (const auto& left = totals.left_behind; left.blocks != 0)
        out += line("left out", counted({left.blocks, "block", "blocks"}) + " from " +
                                    std::to_string(left.first) + " to " + std::to_string(left.last) +
                                    ": they came behind block " + std::to_string(left.ahead) +
                                    ", which is ahead of them. If it is not the chain's, take it out of the "
                                    "archive");
    out += line("prices", prices_line(totals));
    return out;
}

}  // namespace moneytrail
