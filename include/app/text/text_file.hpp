#pragma once

// Text that people wrote: read with a bound and checked to be text before anything parses it.

#include <cstddef>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace moneytrail {

// The whole file, or why not ("cannot be read: No such file or directory", "larger than 4194304 bytes"). Only
// regular files are read, so that nothing is waited for.
std::expected<std::string, std::string> read_text_file(const std::filesystem::path& path,
                                                       std::size_t most_bytes);

struct BadText {
    std::size_t line;
    std::string why;
};

// The first line that is no UTF-8 or holds a NUL byte or another control character than tab and line end.
std::optional<BadText> find_bad_text(std::string_view text);

// Whether a name that people read may contain `c`: no control character.
constexpr bool is_printable(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
}

}  // namespace moneytrail
