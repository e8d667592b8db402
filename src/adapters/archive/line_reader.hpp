#pragma once

// Cuts one file at a time into lines, in a buffer that serves them all.

#include "archive/archive_reader.hpp"
#include "file_bytes.hpp"

#include <optional>
#include <string>
#include <vector>

namespace moneytrail {

class LineReader {
  public:
    explicit LineReader(std::size_t longest_line);

    // What was left of the file before is dropped. Throws ArchiveError; there is nothing to read then.
    void open(const std::string& file);

    // None: the file's end, or nothing open. For the rest as ArchiveReader::next.
    std::optional<ArchiveLine> next();

  private:
    std::optional<ArchiveLine> read_document();
    std::optional<ArchiveLine> read_line();
    std::optional<std::size_t> find_line_end();
    void skip_line();
    std::optional<std::size_t> find_newline() const;
    bool read_more();
    void make_room();
    [[noreturn]] void give_up(const std::string& why);
    std::string too_long(std::string_view rule) const;

    std::size_t longest_line_;
    std::string file_;
    Framing framing_ = Framing::lines;
    std::optional<FileBytes> bytes_;  // none: nothing (more) to read
    std::uint64_t lines_read_ = 0;    // or skipped
    bool skipping_ = false;           // the line at begin_ is too long, and has been reported

    // 0 <= begin_ <= scanned_ <= end_ <= buffer_.size() - BlockParser::kPadding
    std::vector<char> buffer_;
    std::size_t begin_ = 0;    // of what has not been handed out
    std::size_t scanned_ = 0;  // up to here there is no line end
    std::size_t end_ = 0;      // of what was read
};

}  // namespace moneytrail
