#include "replay_summary.hpp"

#include <array>
#include <ostream>
#include <utility>
#include <vector>

namespace moneytrail {
namespace {

using Count = std::pair<std::string_view, std::uint64_t>;

// "3 wrong, 1 orphan"; without those that are zero.
std::string listed(const std::vector<Count>& counts) {
    std::string out;
    for (const auto& [name, count] : counts)
        if (count != 0) out += (out.empty() ? "" : ", ") + std::to_string(count) + " " + std::string{name};
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
        counts.emplace_back(fate == Fate::judged ? "verified" : to_string(fate), count);
    }
    counts.emplace_back("lines unreadable", unreadable);
    counts.emplace_back("without traces", totals.without_traces);
    counts.emplace_back("gaps", totals.gaps);
    counts.emplace_back("reorgs", totals.reorgs);
    const auto details = listed(counts);
    return std::to_string(all) + (details.empty() ? "" : ": " + details);
}

std::string skipped_line(const DecodeCounts& counts) {
    return listed({{"malformed logs", counts.malformed_logs},
                   {"logs without a topic", counts.anonymous_logs},
                   {"logs of native transfers", counts.native_coin_logs},
                   {"values of transactions that nobody says succeeded", counts.unknown_outcomes},
                   {"transactions without a value", counts.unknown_values},
                   {"withdrawals without an index of their own", counts.unplaced_withdrawals},
                   {"transactions whose traces are no call tree", counts.malformed_traces}});
}

}  // namespace

void Notices::add(const std::string& text) {
    ++count_;
    if (count_ <= kMost) err_ << text << '\n';
    if (count_ == kMost) err_ << "further notices are only counted\n";
}

void Notices::error(const std::string& text) {
    err_ << text << '\n';
}

std::string to_string(const ReplayTotals& totals, std::uint64_t unreadable) {
    auto activity = std::to_string(totals.transfers) + " transfers, " + std::to_string(totals.activities) +
                    " of the followed";
    if (totals.unpriced != 0) activity += " (" + std::to_string(totals.unpriced) + " unpriced)";
    auto alerts = std::to_string(totals.raised) + " raised";
    if (!totals.reasons.empty()) alerts += " (" + by_rule(totals.reasons) + ")";
    if (const auto changed = listed({{"revised", totals.revised}, {"retracted", totals.retracted}});
        !changed.empty())
        alerts += ", " + changed;

    auto out = line("blocks", blocks_line(totals, unreadable)) + line("activity", activity) +
               line("skipped", skipped_line(totals.counts)) + line("unknown", by_rule(totals.unknown)) +
               line("alerts", alerts);
    if (totals.unpriced_until)
        out += line("prices", "ETH had none up to block " + std::to_string(*totals.unpriced_until) +
                                  ": no earlier answer of Chainlink's ETH / USD was seen");
    return out;
}

}  // namespace moneytrail
