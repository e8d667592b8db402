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
    return parsed(*line);
}

SourcedBlock ArchiveSource::parsed(const ArchiveLine& line) {
    auto place = std::string{line.file} + ":" + std::to_string(line.line);
    SourcePosition position{std::filesystem::path{line.file}.filename(), line.line};
    auto block = parse(line.json);
    if (!block) throw Permanent{place + ": " + to_string(block.error())};
    return {std::move(place), std::move(*block), std::move(position)};
}

Decoded<Block> ArchiveSource::parse(std::string_view json) {
    auto block = parser_.parse(json, traces_ == TracePolicy::ignore ? Traces::ignore : Traces::read);
    if (block && !block->frames && traces_ == TracePolicy::require)
        return std::unexpected{DecodeError{"traces", "missing, and the chain's traces are `required`"}};
    return block;
}

bool ArchiveSource::skip_behind(const SourcePosition& position, const BlockHash& hash) try {
    const auto line = reader_.line_at(position.file, position.line);
    return line && parsed(*line).block.header.hash == hash;
} catch (const Permanent&) {
    return false;
}

void ArchiveSource::rewind() {
    reader_ = ArchiveReader{paths_};
}

std::optional<BlockNumber> ArchiveSource::skip_to_last() {
    struct Read {
        SourcePosition position;
        BlockHash hash;
        BlockNumber number = 0;
    };
    std::optional<Read> before_last, last;
    while (auto sourced = next_readable()) {
        const auto& header = sourced->block.header;
        before_last = std::exchange(last, Read{std::move(sourced->position), header.hash, header.number});
    }
    rewind();
    if (before_last) skip_behind(before_last->position, before_last->hash);
    return last ? std::optional{last->number} : std::nullopt;
}

// What is no block is not the one that is looked for.
std::optional<SourcedBlock> ArchiveSource::next_readable() {
    for (;;) try {
            return next();
        } catch (const Permanent&) {
            continue;
        }
}

}  // namespace moneytrail
