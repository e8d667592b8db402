#pragma once

// What the disk of a figure costs.

#include <filesystem>

namespace moneytrail::bench {

// Milliseconds of writing a page of 8 KiB behind the last one and making it durable with fdatasync, in a file
// of its own in `folder`: the median of many. Throws std::system_error.
double fdatasync_ms(const std::filesystem::path& folder);

}  // namespace moneytrail::bench
