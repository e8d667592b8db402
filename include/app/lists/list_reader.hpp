#pragma once

// What the readers of all lists have in common: text check, header line, number of fields, problems.

#include "lists/lists.hpp"
#include "text/csv.hpp"
#include "text/problem.hpp"
#include "text/text_file.hpp"

#include <filesystem>

namespace moneytrail {

constexpr std::size_t kMostListProblems = 50;
constexpr std::size_t kMostListBytes = 256UL * 1024 * 1024;  // unpacked

struct ListShape {
    std::string_view columns;  // as the header line has them
    std::size_t fewest = 0;
    std::size_t most = 0;
    std::string_view other_columns{};  // another header that is understood
};

// What is wrong with a header line whose first column is the right one; empty when nothing is.
std::string wrong_header(std::span<const std::string_view> fields, const ListShape& shape);

struct ListField {
    std::string_view name;
    std::string_view text;
    std::size_t longest;  // bytes
};

// What is wrong with text that people will read; empty when nothing is.
std::string wrong_text(const ListField& field);

std::string wrong_address(std::string_view text);

struct ListPlace {
    const std::string& file;
    std::size_t line;
    std::string_view field = "address";
};

// `text` is an address.
void warn_of_checksum(const ListPlace& place, std::string_view text, Problems& problems);

// Calls `take` with each record that has the right number of fields until it answers false.
void read_list(const NamedText& file, const ListShape& shape, Problems& problems, auto&& take) {
    if (const auto bad = find_bad_text(file.text)) return problems.add({file.name, bad->line, "", bad->why});
    CsvReader reader{file.text};
    bool is_first = true;
    while (auto record = reader.next()) {
        const bool may_be_header = std::exchange(is_first, false);
        if (!*record) {
            problems.add({file.name, record->error().line, "", record->error().why});
            continue;
        }
        const auto& [line, fields] = **record;
        if (may_be_header && fields[0] == shape.columns.substr(0, shape.columns.find(','))) {
            auto wrong = wrong_header(fields, shape);
            if (wrong.empty()) continue;
            // Every line of the list would be wrong for the same reason.
            return problems.add({file.name, line, "", std::move(wrong)});
        }
        if (fields.size() < shape.fewest || fields.size() > shape.most)
            problems.add({file.name, line, "",
                          "expected the fields " + std::string{shape.columns} + ", got " +
                              std::to_string(fields.size()) + " of them"});
        else if (!take(**record))
            break;
    }
}

// The file's text; when it cannot be read an empty one and a problem.
NamedText read_list_file(const std::filesystem::path& path, Problems& problems);

}  // namespace moneytrail
