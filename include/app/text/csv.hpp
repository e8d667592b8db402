#pragma once

// Comma-separated values as RFC 4180 writes them: quoted fields, "" for a quote, CRLF or LF, an optional BOM.

#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moneytrail {

// One record with its line end (LF): fields with a comma, a quote or a line end stand between quotes.
std::string to_csv(std::span<const std::string> fields);

// A cell that a spreadsheet would take for a formula, written with an apostrophe in front, which makes it
// text there. One that has apostrophes in front already gets one more, so that the way back is exact.
std::string as_inert_cell(std::string_view cell);
std::string_view from_inert_cell(std::string_view cell);

struct CsvError {
    std::size_t line;
    std::string why;
};

struct CsvRecord {
    std::size_t line;                          // where it begins: a quoted field may span several
    std::span<const std::string_view> fields;  // valid until the next record is asked for
};

// One record at a time over a text that outlives it. Empty lines are skipped.
class CsvReader {
  public:
    static constexpr std::size_t kMostFields = 16;
    static constexpr std::size_t kMostFieldBytes = 4096;

    explicit CsvReader(std::string_view text);

    // None at the end of the text. After an error the next call goes on behind the line of the error.
    std::optional<std::expected<CsvRecord, CsvError>> next();

  private:
    using Field = std::expected<std::string_view, CsvError>;

    bool is_at_line_end() const;
    void skip_line_end();
    void skip_line();
    Field read_field();
    Field read_quoted();

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::vector<std::string_view> fields_;
    std::vector<std::string> unescaped_;  // quoted fields that hold quotes: never reallocated within a record
};

}  // namespace moneytrail
