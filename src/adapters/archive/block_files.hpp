#pragma once

// The files that an archive's paths stand for, in block order.

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace moneytrail {

// As ArchiveReader's constructor says, errors too. Opens files only where their names do not give the order;
// a line over `longest_line` bytes is then passed over.
std::vector<std::string> block_files(const std::vector<std::filesystem::path>& paths,
                                     std::size_t longest_line);

}  // namespace moneytrail
