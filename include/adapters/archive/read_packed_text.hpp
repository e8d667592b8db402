#pragma once

// A whole gzip file in memory, for lists that are shipped packed.

#include <cstddef>
#include <expected>
#include <filesystem>
#include <string>

namespace moneytrail {

// What the file holds once unpacked, at most `most_bytes`, or why not ("is not gzip, although its name says
// so", "is larger than …, the most that is read").
std::expected<std::string, std::string> read_packed_text(const std::filesystem::path& path,
                                                         std::size_t most_bytes);

}  // namespace moneytrail
