#include "chain/parse_block.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace moneytrail;

namespace {

// Synthetic: the smallest block that parses, with one place to put something else.
std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

const std::string kHash = "0x" + std::string(64, '1');
const std::string kTxnHash = "0x" + std::string(64, '2');
const std::string kFrom = "0x" + std::string(40, 'a');
const std::string kTo = "0x" + std::string(40, 'b');

std::string small_block() {
    return R"({"block":{"number":"0x10","hash":")" + kHash +
           R"(","timestamp":"0x64b03683","transactions":[{"hash":")" + kTxnHash +
           R"(","transactionIndex":"0x0","from":")" + kFrom + R"(","to":")" + kTo +
           R"(","value":"0xde0b6b3a7640000","input":"0xabcd"}]},"receipts":[{"transactionHash":")" +
           kTxnHash + R"(","transactionIndex":"0x0","status":"0x1","logs":[{"address":")" + kTo +
           R"(","topics":[")" + kHash +
           R"("],"data":"0x0102"}]}],"traces":[{"action":{"callType":"call","from":")" + kFrom +
           R"(","to":")" + kTo +
           R"(","value":"0xde0b6b3a7640000"},"result":{},"traceAddress":[],"transactionPosition":0,"type":"call"}]})";
}

Decoded<Block> parse(std::string json) {
    BlockParser parser;
    json.reserve(json.size() + BlockParser::kPadding);
    return parser.parse(json, Traces::read);
}

}  // namespace

TEST_CASE("a block parses into values") {
    const auto block = parse(small_block());
    REQUIRE(block);
    CHECK(block->header.number == 16);
    CHECK(to_iso(block->header.time) == "2023-07-13T17:38:11Z");
    REQUIRE(block->transactions.size() == 1);
    CHECK(block->transactions[0].from.to_hex() == kFrom);
    CHECK(to_hex(*block->transactions[0].input) == "0xabcd");
    REQUIRE(block->receipts.size() == 1);
    REQUIRE(block->receipts[0].logs.size() == 1);
    CHECK(to_hex(block->receipts[0].logs[0].data) == "0x0102");
    REQUIRE(block->frames);
    CHECK(block->frames->size() == 1);
    CHECK(block->untraced.empty());
}

TEST_CASE("keys in any order, white space and unknown keys change nothing") {
    const auto block = parse(
        R"( { "facts" : {"a":[1,{"b":null}]} ,
  "receipts" : [ ] , "block" : { "transactions" : [ ] , "new" : "\"}" , "timestamp" : "0x1" ,
  "hash" : ")" +
        kHash + R"(" , "number" : "0x2" } } )");
    REQUIRE(block);
    CHECK(block->header.number == 2);
    CHECK_FALSE(block->frames);
}

