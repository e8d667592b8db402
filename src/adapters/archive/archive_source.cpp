#include "archive/archive_source.hpp"

#include <utility>

namespace moneytrail {

ArchiveSource::ArchiveSource(std::vector<std::filesystem::path> paths, TracePolicy traces)
    : paths_{std::move(paths)}, traces_{traces}, reader_{paths_} {}

std::optional<SourcedBlock> ArchiveSource::next() {
    std::optional<ArchiveLine> line;
    try {
        line = reader_.next();
    } catch (const ArchiveError& error) {
        throw Permanent{error.what()};
    }
    if (!line) return std::nullopt;
    auto place = std::string{line->file} + ":" + std::to_string(line->line);
    auto block = parse(line->json);
    if (!block) throw Permanent{place + ": " + to_string(block.error())};
    return SourcedBlock{std::move(place), std::move(*block)};
}

Decoded<Block> ArchiveSource::parse(std::string_view json) {
    auto block = parser_.parse(json, traces_ == TracePolicy::ignore ? Traces::ignore : Traces::read);
    if (block && !block->frames && traces_ == TracePolicy::require)
        return std::unexpected{DecodeError{"traces", "missing, and the chain's traces are `required`"}};
    return block;
}

bool ArchiveSource::skip_to(const BlockHash& hash) {
    while (const auto link = next_readable())
        if (link->hash == hash) return true;
    reader_ = ArchiveReader{paths_};
    return false;
}

void ArchiveSource::skip_to_last() {
    std::optional<BlockHash> before_last, last;
    while (const auto link = next_readable()) before_last = std::exchange(last, link->hash);
    reader_ = ArchiveReader{paths_};
    if (before_last) skip_to(*before_last);
}

// What is no block is not the one that is looked for.
std::optional<Header> ArchiveSource::next_readable() {
    for (;;) try {
            auto sourced = next();
            if (!sourced) return std::nullopt;
            return std::move(sourced->block.header);
        } catch (const Permanent&) {
            continue;
        }
}

}  // namespace moneytrail
