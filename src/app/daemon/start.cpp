#include "start.hpp"

#include "services/resume.hpp"

#include <spdlog/spdlog.h>

#include <charconv>

namespace moneytrail {
namespace {

constexpr std::uint64_t kMostBlock = std::uint64_t{1} << 53;  // beyond, no parser of ours takes one

}  // namespace

std::optional<Start> parse_start(std::string_view text) {
    if (text == "latest") return Start{.resume = Resume::latest};
    Start out{.resume = Resume::from_block};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out.from);
    if (error != std::errc{} || end != text.data() + text.size() || out.from > kMostBlock)
        return std::nullopt;
    return out;
}

std::string what_start_is() {
    return "expected latest or a block number from 0 to " + std::to_string(kMostBlock);
}

Begin begin_of(const Start& start, ArchiveSource& archive, const StoredChain& stored,
               std::uint64_t chain_id) {
    if (start.resume == Resume::latest) return {archive.skip_to_last().value_or(0), false};
    const Begin out{start.from, go_on_behind(archive, stored, chain_id)};
    if (out.is_behind_tip) spdlog::info("going on behind block {}", stored.window.back().number);
    return out;
}

void tell(const GoneBack& gone, BlockNumber first) {
    if (!gone.old_tip) return;
    spdlog::warn("taken back from block {} to {}: {} stored blocks, {} alerts", first, *gone.old_tip,
                 gone.blocks, gone.alerts);
    if (!gone.has_prices) spdlog::warn("prices start anew: what was known of them went with these blocks");
}

}  // namespace moneytrail
