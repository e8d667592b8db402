#include "text/csv.hpp"

#include "text/fold_text.hpp"

#include <algorithm>

namespace moneytrail {
namespace {

// What OWASP's "CSV Injection" names, also in full width and behind white space, which some programs drop.
// The apostrophes in front of it do not count.
bool is_formula(std::string_view cell) {
    cell.remove_prefix(std::min(cell.find_first_not_of('\''), cell.size()));
    constexpr std::string_view kWhite = "\t\r\n";
    if (!cell.empty() && kWhite.find(cell.front()) != std::string_view::npos) return true;
    const auto folded = fold_text(cell);
    const auto first = folded.find_first_not_of(" \t\r\n");
    return first != std::string::npos &&
           std::string_view{"=+-@"}.find(folded[first]) != std::string_view::npos;
}

}  // namespace

std::string as_inert_cell(std::string_view cell) {
    return (is_formula(cell) ? "'" : "") + std::string{cell};
}

std::string_view from_inert_cell(std::string_view cell) {
    if (cell.starts_with('\'') && is_formula(cell)) cell.remove_prefix(1);
    return cell;
}

std::string to_csv(std::span<const std::string> fields) {
    std::string out;
    for (const auto& field : fields) {
        if (&field != fields.data()) out += ',';
        if (field.find_first_of(",\"\r\n") == std::string::npos) {
            out += field;
            continue;
        }
        out += '"';
        for (const char c : field) {
            if (c == '"') out += '"';
            out += c;
        }
        out += '"';
    }
    return out + '\n';
}

CsvReader::CsvReader(std::string_view text) : text_{text} {
    constexpr std::string_view kBom = "\xef\xbb\xbf";
    if (text_.starts_with(kBom)) text_.remove_prefix(kBom.size());
    fields_.reserve(kMostFields);
    unescaped_.reserve(kMostFields);
}

bool CsvReader::is_at_line_end() const {
    return at_ >= text_.size() || text_[at_] == '\n' || text_.substr(at_, 2) == "\r\n";
}

void CsvReader::skip_line_end() {
    if (at_ >= text_.size()) return;
    at_ += text_[at_] == '\n' ? 1 : 2;
    ++line_;
}

void CsvReader::skip_line() {
    at_ = std::min(text_.find('\n', at_), text_.size());
    skip_line_end();
}

std::optional<std::expected<CsvRecord, CsvError>> CsvReader::next() {
    while (at_ < text_.size() && is_at_line_end()) skip_line_end();
    if (at_ >= text_.size()) return std::nullopt;
    fields_.clear();
    unescaped_.clear();
    const auto first_line = line_;
    for (;;) {
        auto field = fields_.size() < kMostFields
                         ? read_field()
                         : Field{std::unexpected{CsvError{line_, "more than 16 fields"}}};
        if (!field) {
            skip_line();
            return std::unexpected{field.error()};
        }
        fields_.push_back(*field);
        if (is_at_line_end()) break;
        ++at_;  // the comma: read_field ends at nothing else
    }
    skip_line_end();
    return CsvRecord{first_line, fields_};
}

CsvReader::Field CsvReader::read_field() {
    if (at_ < text_.size() && text_[at_] == '"') return read_quoted();
    const auto start = at_;
    const auto ends = [](char c) { return c == ',' || c == '\n' || c == '\r' || c == '"'; };
    while (at_ < text_.size() && !ends(text_[at_])) ++at_;
    if (at_ - start > kMostFieldBytes)
        return std::unexpected{CsvError{line_, "a field of more than 4096 bytes"}};
    if (at_ < text_.size() && text_[at_] == '"')
        return std::unexpected{CsvError{
            line_, "a quote inside a field: put the field between quotes and write the quote twice"}};
    if (!is_at_line_end() && text_[at_] == '\r')
        return std::unexpected{CsvError{line_, "a carriage return that ends no line"}};
    return text_.substr(start, at_ - start);
}

CsvReader::Field CsvReader::read_quoted() {
    const auto first_line = line_;
    const auto start = ++at_;
    bool has_quotes = false;
    for (;; ++at_) {
        if (at_ >= text_.size())
            return std::unexpected{CsvError{first_line, "a field begins with a quote that nothing closes"}};
        if (at_ - start > kMostFieldBytes)
            return std::unexpected{
                CsvError{first_line, "a field of more than 4096 bytes, or a quote that nothing closes"}};
        if (text_[at_] == '\n') ++line_;
        if (text_[at_] != '"') continue;
        if (text_.substr(at_ + 1, 1) != "\"") break;
        has_quotes = true;
        ++at_;
    }
    const auto inside = text_.substr(start, at_ - start);
    ++at_;
    if (!is_at_line_end() && text_[at_] != ',')
        return std::unexpected{
            CsvError{line_, "text behind a closing quote, expected a comma or the line's end"}};
    if (!has_quotes) return inside;

    auto& plain = unescaped_.emplace_back();
    for (std::size_t i = 0; i < inside.size(); ++i) {
        plain += inside[i];
        if (inside[i] == '"') ++i;
    }
    return plain;
}

}  // namespace moneytrail
