#include "chain/parse_block.hpp"
#include "chain/transfers.hpp"
#include "chain/verify.hpp"

#include <cstdlib>
#include <string>

using namespace moneytrail;

// Any text is a block or an error; a block decodes and verifies without a throw.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static BlockParser parser;
    std::string text{reinterpret_cast<const char*>(data), size};
    text.reserve(size + BlockParser::kPadding);
    const auto block = parser.parse(text, Traces::read);
    if (!block && block.error().why.empty()) std::abort();
    if (!block) return 0;

    const auto decoded = decode_transfers(*block);
    for (std::size_t i = 1; i < decoded.transfers.size(); ++i)
        if (decoded.transfers[i].position <= decoded.transfers[i - 1].position) std::abort();
    const auto verification = verify(*block, 1);
    if (verification.usable() && verification.wrong()) std::abort();
    for (const auto& txn : block->transactions) (void)recover_sender(txn);
    return 0;
}
