#include "chain/trie.hpp"

#include "base/keccak.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;

namespace {

Hash hash_of(std::string_view hex) {
    Bytes bytes(hex.size() / 2);
    REQUIRE(decode_hex(hex, bytes.data()));
    return keccak256(bytes);
}

Hash root_of(const std::vector<Bytes>& values) {
    const std::vector<ByteView> views(values.begin(), values.end());
    return ordered_root(views);
}

}  // namespace

TEST_CASE("the root of nothing is that of the Yellow Paper") {
    CHECK(ordered_root({}).to_hex() == "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");
}

TEST_CASE("roots of small trees, by hand") {
    // Index 0 has the key 80. One leaf: path 8,0 (even, 0x20), value 'a'.
    CHECK(root_of({{'a'}}) == hash_of("c482208061"));
    // Index 1 has the key 01: a branch whose child 0 is the leaf [31, 'b'] (path 1) and whose child 8 is the
    // leaf [30, 'a'] (path 0), both short enough to stand in it.
    CHECK(root_of({{'a'}, {'b'}}) == hash_of("d5"
                                             "c23162"
                                             "80808080808080"
                                             "c23061"
                                             "80808080808080"
                                             "80"));
    // With a value of 30 bytes the leaf of index 1 is 33 bytes long: its hash stands in the branch.
    const std::string thirty(60, '1');
    const auto leaf = hash_of(
                          "e0"
                          "31"
                          "9e" +
                          thirty)
                          .to_hex()
                          .substr(2);
    CHECK(root_of({{'a'}, Bytes(30, 0x11)}) == hash_of("f3"
                                                       "a0" +
                                                       leaf +
                                                       "80808080808080"
                                                       "c23061"
                                                       "80808080808080"
                                                       "80"));
}

TEST_CASE("a shared path is one extension") {
    // Keys 8180 and 8181 (indexes 128, 129) part from the others at 8,1 and share 8 before they part: an
    // extension [18, branch]. Built here from below; the branches 0 to 7 and 8,0 are those of indexes 0 to
    // 127.
    const std::vector<Bytes> values(130, Bytes(40, 0x22));
    const std::string value = "a8" + std::string(80, '2');
    const auto reference = [](std::string_view node) { return "a0" + hash_of(node).to_hex().substr(2); };
    const auto leaf = reference(
        "ea"
        "20" +
        value);  // all nibbles of the key are used up: an even path of none
    const std::string none = "80";
    // Sixteen children, no value: 16 * 33 + 1 = 0x211 bytes; with fifteen 0x1f1; with two 2 * 33 + 15 = 0x51.
    std::string full = "f90211";
    std::string first = "f901f1" + none;
    for (int i = 0; i < 16; ++i) full += leaf;
    for (int i = 1; i < 16; ++i) first += leaf;
    std::string below_81 = "f851" + leaf + leaf;
    for (int i = 0; i < 14; ++i) below_81 += none;
    const auto extension = reference(
        "e2"
        "18" +
        reference(below_81 + none));
    // Child 8: its child 0 is index 0, its child 1 the extension.
    std::string eight = "f851" + leaf + extension;
    std::string top =
        "f9"
        "0131" +
        reference(first + none);
    for (int i = 0; i < 14; ++i) eight += none;
    for (int i = 1; i < 8; ++i) top += reference(full + none);
    top += reference(eight + none);
    for (int i = 9; i < 16; ++i) top += none;
    CHECK(root_of(values) == hash_of(top + none));
}
