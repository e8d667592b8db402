#include "bench/workload.hpp"

#include "chain/parse_block.hpp"
#include "support/blocks.hpp"

#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>

namespace moneytrail::bench {

Recording::Recording(const std::filesystem::path& path) : name_{path.filename().string()} {
    std::ifstream file{path, std::ios::binary};
    compressed_.assign(std::istreambuf_iterator<char>{file}, {});
    padded_ = test::read_gz(path);
    padded_.append(BlockParser::kPadding, ' ');
    padded_.shrink_to_fit();
}

std::string_view Recording::json() const {
    return std::string_view{padded_}.substr(0, padded_.size() - BlockParser::kPadding);
}

std::vector<std::filesystem::path> files_in_block_order() {
    auto files = test::block_files();
    // "17686110.json.gz" starts with its number.
    std::ranges::sort(files, {}, [](const auto& path) { return std::stoull(path.filename().string()); });
    return files;
}

std::size_t inflate_into(std::string_view compressed, std::string& out) {
    constexpr int kGzip = 16;  // added to the window bits, as zlib.h says
    z_stream stream{};
    if (inflateInit2(&stream, MAX_WBITS + kGzip) != Z_OK) throw std::runtime_error{"zlib does not start"};
    // zlib's input is not const for historical reasons; it does not write there.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.data()));
    stream.avail_in = static_cast<uInt>(compressed.size());
    int result = Z_OK;
    while (result == Z_OK) {
        if (stream.total_out == out.size()) out.resize(std::max<std::size_t>(2 * out.size(), 1 << 16));
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + stream.total_out);
        stream.avail_out = static_cast<uInt>(out.size() - stream.total_out);
        result = inflate(&stream, Z_NO_FLUSH);
    }
    const std::size_t size = stream.total_out;
    inflateEnd(&stream);
    if (result != Z_STREAM_END) throw std::runtime_error{"a recording is not whole"};
    return size;
}

Block parse_or_throw(const Recording& recording) {
    BlockParser parser;
    auto block = parser.parse(recording.json(), Traces::read);
    if (!block) throw std::runtime_error{recording.name() + ": " + to_string(block.error())};
    return std::move(*block);
}

std::vector<Address> endpoints(const std::vector<Transfer>& transfers) {
    std::vector<Address> out;
    out.reserve(2 * transfers.size());
    for (const auto& transfer : transfers) {
        out.push_back(transfer.from);
        out.push_back(transfer.to);
    }
    return out;
}

std::vector<Address> sample_active(std::vector<Address> seen, std::size_t wanted) {
    std::ranges::sort(seen);
    const auto repeated = std::ranges::unique(seen);
    seen.erase(repeated.begin(), repeated.end());
    std::erase(seen, Address{});
    if (seen.size() < wanted) throw std::runtime_error{"the blocks have too few addresses"};
    std::vector<Address> out;
    for (std::size_t i = 0; i < wanted; ++i) out.push_back(seen[i * seen.size() / wanted]);
    return out;
}

std::vector<Address> watch_list(const std::vector<Address>& active, std::size_t total) {
    std::mt19937_64 random{1};
    std::vector<Address> out = active;
    out.resize(total);
    for (std::size_t i = active.size(); i < total; ++i)
        for (auto& byte : out[i].bytes()) byte = static_cast<std::uint8_t>(random());
    return out;
}

}  // namespace moneytrail::bench
