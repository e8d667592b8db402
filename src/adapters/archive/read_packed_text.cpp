#include "archive/read_packed_text.hpp"

#include "file_bytes.hpp"

namespace moneytrail {

std::expected<std::string, std::string> read_packed_text(const std::filesystem::path& path,
                                                         std::size_t most_bytes) try {
    FileBytes file{path.string(), Packing::gzip};
    std::string text;
    std::string chunk(64UL * 1024, '\0');
    // A packed file says nothing of its size that could be believed.
    while (const auto got = file.read(chunk)) {
        text.append(chunk, 0, got);
        if (text.size() > most_bytes)
            return std::unexpected{"is larger than " + std::to_string(most_bytes) +
                                   " bytes when unpacked, the most that is read"};
    }
    return text;
} catch (const ReadFailure& failure) {
    return std::unexpected{failure.what()};
}

}  // namespace moneytrail
