#pragma once

// Reads the JSON of one archive line or of a node's answers into a Block.

#include "base/decoded.hpp"
#include "chain/block.hpp"

#include <memory>
#include <string_view>

namespace moneytrail {

enum class Traces { read, ignore };

// Keeps the parser's buffers from block to block.
class BlockParser {
  public:
    BlockParser();
    ~BlockParser();
    BlockParser(BlockParser&&) noexcept;
    BlockParser& operator=(BlockParser&&) noexcept;

    // How many bytes behind a text's end must be readable. Their content does not matter.
    static constexpr std::size_t kPadding = 64;

    // `json` is {"block": …, "receipts": […], "traces": […]?}: the answers of eth_getBlockByNumber with full
    // transactions, eth_getBlockReceipts and trace_block. Unknown keys are skipped, but all of the text is
    // checked to be one JSON document in UTF-8, escapes inside skipped strings excepted.
    Decoded<Block> parse(std::string_view json, Traces traces);

  private:
    struct Buffers;
    std::unique_ptr<Buffers> buffers_;
};

}  // namespace moneytrail
