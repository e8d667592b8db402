#include "base/rlp.hpp"

#include "support/rlp_reader.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using test::RlpItem;
using test::RlpReader;

namespace {

ByteView bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

template <class Write>
std::string written(const Write& write) {
    rlp::Writer out;
    write(out);
    return to_hex(out.view());
}

Bytes encoded(std::string_view hex) {
    Bytes out(hex.size() / 2);
    REQUIRE(decode_hex(hex, out.data()));
    return out;
}

}  // namespace

// The examples of the RLP page of the Ethereum documentation.
TEST_CASE("RLP of the published examples") {
    CHECK(written([](auto& out) { out.string(bytes("dog")); }) == "0x83646f67");
    CHECK(written([](auto& out) {
              out.list([&] {
                  out.string(bytes("cat"));
                  out.string(bytes("dog"));
              });
          }) == "0xc88363617483646f67");
    CHECK(written([](auto& out) { out.string(bytes("")); }) == "0x80");
    CHECK(written([](auto& out) { out.list([] {}); }) == "0xc0");
    CHECK(written([](auto& out) { out.number(0); }) == "0x80");
    CHECK(written([](auto& out) { out.number(15); }) == "0x0f");
    CHECK(written([](auto& out) { out.number(1024); }) == "0x820400");
    CHECK(written([](auto& out) {
              out.string(bytes("Lorem ipsum dolor sit amet, consectetur adipisicing elit"));
          }).starts_with("0xb8384c6f72656d20"));
    // [ [], [[]], [ [], [[]] ] ]
    CHECK(written([](auto& out) {
              const auto empty = [&] { out.list([] {}); };
              out.list([&] {
                  empty();
                  out.list(empty);
                  out.list([&] {
                      empty();
                      out.list(empty);
                  });
              });
          }) == "0xc7c0c1c0c3c0c1c0");
}

TEST_CASE("RLP numbers are as short as they can be") {
    Word word;
    word.bytes()[31] = 0x7f;
    CHECK(written([&](auto& out) { out.number(word); }) == "0x7f");
    word.bytes()[30] = 0x01;
    CHECK(written([&](auto& out) { out.number(word); }) == "0x82017f");
    CHECK(written([&](auto& out) { out.number(Word{}); }) == "0x80");
    CHECK(written([](auto& out) { out.number(UINT64_MAX); }) == "0x88ffffffffffffffff");
}

// The prefix's own length changes at 56, 256 and 65536 bytes.
TEST_CASE("RLP lists and strings of every prefix length come back") {
    const std::size_t size = GENERATE(0U, 1U, 52U, 53U, 54U, 55U, 56U, 252U, 253U, 254U, 255U, 256U, 257U,
                                      65530U, 65533U, 65535U, 65536U, 70000U);
    const Bytes string(size, 0xab);
    rlp::Writer out;
    out.list([&] {
        out.string(string);
        out.list([&] { out.string(string); });
    });
    const RlpItem inner{.bytes = string};
    const RlpItem expected{.is_list = true, .items = {inner, {.is_list = true, .items = {inner}}}};
    const auto back = RlpReader::read(out.view());
    REQUIRE(back);
    CHECK(*back == expected);
}

TEST_CASE("the strict reader refuses what has another encoding") {
    struct Row {
        const char* name;
        const char* hex;
    };
    const auto row = GENERATE(
        Row{"a small byte with a prefix", "8101"}, Row{"a short string in long form", "b80161"},
        Row{"a length with a leading zero", "b90038"}, Row{"a cut string", "8361"}, Row{"a cut list", "c361"},
        Row{"two items", "6161"}, Row{"nothing", ""}, Row{"a length over 64 bits", "bfffffffffffffffff"});
    CAPTURE(row.name);
    CHECK_FALSE(RlpReader::read(encoded(row.hex)));
}
