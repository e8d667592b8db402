#include "block_files.hpp"

#include "chain/parse_block.hpp"
#include "line_reader.hpp"

#include <simdjson.h>

#include <charconv>
#include <compare>

namespace moneytrail {

namespace {

namespace fs = std::filesystem;

struct OrderedFile {
    std::uint64_t order = 0;
    std::string name;
    auto operator<=>(const OrderedFile&) const = default;
};

std::optional<std::uint64_t> whole_number(std::string_view digits, int base) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

// Only `block.number`: what else is wrong with the line is for whoever parses it to say.
std::optional<std::uint64_t> block_number(simdjson::ondemand::parser& parser, std::string_view json) {
    static_assert(BlockParser::kPadding >= simdjson::SIMDJSON_PADDING);
    simdjson::ondemand::document document;
    const simdjson::padded_string_view padded{json, json.size() + simdjson::SIMDJSON_PADDING};
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS) return std::nullopt;
    std::string_view quantity;
    if (document["block"]["number"].get_string().get(quantity) != simdjson::SUCCESS) return std::nullopt;
    if (!quantity.starts_with("0x")) return std::nullopt;
    return whole_number(quantity.substr(2), 16);
}

// Of the first line that has one. 0, which sorts first, if none has or the file cannot be read.
std::uint64_t first_block_number(LineReader& lines, simdjson::ondemand::parser& parser,
                                 const std::string& file) {
    try {
        lines.open(file);
    } catch (const ArchiveError&) {
        return 0;
    }
    for (;;) try {
            const auto line = lines.next();
            if (!line) return 0;
            if (const auto number = block_number(parser, line->json)) return *number;
        } catch (const ArchiveError&) {
            continue;  // said when the file's turn comes
        }
}

std::vector<OrderedFile> files_in(const fs::path& folder) {
    std::vector<OrderedFile> files;
    std::error_code error;
    for (fs::directory_iterator entry{folder, error}, end; !error && entry != end; entry.increment(error)) {
        auto name = entry->path().filename().string();
        if (name.starts_with('.') || !file_kind(name)) continue;
        if (files.size() == ArchiveReader::kMostFiles)
            throw ArchiveError{folder, 0,
                               "more than " + std::to_string(ArchiveReader::kMostFiles) +
                                   " files in one folder; join blocks to .jsonl files"};
        files.push_back({.name = std::move(name)});
    }
    if (error) throw ArchiveError{folder, 0, "cannot be read: " + error.message()};
    if (files.empty())
        throw ArchiveError{folder, 0, "no block files in this folder: expected " + std::string{kEndings}};
    return files;
}

bool order_by_name(std::vector<OrderedFile>& files) {
    for (auto& [order, name] : files) {
        const auto stem = std::string_view{name}.substr(0, name.size() - file_kind(name)->ending.size());
        const auto number = whole_number(stem, 10);
        if (!number) return false;
        order = *number;
    }
    return true;
}

void order_by_first_block(std::vector<OrderedFile>& files, const fs::path& folder, std::size_t longest_line) {
    LineReader lines{longest_line};
    simdjson::ondemand::parser parser;
    for (auto& [order, name] : files) order = first_block_number(lines, parser, folder / name);
}

}  // namespace

std::vector<std::string> block_files(const std::vector<fs::path>& paths, std::size_t longest_line) {
    std::vector<std::string> out;
    for (const auto& path : paths) {
        std::error_code error;
        const auto status = fs::status(path, error);
        if (status.type() == fs::file_type::not_found) throw ArchiveError{path, 0, "no such file or folder"};
        if (error) throw ArchiveError{path, 0, "cannot be read: " + error.message()};
        if (!fs::is_directory(status)) {
            if (!file_kind(path.native()))
                throw ArchiveError{path, 0,
                                   "is no archive: expected " + std::string{kEndings} + ", or a folder"};
            out.push_back(path);
            continue;
        }
        auto files = files_in(path);
        if (!order_by_name(files)) order_by_first_block(files, path, longest_line);
        std::ranges::sort(files);
        for (const auto& file : files) out.push_back(path / file.name);
    }
    return out;
}

}  // namespace moneytrail
