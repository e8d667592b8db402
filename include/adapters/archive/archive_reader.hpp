#pragma once

// Reads recorded blocks line by line out of files and folders of them, however large.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace moneytrail {

// One block of an archive, not yet parsed and not yet known to be JSON. Both texts are valid until the
// reader's next call; BlockParser::kPadding readable bytes follow `json`.
struct ArchiveLine {
    std::string_view json;
    std::string_view file;   // as the path was given; a folder's file with the folder before it
    std::uint64_t line = 0;  // from 1; a document of several lines is at its first
};

// What an archive cannot give, and why: "blocks.jsonl.gz:17: the gzip stream ends early".
struct ArchiveError : std::runtime_error {
    ArchiveError(std::string place, std::uint64_t at_line, const std::string& why);

    std::string file;
    std::uint64_t line;  // the line that could not be had; 0: the file or folder as a whole
};

// Takes .jsonl (a block a line; CRLF, empty lines, a missing last newline and a byte order mark are
// accepted), .json (one block, over any number of lines), both also as .gz (of one or several gzip members),
// and folders. Of a folder it takes the files with these endings that are not hidden, and no subfolders, in
// block order: by name where every name is a number, otherwise by each file's first block number; ties by
// name. A file in which no number can be found comes first, so that what is wrong with it is said before
// anything else is done.
class ArchiveReader {
  public:
    // The largest real blocks with their traces are 6.4 MB, the design case is 6.5 MB: this is ten times
    // that. It bounds memory too: to this, and two thirds of it more while the buffer grows.
    static constexpr std::size_t kLongestLine = std::size_t{64} << 20;

    // A folder of more files than this is refused: their names alone are some 100 MB.
    static constexpr std::size_t kMostFiles = 1'000'000;

    // In the order given. Throws ArchiveError when a path does not exist, is of no kind named above, or is a
    // folder without block files. Whether a file can be read shows only when its turn comes.
    explicit ArchiveReader(const std::vector<std::filesystem::path>& paths,
                           std::size_t longest_line = kLongestLine);
    ~ArchiveReader();
    ArchiveReader(ArchiveReader&&) noexcept;
    ArchiveReader& operator=(ArchiveReader&&) noexcept;

    // None: the end. After an ArchiveError it can be called again and goes on behind what was wrong: behind a
    // line that is too long, or with the next file when this one cannot be read any further.
    std::optional<ArchiveLine> next();
    // That line of the file of that name (without its folder), or of the only file there is, whatever it is
    // called; `next` goes on behind it. None: there is none. What is wrong before it is passed over.
    std::optional<ArchiveLine> line_at(std::string_view name, std::uint64_t number);

  private:
    std::vector<std::string> files_;
    std::size_t next_file_ = 0;
    std::unique_ptr<class LineReader> lines_;
};

}  // namespace moneytrail
