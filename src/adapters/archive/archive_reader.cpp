#include "archive/archive_reader.hpp"

#include "block_files.hpp"
#include "line_reader.hpp"

namespace moneytrail {

ArchiveError::ArchiveError(std::string place, std::uint64_t at_line, const std::string& why)
    : std::runtime_error{place + (at_line == 0 ? "" : ":" + std::to_string(at_line)) + ": " + why},
      file{std::move(place)},
      line{at_line} {}

ArchiveReader::ArchiveReader(const std::vector<std::filesystem::path>& paths, std::size_t longest_line)
    : files_{block_files(paths, longest_line)}, lines_{std::make_unique<LineReader>(longest_line)} {}

ArchiveReader::~ArchiveReader() = default;
ArchiveReader::ArchiveReader(ArchiveReader&&) noexcept = default;
ArchiveReader& ArchiveReader::operator=(ArchiveReader&&) noexcept = default;

std::optional<ArchiveLine> ArchiveReader::next() {
    for (;;) {
        if (const auto line = lines_->next()) return line;
        if (next_file_ == files_.size()) return std::nullopt;
        lines_->open(files_[next_file_++]);
    }
}

}  // namespace moneytrail
