#include "chain/parse_block.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace moneytrail;

namespace {

// The smallest block there is, with one more field behind its number.
std::string line_with(const std::string& field) {
    return R"({"block": {"number": "0x1", )" + field + R"(, "hash": "0x)" + std::string(64, 'a') +
           R"(", "timestamp": "0x2", "transactions": []}, "receipts": []})";
}

BlockNumber number_in(std::string json) {
    const auto size = json.size();
    json.append(BlockParser::kPadding, '"');
    const auto block = BlockParser{}.parse(std::string_view{json}.substr(0, size), Traces::read);
    REQUIRE(block);
    return block->header.number;
}

}  // namespace

TEST_CASE("only a key that is spelled out is known") {
    struct Row {
        const char* name;
        const char* field;
        BlockNumber number;
    };
    const auto row = GENERATE(
        Row{"the key itself: the last counts", R"("number": "0x7")", 7},
        Row{"no space before the value", R"("number":"0x7")", 7},
        Row{"space before the colon", R"("number" : "0x7")", 7}, Row{"empty key", R"("": "0x7")", 1},
        Row{"its beginning", R"("numbe": "0x7")", 1}, Row{"more behind it", R"("numbers": "0x7")", 1},
        Row{"escape behind it", R"("number\u0041": "0x7")", 1},
        Row{"escaped quote behind it", R"("number\"": "0x7")", 1},
        Row{"escaped backslash behind it", R"("number\\": "0x7")", 1},
        Row{"longer than a word", R"("numbernumbernumber": "0x7")", 1});
    CAPTURE(row.name);
    CHECK(number_in(line_with(row.field)) == row.number);
}
