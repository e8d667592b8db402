#include "line_reader.hpp"

#include "chain/parse_block.hpp"

#include <algorithm>
#include <cstring>

namespace moneytrail {

namespace {

constexpr std::size_t kChunk = std::size_t{256} << 10;  // what a core's cache still holds when it is scanned
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

LineReader::LineReader(std::size_t longest_line)
    : longest_line_{longest_line}, buffer_(2 * kChunk + BlockParser::kPadding) {}

void LineReader::open(const std::string& file) {
    file_ = file;
    bytes_.reset();
    lines_read_ = begin_ = scanned_ = end_ = 0;
    skipping_ = false;
    const auto kind = file_kind(file);
    if (!kind) throw ArchiveError{file, 0, "is no archive file: expected " + std::string{kEndings}};
    framing_ = kind->framing;
    try {
        bytes_.emplace(file, kind->packing);
    } catch (const ReadFailure& failure) {
        throw ArchiveError{file, 0, failure.what()};
    }
}

std::optional<ArchiveLine> LineReader::next() {
    if (!bytes_) return std::nullopt;
    return framing_ == Framing::document ? read_document() : read_line();
}

std::optional<ArchiveLine> LineReader::read_document() {
    while (read_more())
        if (end_ > longest_line_) give_up(too_long("a file of this kind is one block"));
    std::string_view json{buffer_.data(), end_};
    if (json.starts_with(kByteOrderMark)) json.remove_prefix(kByteOrderMark.size());
    if (is_blank(json)) give_up("is empty; one block as JSON was expected");
    bytes_.reset();
    return ArchiveLine{json, file_, 1};
}

std::optional<ArchiveLine> LineReader::read_line() {
    if (skipping_) skip_line();
    while (const auto line_end = find_line_end()) {
        std::string_view json{buffer_.data() + begin_, *line_end - begin_};
        begin_ = scanned_ = std::min(*line_end + 1, end_);
        ++lines_read_;
        if (lines_read_ == 1 && json.starts_with(kByteOrderMark)) json.remove_prefix(kByteOrderMark.size());
        if (json.ends_with('\r')) json.remove_suffix(1);
        if (!is_blank(json)) return ArchiveLine{json, file_, lines_read_};
    }
    bytes_.reset();
    return std::nullopt;
}

// None: nothing is left. The file's last line may lack its newline and ends with the file then.
std::optional<std::size_t> LineReader::find_line_end() {
    for (;;) {
        const auto newline = find_newline();
        if (newline.value_or(end_) - begin_ > longest_line_) {
            skipping_ = true;
            throw ArchiveError{file_, lines_read_ + 1, too_long("an archive has one block a line")};
        }
        if (newline) return newline;
        scanned_ = end_;
        if (!read_more()) return begin_ < end_ ? std::optional{end_} : std::nullopt;
    }
}

void LineReader::skip_line() {
    auto newline = find_newline();
    while (!newline) {
        begin_ = scanned_ = end_;
        if (!read_more()) break;
        newline = find_newline();
    }
    if (newline) begin_ = scanned_ = *newline + 1;
    ++lines_read_;
    skipping_ = false;
}

std::optional<std::size_t> LineReader::find_newline() const {
    const auto* const found = std::memchr(buffer_.data() + scanned_, '\n', end_ - scanned_);
    if (found == nullptr) return std::nullopt;
    return static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
}

bool LineReader::read_more() {
    make_room();
    try {
        const auto got = bytes_->read({buffer_.data() + end_, kChunk});
        end_ += got;
        return got != 0;
    } catch (const ReadFailure& failure) {
        give_up(failure.what());
    }
}

void LineReader::make_room() {
    const auto needed = kChunk + BlockParser::kPadding;
    if (buffer_.size() - end_ >= needed) return;
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    scanned_ -= begin_;
    begin_ = 0;
    if (buffer_.size() - end_ >= needed) return;
    // Half as much again, so that a long line is copied few times; never more than the longest line needs.
    const auto larger = std::max(end_ + needed, std::min(buffer_.size() / 2 * 3, longest_line_ + needed));
    buffer_.reserve(larger);  // resize alone would take twice what there was
    buffer_.resize(larger);
}

void LineReader::give_up(const std::string& why) {
    bytes_.reset();
    throw ArchiveError{file_, lines_read_ + 1, why};
}

std::string LineReader::too_long(std::string_view rule) const {
    return "longer than " + std::to_string(longest_line_) + " bytes; " + std::string{rule};
}

}  // namespace moneytrail
