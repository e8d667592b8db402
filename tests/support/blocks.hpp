#pragma once

// The real blocks that ship with the tests.

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace moneytrail::test {

// The whole of a gzip file, uncompressed.
inline std::string read_gz(const std::filesystem::path& path) {
    gzFile file = gzopen(path.c_str(), "rb");
    if (file == nullptr) throw std::runtime_error{"cannot open " + path.string()};
    std::string out;
    std::array<char, 1 << 16> chunk;
    int got = 0;
    while ((got = gzread(file, chunk.data(), static_cast<unsigned>(chunk.size()))) > 0)
        out.append(chunk.data(), static_cast<std::size_t>(got));
    gzclose(file);
    if (got < 0) throw std::runtime_error{path.string() + " is not whole"};
    return out;
}

inline std::filesystem::path data_folder() {
    return MONEYTRAIL_TEST_DATA;
}

// The .json.gz files of a folder in the order of their names.
inline std::vector<std::filesystem::path> gz_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> out;
    for (const auto& entry : std::filesystem::directory_iterator{folder})
        if (entry.path().filename().string().ends_with(".json.gz")) out.push_back(entry.path());
    std::ranges::sort(out);
    return out;
}

// Every block: those of data/blocks and the consecutive run in data/run.
inline std::vector<std::filesystem::path> block_files() {
    auto out = gz_files(data_folder() / "blocks");
    std::ranges::copy(gz_files(data_folder() / "run"), std::back_inserter(out));
    return out;
}

inline std::filesystem::path block_file(std::uint64_t number) {
    const auto name = std::to_string(number) + ".json.gz";
    const auto path = data_folder() / "blocks" / name;
    return std::filesystem::exists(path) ? path : data_folder() / "run" / name;
}

}  // namespace moneytrail::test
