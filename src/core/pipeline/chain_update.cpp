#include "pipeline/chain_update.hpp"

namespace moneytrail {
namespace {

// "blocks 2 to 4 are", "block 2 is"
std::string blocks_are(BlockNumber first, BlockNumber last) {
    if (first == last) return "block " + std::to_string(first) + " is";
    return "blocks " + std::to_string(first) + " to " + std::to_string(last) + " are";
}

Admission refused(Fate fate, std::string notice) {
    return {.fate = fate, .notice = std::move(notice)};
}

Admission fork(const BlockLink& link, ChainWindow& window) {
    Admission out{.step = Step::forks, .ancestor = link.number - 1, .old_tip = window.tip()->number};
    out.notice = "reorg: " + blocks_are(link.number, out.old_tip) + " no longer canonical";
    window.truncate_above(out.ancestor);
    window.push(link);
    return out;
}

Admission link_to(const BlockLink& link, ChainWindow& window) {
    const auto verdict = window.classify(link);
    if (std::holds_alternative<AlreadyKnown>(verdict)) return refused(Fate::duplicate, {});
    if (std::holds_alternative<Extends>(verdict)) {
        window.push(link);
        return {.step = Step::extends};
    }
    const auto tip = window.tip()->number;
    const bool forks = std::holds_alternative<ForksBelow>(verdict);
    if (forks && link.parent && window.contains(link.number - 1, *link.parent)) return fork(link, window);
    if (link.number <= tip)
        return refused(Fate::orphan, forks ? "its parent is not known"
                                           : "more than " + std::to_string(ChainWindow::kDepth) +
                                                 " blocks below the last one");
    Admission out{.step = Step::crosses_gap};
    out.notice = forks ? "its parent is not the last block: history goes on as if it were"
                       : "gap: " + blocks_are(tip + 1, link.number - 1) + " missing";
    window.restart_at(link);
    return out;
}

}  // namespace

std::string_view to_string(Fate fate) {
    switch (fate) {
        case Fate::judged:
            return "judged";
        case Fate::unverified:
            return "unverified";
        case Fate::wrong:
            return "wrong";
        case Fate::duplicate:
            return "duplicate";
        case Fate::orphan:
            break;
    }
    return "orphan";
}

Admission admit(const BlockLink& link, const Verification& verification, ChainWindow& window) {
    if (verification.wrong()) return refused(Fate::wrong, verification.why);
    auto out = link_to(link, window);
    if (!out.is_taken() || verification.usable()) return out;
    out.fate = Fate::unverified;
    // A gap or a fork is the greater news.
    if (out.notice.empty()) out.notice = verification.why;
    return out;
}

}  // namespace moneytrail
