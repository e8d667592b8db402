#include "archive/archive_reader.hpp"

#include "block_files.hpp"
#include "line_reader.hpp"

#include <algorithm>

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

std::optional<ArchiveLine> ArchiveReader::line_at(std::string_view name, std::uint64_t number) {
    const auto is_asked_for = [&](const std::string& file) {
        return files_.size() == 1 || std::filesystem::path{file}.filename() == name;
    };
    const auto file = std::ranges::find_if(files_, is_asked_for);
    if (file == files_.end()) return std::nullopt;
    next_file_ = static_cast<std::size_t>(file - files_.begin()) + 1;
    try {
        lines_->open(*file);
    } catch (const ArchiveError&) {
        return std::nullopt;
    }
    for (;;) try {
            const auto line = lines_->next();
            if (!line || line->line > number) return std::nullopt;
            if (line->line == number) return line;
        } catch (const ArchiveError&) {
            continue;
        }
}

}  // namespace moneytrail
