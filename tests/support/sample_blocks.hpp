#pragma once

// A few real blocks as JSON documents, to be changed before they are parsed and verified.

#include "chain/parse_block.hpp"
#include "chain/verify.hpp"
#include "support/blocks.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <array>
#include <map>

namespace moneytrail::test {

using nlohmann::json;

// Of real blocks that verify: before London with types 0 and 1; type 3 with an access list; Prague's fields,
// types 0 to 3 and withdrawals; type 4.
constexpr std::array<BlockNumber, 4> kSamples{12459406, 19934116, 22615247, 24647140};

inline const json& sample(BlockNumber number) {
    static std::map<BlockNumber, json> cache;
    auto& document = cache[number];
    if (document.is_null()) {
        document = json::parse(test::read_gz(test::block_file(number)));
        document.erase("traces");
    }
    return document;
}

inline Decoded<Block> parse(const json& document) {
    auto text = document.dump();
    text.reserve(text.size() + BlockParser::kPadding);
    return BlockParser{}.parse(text, Traces::ignore);
}

inline Verification verified(const json& document, std::uint64_t chain_id) {
    const auto block = parse(document);
    REQUIRE(block.has_value());
    return verify(*block, chain_id);
}

inline Verification verified(const json& document) {
    return verified(document, 1);
}

}  // namespace moneytrail::test
