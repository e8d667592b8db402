#include "text/text_file.hpp"

#include <fcntl.h>
#include <simdjson.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <span>
#include <system_error>

namespace moneytrail {

namespace {

// Opened for reading, if it is a file that has its text already: a FIFO, a terminal or a device may never
// end, and opening a FIFO would wait for its writer.
class OpenFile {
  public:
    explicit OpenFile(const std::filesystem::path& path)
        : descriptor_{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)} {
        struct stat status{};
        if (descriptor_ < 0 || ::fstat(descriptor_, &status) != 0)
            // What opening a socket fails with.
            why_not_ = errno == ENXIO ? kNoRegularFile : cannot_be_read();
        else if (S_ISDIR(status.st_mode))
            why_not_ = "cannot be read: it is a folder, expected a file";
        else if (!S_ISREG(status.st_mode))
            why_not_ = kNoRegularFile;
    }
    ~OpenFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    // Empty: it can be read.
    const std::string& why_not() const { return why_not_; }

    // How many bytes, 0 at the end; or why none.
    std::expected<std::size_t, std::string> read(std::span<char> into) const {
        for (;;) {
            const auto got = ::read(descriptor_, into.data(), into.size());
            if (got >= 0) return static_cast<std::size_t>(got);
            if (errno != EINTR) return std::unexpected{cannot_be_read()};
        }
    }

  private:
    static constexpr auto kNoRegularFile =
        "cannot be read: it is no regular file; pipes, sockets and devices are not read";

    static std::string cannot_be_read() {
        return "cannot be read: " + std::generic_category().message(errno);
    }

    int descriptor_;
    std::string why_not_;
};

}  // namespace

std::expected<std::string, std::string> read_text_file(const std::filesystem::path& path,
                                                       std::size_t most_bytes) {
    const OpenFile file{path};
    if (!file.why_not().empty()) return std::unexpected{file.why_not()};
    std::string text;
    std::string chunk(64UL * 1024, '\0');
    for (;;) {
        const auto got = file.read(chunk);
        if (!got) return std::unexpected{got.error()};
        if (*got == 0) return text;
        text.append(chunk, 0, *got);
        if (text.size() > most_bytes)
            return std::unexpected{"is larger than " + std::to_string(most_bytes) +
                                   " bytes, the most that is read"};
    }
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
