#include "frames.hpp"

namespace moneytrail {
namespace {

std::string lowered(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

// Two texts of one thing, either of which may be left out.
bool agree(std::string_view a, std::string_view b) {
    return a == b || a.empty() || b.empty() || lowered(a) == lowered(b);
}

bool agree_on_number(std::string_view a, std::string_view b) {
    return a == b || a.empty() || b.empty() || json::whole_of(a) == json::whole_of(b);
}

bool is_same_transaction(const Whose& a, const Whose& b) {
    return a.position ? a.position == b.position : !b.position && agree(a.txn_hash, b.txn_hash);
}

void complete(std::string_view& text, std::string_view with) {
    if (text.empty()) text = with;
}

}  // namespace

void FrameCollector::add(const Whose& whose, const RawFrame& raw,
                         std::optional<std::span<const std::uint32_t>> path) {
    if (!whose.position && whose.txn_hash.empty()) return add_stray();
    auto& traced = transaction_of(whose);
    ++traced.given;
    if (!traced.flaw.empty()) return;
    if (!agree(traced.whose.block_hash, whose.block_hash) ||
        !agree_on_number(traced.whose.block_num, whose.block_num))
        return flaw(flaws::kOtherBlock);
    if (!agree(traced.whose.txn_hash, whose.txn_hash)) return flaw(flaws::kOtherTransaction);
    complete(traced.whose.block_hash, whose.block_hash);
    complete(traced.whose.block_num, whose.block_num);
    complete(traced.whose.txn_hash, whose.txn_hash);
    if (!path) return flaw(flaws::kNotUnderstood);
    if (!follows(*path, raw.subtraces)) return flaw(flaws::kNoTree);
    judge(raw);
}

void FrameCollector::add_tree(const Whose& whose, std::span<const RawFrame> frames) {
    begin(whose).given = frames.size();
    for (const auto& frame : frames) judge(frame);
}

void FrameCollector::add_none(const Whose& whose, std::string_view why) {
    begin(whose).flaw = why;
}

ParsedFrames FrameCollector::take() {
    end();
    return std::move(out_);
}

Traced& FrameCollector::transaction_of(const Whose& whose) {
    auto& all = out_.transactions;
    return !all.empty() && is_same_transaction(all.back().whose, whose) ? all.back() : begin(whose);
}

Traced& FrameCollector::begin(const Whose& whose) {
    end();
    undone_at_.reset();
    const auto first = out_.frames.size();
    return out_.transactions.emplace_back(
        Traced{.whose = whose, .flaw = {}, .own = {}, .first = first, .end = first});
}

void FrameCollector::end() {
    close_below(0);
}

// Each frame is the next one below a frame that is still open, which closes those deeper than that.
bool FrameCollector::follows(std::span<const std::uint32_t> path, std::uint64_t subtraces) {
    if (path.empty() || open_.empty()) {
        const bool is_own = path.empty() && open_.empty();
        if (is_own) open_.push_back({0, 0, subtraces});
        return is_own;
    }
    const auto above = path.size() - 1;
    if (above >= open_.size()) return false;
    for (std::size_t i = 0; i < above; ++i)
        if (path[i] != open_[i + 1].number) return false;
    if (path.back() != open_[above].children) return false;
    close_below(above + 1);
    ++open_[above].children;
    open_.push_back({path.back(), 0, subtraces});
    return true;
}

// Some nodes say 0 where there are more, but nobody says that there are more than there are.
void FrameCollector::close_below(std::size_t depth) {
    for (; open_.size() > depth; open_.pop_back())
        if (open_.back().children < open_.back().subtraces) flaw(flaws::kIncomplete);
}

void FrameCollector::judge(const RawFrame& raw) {
    const bool is_undone = undone_at_ && raw.depth > *undone_at_;
    if (moves_nothing(raw)) {
        if (!is_undone) undone_at_.reset();
        return;
    }
    const auto frame = understood(raw);
    if (!frame) return flaw(flaws::kNotUnderstood);
    auto& traced = out_.transactions.back();
    if (frame->depth == 0) traced.own = *frame;
    if (is_undone) return;
    undone_at_ = frame->failed ? std::optional{frame->depth} : std::nullopt;
    const bool matters = frame->failed ? frame->depth == 0 : !frame->value.is_zero();
    if (!matters) return;
    out_.frames.push_back(*frame);
    traced.end = out_.frames.size();
}

// The first one is told.
void FrameCollector::flaw(std::string_view why) {
    auto& traced = out_.transactions.back();
    if (traced.flaw.empty()) traced.flaw = why;
}

}  // namespace moneytrail
