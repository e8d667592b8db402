#include "services/follow_recorded.hpp"

#include <algorithm>

// What is missing between the stored tip and the source: how far following goes on across it, and what its
// end tells.

namespace moneytrail {

// What the first block is asked for by its number counts from there.
bool FollowRecorded::is_too_far(BlockNumber next) const {
    if (!settings_.max_gap || !window_.tip()) return false;
    auto last = window_.tip()->number;
    if (!has_taken_ && settings_.from > last) last = settings_.from - 1;
    return next > last && next - last > *settings_.max_gap;
}

void FollowRecorded::stop_before(const SourcedBlock& sourced) {
    stopped_by_ = std::make_exception_ptr(
        TooFarBehind{sourced.place, window_.tip()->number, sourced.block.header.number});
    is_at_end_ = true;
}

void FollowRecorded::note(const Header& header, const Admission& admission) {
    if (admission.fate == Fate::wrong) return;
    has_tip_ = has_tip_ || admission.is_taken() || header.hash == window_.tip()->hash;
    lowest_seen_ = std::min(lowest_seen_.value_or(header.number), header.number);
    highest_seen_ = std::max(highest_seen_.value_or(header.number), header.number);
    if (admission.fate == Fate::orphan && header.number < *window_.lowest())
        highest_below_ = std::max(highest_below_.value_or(header.number), header.number);
}

// A source that ends below the tip is another one, or a block far ahead has made orphans of its blocks.
Task<> FollowRecorded::check_end() {
    if (!is_from_reached_ && settings_.from > (window_.tip() ? window_.tip()->number + 1 : 0))
        throw NotReached{settings_.from, passed_over_};
    if (!highest_seen_) co_return;
    const auto tip = window_.tip()->number;
    const auto last = has_tip_ ? highest_below_ : highest_seen_;
    if (!last || *last >= tip) co_return;
    const auto gap = co_await store_.gap_at(*last);
    const bool is_left_out = gap && gap->before;
    if (has_tip_ && !is_left_out) co_return;
    const auto first = is_left_out ? *gap->before + 1 : gap ? *lowest_seen_ : *last + 1;
    throw TipAhead{tip, *last, first};
}

}  // namespace moneytrail
