// Traces of debug_traceBlockByHash with callTracer, as an archive's "traces". Synthetic; the shape is that of
// go-ethereum's eth/tracers/native/call.go: calls before value and type.

#include "core/decode_golden.hpp"

#include <nlohmann/json.hpp>

using namespace moneytrail;
using moneytrail::test::decode_json;
using moneytrail::test::lines_of;

namespace {

std::string address(char digit) {
    return "0x" + std::string(40, digit);
}
const std::string kA = address('a');
const std::string kB = address('b');
const std::string kC = address('c');
const std::string kHash = "0x" + std::string(64, '2');
const std::string kPaid = "native value " + kA + " -> " + kB + " 7";

std::string call(const std::string& type, const std::string& from, const std::string& to,
                 const std::string& value, const std::string& calls, const std::string& more) {
    return R"({"from":")" + from + R"(","gas":"0x1","gasUsed":"0x1","to":")" + to + R"(","input":"0x")" +
           more + (calls.empty() ? "" : R"(,"calls":[)" + calls + "]") +
           (value.empty() ? "" : R"(,"value":")" + value + '"') + R"(,"type":")" + type + "\"}";
}

std::string call(const std::string& type, const std::string& from, const std::string& to,
                 const std::string& value) {
    return call(type, from, to, value, "", "");
}

// A block of one transaction, in which 0xaa… pays 0xbb… 7.
std::string block(const std::string& traces) {
    return R"({"block":{"number":"0x10","hash":"0x)" + std::string(64, '1') +
           R"(","timestamp":"0x64b03683","transactions":[{"hash":")" + kHash +
           R"(","transactionIndex":"0x0","from":")" + kA + R"(","to":")" + kB +
           R"(","value":"0x7"}]},"receipts":[{"transactionHash":")" + kHash +
           R"(","transactionIndex":"0x0","status":"0x1","logs":[]}],"traces":[)" + traces + "]}";
}

std::string traced(const std::string& calls) {
    return R"({"txHash":")" + kHash + R"(","result":)" + call("CALL", kA, kB, "0x7", calls, "") + "}";
}

std::string internal(int k, const std::string& from, const std::string& to, int value) {
    return "internal internal:" + std::to_string(k) + " " + from + " -> " + to + " " + std::to_string(value);
}

// `depth` calls, each inside the one before, of which the last pays 0xcc… 5.
std::string nested(std::size_t depth) {
    std::string out;
    std::string end;
    for (std::size_t i = 0; i + 1 < depth; ++i) {
        out += R"({"type":"CALL","from":")" + kB + R"(","to":")" + kB + R"(","value":"0x0","calls":[)";
        end += "]}";
    }
    return out + call("CALL", kB, kC, "0x5") + end;
}

}  // namespace

TEST_CASE("a call tree gives the same transfers as trace_block") {
    struct Row {
        const char* name;
        std::string calls;
        std::vector<std::string> internals;
    };
    const auto row = GENERATE(values<Row>({
        {"nothing below", "", {}},
        {"of each type",
         call("CALL", kB, kC, "0x1") + "," + call("STATICCALL", kB, kC, "") + "," +
             call("DELEGATECALL", kB, kC, "0x7") + "," + call("CALLCODE", kB, kC, "0x2") + "," +
             call("CREATE", kB, kC, "0x3") + "," + call("CREATE2", kB, kC, "0x4") + "," +
             call("SELFDESTRUCT", kB, kC, "0x5"),
         {internal(0, kB, kC, 1), internal(1, kB, kC, 3), internal(2, kB, kC, 4), internal(3, kB, kC, 5)}},
        {"each before those below it",
         call("CALL", kB, kC, "0x1", call("CALL", kC, kB, "0x2"), "") + "," + call("CALL", kB, kC, "0x3"),
         {internal(0, kB, kC, 1), internal(1, kC, kB, 2), internal(2, kB, kC, 3)}},
        {"a reverted call with what it made, and its sibling",
         call("CALL", kB, kC, "0x1", call("CALL", kC, kB, "0x2"),
              R"(,"error":"execution reverted","revertReason":"no")") +
             "," + call("CALL", kB, kC, "0x0", call("CALL", kC, kB, "0x3"), ""),
         {internal(0, kC, kB, 3)}},
        {"a creation that failed has no address",
         R"({"type":"CREATE","from":")" + kB + R"(","value":"0x1","error":"out of gas"})",
         {}},
        {"with logs",
         call("CALL", kB, kC, "0x1", "", R"(,"logs":[{"address":"0x1","topics":["0x2"],"data":"0x"}])"),
         {internal(0, kB, kC, 1)}},
    }));
    CAPTURE(row.name);
    auto expected = row.internals;
    expected.insert(expected.begin(), kPaid);
    const auto file = decode_json(block(traced(row.calls)));
    CHECK(lines_of(file.decoded, 0) == expected);
    CHECK(file.decoded.counts.untraced == 0);
}

