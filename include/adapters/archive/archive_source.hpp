#pragma once

// Recorded blocks as a source: an archive's lines, parsed.

#include "archive/archive_reader.hpp"
#include "async/errors.hpp"
#include "chain/parse_block.hpp"
#include "ports/block_source.hpp"

namespace moneytrail {

enum class TracePolicy { read, ignore, require };

class ArchiveSource final : public BlockSource {
  public:
    // Throws ArchiveError as ArchiveReader does.
    ArchiveSource(std::vector<std::filesystem::path> paths, TracePolicy traces);

    // Goes on with the archive's last block, and answers its number; none: there is no block.
    std::optional<BlockNumber> skip_to_last();

    // Throws Permanent, "blocks.jsonl:17: receipts[3].logs: missing", for a line that is no block; the next
    // call then goes on behind it.
    std::optional<SourcedBlock> next() override;
    bool skip_behind(const SourcePosition& position, const BlockHash& hash) override;
    void rewind() override;

  private:
    SourcedBlock parsed(const ArchiveLine& line);
    Decoded<Block> parse(std::string_view json);
    std::optional<SourcedBlock> next_readable();

    std::vector<std::filesystem::path> paths_;
    TracePolicy traces_;
    ArchiveReader reader_;
    BlockParser parser_;
};

}  // namespace moneytrail
