#pragma once

// How the tests of the archive reader write what it reads and note what it says.

#include "archive/archive_reader.hpp"
#include "chain/parse_block.hpp"

#include <catch2/catch.hpp>
#include <zlib.h>

#include <cstdint>
#include <filesystem>
#include <new>
#include <numeric>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace moneytrail::test {

using Texts = std::vector<std::string>;

// One gzip member.
inline std::string gzip(std::string_view text) {
    z_stream stream{};
    if (deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc{};
    std::string out(deflateBound(&stream, text.size()), '\0');
    std::string in{text};
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int code = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (code != Z_STREAM_END) throw std::runtime_error{"deflate failed"};
    return out;
}

inline std::string without(const std::filesystem::path& folder, const std::string& text) {
    const auto prefix = folder.string() + "/";
    return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

// What --keep-going sees: "FILE:LINE JSON" for a line, "! WHAT" for an error, with the folder's name taken
// off.
inline Texts read_all(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& paths,
                      std::size_t longest_line = ArchiveReader::kLongestLine) {
    ArchiveReader reader{paths, longest_line};
    Texts seen;
    for (;;) try {
            const auto line = reader.next();
            if (!line) return seen;
            const auto* padding =
                line->json.data() + line->json.size();  // the sanitizer looks whether it is there
            [[maybe_unused]] const volatile auto sum =
                std::accumulate(padding, padding + BlockParser::kPadding, 0U);
            seen.push_back(without(folder, std::string{line->file}) + ":" + std::to_string(line->line) + " " +
                           std::string{line->json});
        } catch (const ArchiveError& error) {
            CHECK(std::string{error.what()}.starts_with(error.file));
            seen.push_back("! " + without(folder, error.what()));
        }
}

}  // namespace moneytrail::test
