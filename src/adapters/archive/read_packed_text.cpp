#include "archive/read_packed_text.hpp"

#include "file_bytes.hpp"

#include <string_view>

namespace moneytrail {

namespace {

// Calls `take` with each piece of what the file holds once unpacked until it answers false.
void unpack(const std::filesystem::path& path, const auto& take) {
    FileBytes file{path.string(), Packing::gzip};
    std::string chunk(64UL * 1024, '\0');
    while (const auto got = file.read(chunk))
        if (!take(std::string_view{chunk}.substr(0, got))) return;
}

}  // namespace

std::expected<std::string, std::string> read_packed_text(const std::filesystem::path& path,
                                                         std::size_t most_bytes) try {
    // A packed file says nothing of its size that could be believed: it is counted before any of it is kept.
    std::size_t size = 0;
    unpack(path, [&](std::string_view piece) { return (size += piece.size()) <= most_bytes; });
    if (size > most_bytes)
        return std::unexpected{"is larger than " + std::to_string(most_bytes) +
                               " bytes when unpacked, the most that is read"};
    std::string text;
    text.reserve(size);
    bool is_longer = false;
    unpack(path, [&](std::string_view piece) {
        is_longer = piece.size() > size - text.size();
        if (!is_longer) text += piece;
        return !is_longer;
    });
    if (is_longer || text.size() < size) return std::unexpected{"was changed while it was read"};
    return text;
} catch (const ReadFailure& failure) {
    return std::unexpected{failure.what()};
}

}  // namespace moneytrail