TEST_CASE("a number may be as large as 2^53, a nonce as 64 bits") {
    auto text = replaced(small_block(), R"("number":"0x10")", R"("number":"0x20000000000000")");
    text = replaced(text, R"("input":"0xabcd")", R"("input":"0xabcd","nonce":"0xffffffffffffffff")");
    const auto block = parse(text);
    REQUIRE(block);
    CHECK(block->header.number == 9'007'199'254'740'992);
    CHECK(block->transactions[0].nonce == UINT64_MAX);
}

TEST_CASE("bad input is named with its place and what would be right") {
    struct Row {
        const char* name;
        const char* what;
        const char* with;
        const char* error;
    };
    const auto row = GENERATE(
        Row{"number without 0x", R"("number":"0x10")", R"("number":"10")",
            "block.number: expected a quantity of at most 64 bits: 0x and 1 to 16 hex digits, got '10'"},
        Row{"number as a JSON number", R"("number":"0x10")", R"("number":16)",
            "block.number: expected a string, got 16"},
        Row{"number out of range", R"("number":"0x10")", R"("number":"0x10000000000000000")",
            "block.number: expected a quantity of at most 64 bits: 0x and 1 to 16 hex digits, got "
            "'0x10000000000000000'"},
        // 2^53 is 9007199254740992.
        Row{"number above 2^53", R"("number":"0x10")", R"("number":"0x20000000000001")",
            "block.number: expected a number of at most 2^53, got 9007199254740993"},
        Row{"number below 2^64", R"("number":"0x10")", R"("number":"0xffffffffffffffff")",
            "block.number: expected a number of at most 2^53, got 18446744073709551615"},
        Row{"log index above 2^53", R"("data":"0x0102")",
            R"("data":"0x0102","logIndex":"0x7fffffffffffffff")",
            "receipts[0].logs[0].logIndex: expected a number of at most 2^53, got 9223372036854775807"},
        Row{"withdrawal's index above 2^53", R"("transactions":)",
            R"("withdrawals":[{"index":"0x20000000000001"}],"transactions":)",
            "block.withdrawals[0].index: expected a number of at most 2^53, got 9007199254740993"},
        Row{"validator above 2^53", R"("transactions":)",
            R"("withdrawals":[{"validatorIndex":"0x20000000000001"}],"transactions":)",
            "block.withdrawals[0].validatorIndex: expected a number of at most 2^53, got 9007199254740993"},
        Row{"empty quantity", R"("number":"0x10")", R"("number":"0x")",
            "block.number: expected a quantity of at most 64 bits: 0x and 1 to 16 hex digits, got '0x'"},
        Row{"no number", R"("number":"0x10",)", "", "block.number: missing"},
        Row{"no block", R"("block":)", R"("blocks":)", "block: missing"},
        Row{"no receipts", R"("receipts":)", R"("receipt":)", "receipts: missing"},
        Row{"time after the calendar", "0x64b03683", "0xffffffffffff",
            "block.timestamp: expected seconds before the year 10000, got 281474976710655"},
        Row{"short address", "aaaa\"", "aaa\"",
            "block.transactions[0].from: expected 0x and 40 hex digits, got "
            "'0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'"},
        Row{"a letter that is no hex digit", "aaaa\"", "aaag\"",
            "block.transactions[0].from: expected 0x and 40 hex digits, got "
            "'0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaag'"},
        Row{"value beyond 256 bits", "0xde0b6b3a7640000",
            "0x10000000000000000000000000000000000000000000000000000000000000000",
            "block.transactions[0].value: expected a quantity: 0x and 1 to 64 hex digits, got "
            "'0x10000000000000000000000000000000000000000000000000000000000000000'"},
        Row{"odd input", "0xabcd", "0xabc",
            "block.transactions[0].input: expected 0x and pairs of hex digits, got '0xabc'"},
        Row{"NUL in hex", "0xabcd", "0xab\\u0000",
            "block.transactions[0].input: expected 0x and pairs of hex digits, got '0xab\\u0000'"},
        Row{"status that is none", R"("status":"0x1")", R"("status":"0x2")",
            "receipts[0].status: expected 0x0 or 0x1, got 2"},
        Row{"no topics", R"("topics")", R"("topic")", "receipts[0].logs[0].topics: missing"},
        Row{"log data not hex", "0x0102", "0102",
            "receipts[0].logs[0].data: expected 0x and pairs of hex digits, got '0102'"},
        Row{"receipts no array", R"("receipts":[)", R"("receipts":7,"x":[)",
            "receipts: expected an array, got 7"},
        Row{"receipts an object", R"("receipts":[)", R"("receipts":{},"x":[)",
            "receipts: expected an array, got an object"},
        Row{"receipts null", R"("receipts":[)", R"("receipts":null,"x":[)",
            "receipts: expected an array, got null"},
        Row{"block null: a node that does not have it", R"("block":{)", R"("block":null,"x":{)",
            "block: expected an object, got null"},
        Row{"block a list", R"("block":{)", R"("block":[],"x":{)", "block: expected an object, got an array"},
        Row{"a transaction by its hash only", R"("transactions":[{)", R"("transactions":["0x22",{)",
            "block.transactions[0]: expected an object, got \"0x22\""},
        Row{"a list for a string", R"("number":"0x10")", R"("number":["0x10"])",
            "block.number: expected a string, got an array"});
    CAPTURE(row.name);
    const auto block = parse(replaced(small_block(), row.what, row.with));
    REQUIRE_FALSE(block);
    CHECK(to_string(block.error()) == row.error);
}

TEST_CASE("a truncated block is an error wherever it is cut") {
    const auto whole = small_block();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CAPTURE(size);
        CHECK_FALSE(parse(whole.substr(0, size)));
    }
}

