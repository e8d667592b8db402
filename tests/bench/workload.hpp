#pragma once

// What the benchmark works on: the real blocks of the tests, and addresses to watch in them.

#include "chain/block.hpp"
#include "chain/transfers.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace moneytrail::bench {

// One file: compressed as it lies on the disk, and its JSON with the parser's padding behind it.
class Recording {
  public:
    explicit Recording(const std::filesystem::path& path);

    const std::string& name() const { return name_; }
    std::string_view compressed() const { return compressed_; }
    std::string_view json() const;
    std::string_view padded() const { return padded_; }

  private:
    std::string name_;
    std::string compressed_;
    std::string padded_;
};

// The files of all blocks in block order.
std::vector<std::filesystem::path> files_in_block_order();

// Inflates a gzip file into `out`, which keeps its memory; how many bytes it is.
std::size_t inflate_into(std::string_view compressed, std::string& out);

// Throws with the recording's name when it cannot be parsed.
Block parse_or_throw(const Recording& recording);

// The senders and receivers of all transfers, in their order, with repetitions.
std::vector<Address> endpoints(const std::vector<Transfer>& transfers);

// `wanted` addresses that are really active, evenly spread over the sorted distinct ones: as in real use, few
// of them are the busiest contracts of the chain.
std::vector<Address> sample_active(std::vector<Address> seen, std::size_t wanted);

// `active` and as many pseudo-random addresses, always the same, as make `total`.
std::vector<Address> watch_list(const std::vector<Address>& active, std::size_t total);

}  // namespace moneytrail::bench
