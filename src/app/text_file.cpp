#include "text_file.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace moneytrail {

std::expected<std::string, std::string> read_text_file(const std::filesystem::path& path,
                                                       std::size_t most_bytes) {
    std::error_code ignored;
    // Opening a folder succeeds and reading it fails without a reason.
    if (std::filesystem::is_directory(path, ignored))
        return std::unexpected{"cannot be read: it is a folder, expected a file"};
    errno = 0;
    std::ifstream in{path, std::ios::binary};
    if (!in) return std::unexpected{std::string{"cannot be read: "} + std::strerror(errno)};

    // Chunk by chunk instead of by the file's size, which a pipe or a device does not have.
    std::string text;
    std::string chunk(64UL * 1024, '\0');
    while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0) {
        text.append(chunk, 0, static_cast<std::size_t>(in.gcount()));
        if (text.size() > most_bytes)
            return std::unexpected{"is larger than " + std::to_string(most_bytes) +
                                   " bytes, the most that is read"};
    }
    if (in.bad()) return std::unexpected{std::string{"cannot be read: "} + std::strerror(errno)};
    return text;
}

std::optional<BadText> find_bad_text(std::string_view text) {
    const auto is_bad = [](char c) { return !is_printable(c) && c != '\t' && c != '\n' && c != '\r'; };
    const bool is_utf8 = simdjson::validate_utf8(text);
    if (is_utf8 && std::ranges::none_of(text, is_bad)) return std::nullopt;

    std::size_t line = 1;
    for (std::size_t start = 0; start <= text.size(); ++line) {
        const auto end = std::min(text.find('\n', start), text.size());
        const auto one = text.substr(start, end - start);
        if (one.find('\0') != std::string_view::npos) return BadText{line, "NUL byte, expected text"};
        if (!simdjson::validate_utf8(one)) return BadText{line, "invalid UTF-8, expected text in UTF-8"};
        if (std::ranges::any_of(one, is_bad)) return BadText{line, "control character, expected text"};
        start = end + 1;
    }
    return std::nullopt;
}

}  // namespace moneytrail