TEST_CASE("more than four topics do not exist") {
    auto topics = "\"topics\":[\"" + kHash + "\"";
    const auto block = small_block();
    for (int i = 0; i < 4; ++i) topics += ",\"" + kHash + "\"";
    const auto parsed = parse(replaced(block, "\"topics\":[\"" + kHash + "\"", topics));
    REQUIRE_FALSE(parsed);
    CHECK(to_string(parsed.error()) == "receipts[0].logs[0].topics: expected at most 4 topics");
}

TEST_CASE("traces whose order cannot be a call tree are dropped and counted") {
    struct Row {
        const char* name;
        const char* address;
        const char* position;
    };
    const auto row = GENERATE(Row{"no top frame", "[0]", "0"},  //
                              Row{"of no transaction", "[]", "1"});
    CAPTURE(row.name);
    auto text =
        replaced(small_block(), R"("traceAddress":[])", std::string{R"("traceAddress":)"} + row.address);
    text =
        replaced(text, R"("transactionPosition":0)", std::string{R"("transactionPosition":)"} + row.position);
    const auto block = parse(text);
    REQUIRE(block);
    CHECK(block->frames->empty());
    CHECK(block->untraced.size() == 1);
}

TEST_CASE("garbage is found where nobody reads as well") {
    struct Row {
        const char* name;
        const char* value;
        const char* error;
    };
    const auto row = GENERATE(
        Row{"a word", "tru", "block.x: expected true or false, got tru"},
        Row{"half a null", "nul", "block.x: expected null, got nul"},
        Row{"a number with a letter", "12a4", nullptr}, Row{"a number that begins with 0", "012", nullptr},
        Row{"text behind a string", "\"a\"b", nullptr}, Row{"a key without a value", "{\"a\"}", nullptr},
        Row{"a hole in a list", "[1,,2]", nullptr}, Row{"a list that ends as a map", "[1,2}", nullptr},
        Row{"bad UTF-8", "\"\xff\"", nullptr}, Row{"a line end in a string", "\"a\nb\"", nullptr});
    CAPTURE(row.name);
    const auto block =
        parse(replaced(small_block(), R"("block":{)", std::string{R"("block":{"x":)"} + row.value + ","));
    REQUIRE_FALSE(block);
    if (row.error) CHECK(to_string(block.error()) == row.error);
}

TEST_CASE("what nobody reads may be any JSON, up to a depth") {
    const auto with = [](const std::string& value) {
        return parse(replaced(small_block(), R"("block":{)", R"("block":{"x":)" + value + ","));
    };
    CHECK(with(R"({"a":[1,-2.5e3,true,false,null,"\u00e9",{},[]],"b":12345678901234567890123})"));
    CHECK(with(std::string(60, '[') + std::string(60, ']')));
    CHECK(with(std::string(2'000, '[') + std::string(2'000, ']')));
    const auto deep = with(std::string(100'000, '[') + std::string(100'000, ']'));
    REQUIRE_FALSE(deep);
    CHECK(to_string(deep.error()).ends_with("nested deeper than 2112"));
}

TEST_CASE("a line is one object and nothing else") {
    constexpr auto kMoreFollows = "not valid JSON: something follows the block";
    constexpr auto kEndsEarly =
        "not valid JSON: JSON document ended early in the middle of an object or array.";
    const auto whole = small_block();
    struct Row {
        const char* name;
        std::string text;
        std::string error;
    };
    const auto row = GENERATE_COPY(values<Row>({
        {"another object behind it", whole + "{}", kMoreFollows},
        {"one bracket too many", whole + "}", kMoreFollows},
        {"a word behind it", whole + " x", kMoreFollows},
        {"a comma behind it", whole + ",", kMoreFollows},
        {"brackets and quotes in a string", R"({"a":"\"}{"} 7)", kMoreFollows},
        {"cut within a list", whole.substr(0, whole.find(R"(,"status")")), kEndsEarly},
        {"an array", "[" + whole + "]", "expected an object, got an array"},
        {"null", "null", "expected an object, got null"},
        {"a number", " 7 ", "expected an object, got 7"},
    }));
    CAPTURE(row.name);
    const auto block = parse(row.text);
    REQUIRE_FALSE(block);
    CHECK(to_string(block.error()) == row.error);
}
