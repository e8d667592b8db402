#include "services/resume.hpp"

#include "async/errors.hpp"
#include "pipeline/chain_update.hpp"

#include <utility>

namespace moneytrail {
namespace {

// What is no block is not the one that is looked for.
std::optional<SourcedBlock> next_readable(BlockSource& source) {
    for (;;) try {
            return source.next();
        } catch (const Permanent&) {
            continue;
        }
}

ChainWindow window_of(const std::vector<BlockLink>& links) {
    ChainWindow out{ChainWindow::kDepth};
    out.restart_at(links.front());
    for (std::size_t i = 1; i < links.size(); ++i) out.push(links[i]);
    return out;
}

// A chain that goes to a fork and back has the block more than once; one whose blocks are told twice has it
// again without having left it.
std::optional<SourcePosition> last_place_of_tip(BlockSource& source, const std::vector<BlockLink>& links,
                                                std::uint64_t chain_id) {
    const auto& tip = links.back().hash;
    std::optional<SourcePosition> out;
    auto window = window_of(links);
    while (auto sourced = next_readable(source)) {
        const auto& header = sourced->block.header;
        if (!out && header.hash != tip) continue;
        const auto verification = verify(sourced->block, chain_id);
        admit({header.number, header.hash, header.parent}, verification, window);
        const bool ends_here = !verification.wrong() && header.hash == tip && window.tip()->hash == tip;
        if (ends_here) out = std::move(sourced->position);
    }
    return out;
}

}  // namespace

bool go_on_behind(BlockSource& source, const StoredChain& stored, std::uint64_t chain_id) {
    if (stored.window.empty()) return false;
    const auto& tip = stored.window.back().hash;
    if (stored.position && source.skip_behind(*stored.position, tip)) return true;
    source.rewind();
    const auto found = last_place_of_tip(source, stored.window, chain_id);
    if (found && source.skip_behind(*found, tip)) return true;
    source.rewind();
    return false;
}

}  // namespace moneytrail