TEST_CASE("a transaction whose call tree says nothing is one without traces") {
    struct Row {
        const char* name;
        std::string traces;
    };
    const auto of = [](const std::string& rest) { return R"({"txHash":")" + kHash + "\"," + rest + "}"; };
    const auto row = GENERATE_COPY(values<Row>({
        {"an error", of(R"("error":"execution timeout")")},
        {"a result that is null", of(R"("result":null)")},
        {"a result of frames", of(R"("result":[])")},
        {"an empty result", of(R"("result":{})")},
        {"another sender", of(R"("result":)" + call("CALL", kC, kB, "0x7"))},
        {"it failed", of(R"("result":)" + call("CALL", kA, kB, "0x7", "", R"(,"error":"out of gas")"))},
        {"a self-destruct", of(R"("result":)" + call("SELFDESTRUCT", kA, kB, "0x7"))},
        {"a type that nobody knows below", traced(call("AUTHCALL", kB, kC, "0x0"))},
        {"a value that is none", traced(call("CALL", kB, kC, "0x"))},
        {"a call without value", traced(call("CALL", kB, kC, ""))},
        {"a call that is a word", traced("\"call\"")},
        {"a call that is null", traced("null")},
        {"calls that are no list", traced(call("CALL", kB, kC, "0x1", "", R"(,"calls":{"x":[1]})"))},
        {"twice", traced("") + "," + traced("")},
        {"nothing", ""},
    }));
    CAPTURE(row.name);
    const auto file = decode_json(block(row.traces));
    CHECK(lines_of(file.decoded, 0) == std::vector{kPaid});
    CHECK(file.decoded.counts.untraced == 1);
}

TEST_CASE("an older node's list without hashes is in the order of the block") {
    const auto file = decode_json(
        block(R"({"result":)" + call("CALL", kA, kB, "0x7", call("CALL", kB, kC, "0x5"), "") + "}"));
    CHECK(lines_of(file.decoded, 0) == std::vector{kPaid, internal(0, kB, kC, 5)});
}

TEST_CASE("a call tree of another block's transaction is nobody's") {
    const auto other =
        R"({"txHash":"0x)" + std::string(64, 'e') + R"(","result":)" + call("CALL", kA, kB, "0x7") + "}";
    const auto file = decode_json(block(traced("") + "," + other));
    CHECK(file.decoded.counts.untraced == 0);
    CHECK(file.decoded.counts.stray_frames == 1);
}

TEST_CASE("1 024 nested calls are read, and deeper ones lose no block") {
    for (const std::size_t depth : {1U, 64U, 1'024U}) {
        CAPTURE(depth);
        const auto file = decode_json(block(traced(nested(depth))));
        CHECK(lines_of(file.decoded, 0) == std::vector{kPaid, internal(0, kB, kC, 5)});
        CHECK(file.decoded.counts.untraced == 0);
    }
    const auto deeper = decode_json(block(traced(nested(1'026))));
    CHECK(lines_of(deeper.decoded, 0) == std::vector{kPaid});
    CHECK(deeper.decoded.counts.untraced == 1);
}

TEST_CASE("traces that nobody reads may be as deep") {
    auto text = block(traced(nested(1'024)));
    const auto size = text.size();
    text.append(BlockParser::kPadding, '\0');
    const auto parsed = BlockParser{}.parse({text.data(), size}, Traces::ignore);
    REQUIRE(parsed);
    CHECK_FALSE(parsed->frames);
}
