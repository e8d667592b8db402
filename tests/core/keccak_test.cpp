#include "base/keccak.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace moneytrail;

namespace {

// 00 01 … ff 00 01 …
Bytes counting(std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i);
    return out;
}

}  // namespace

TEST_CASE("Keccak-256 of the published vectors") {
    CHECK(keccak256({}).to_hex() == "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    const std::array<std::uint8_t, 3> abc{'a', 'b', 'c'};
    CHECK(keccak256(abc).to_hex() == "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
}

// Lengths around one and two blocks of 136 bytes. From a second implementation, written in Python from FIPS
// 202's definitions, that gives hashlib's sha3_256 for the same messages when it pads with 0x06.
TEST_CASE("Keccak-256 around the block size") {
    struct Row {
        std::size_t size;
        const char* hash;
    };
    const auto row =
        GENERATE(Row{1, "0xbc36789e7a1e281436464229828f817d6612f7b477d66591ff96a9e064bcc98a"},
                 Row{134, "0x861e165162f806cd361c4421a48f205820ddf4deb02db9f041f48e179ddada97"},
                 Row{135, "0xcbdfd9dee5faad3818d6b06f95a219fd290b0e1706f6a82e5a595b9ce9faca62"},
                 Row{136, "0x7ce759f1ab7f9ce437719970c26b0a66ff11fe3e38e17df89cf5d29c7d7f807e"},
                 Row{137, "0xac73d4fae68b8453f764007c1a20ce95994187861f0c3227a3a8e99a73a3b1db"},
                 Row{271, "0x7c974895b2a88303ff2dc6b58f438ceb0b298cac91099ac0539cc0f477506191"},
                 Row{272, "0xfdf2ec49e749960d3c8521a0219af8d03e30e2b3bf19bd16150ee0eaf133d66e"},
                 Row{273, "0x4f707289a9c3ccd0c4a51f2f17339f5dd171d371c04ff7783b735b5b22682eaf"},
                 Row{1000, "0xaca79e4146e30eb1c733f6d6060d72471c36ea4e01ebf45d7f4916249c2bbd82"});
    CAPTURE(row.size);
    CHECK(keccak256(counting(row.size)).to_hex() == row.hash);
}

TEST_CASE("checksummed addresses are those of EIP-55") {
    const std::string text =
        GENERATE("0x52908400098527886E0F7030069857D2E4169EE7", "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
                 "0xde709f2102306220921060314715629080e2fb77", "0x27b1fdb04752bbc536007a920d24acb045561c26",
                 "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                 "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb");
    CHECK(to_checksum_hex(Address::from_hex(text).value()) == text);
}

// Whatever the width, and however many messages of whatever lengths share a vector: as one by one.
TEST_CASE("Keccak-256 of many messages at once is that of each") {
    constexpr std::size_t kBlock = 136;
    std::minstd_rand random{17};
    for (const auto width : keccak_widths()) {
        CAPTURE(width);
        for (std::size_t count = 0; count < 40; ++count) {
            std::vector<Bytes> messages(count);
            for (auto& message : messages) {
                // Around the ends of blocks, and anything between.
                const auto size = random() % 2 == 0 ? random() % 5 * kBlock + random() % 5 : random() % 700;
                message.resize(size >= 2 ? size - 2 : size);
                for (auto& byte : message) byte = static_cast<std::uint8_t>(random());
            }
            const std::vector<ByteView> views(messages.begin(), messages.end());
            std::vector<Hash> hashes(count);
            keccak256_all(views, hashes, width);
            for (std::size_t i = 0; i < count; ++i) CHECK(hashes[i] == keccak256(views[i]));
        }
    }
}

TEST_CASE("Keccak-256 of the published vectors, at every width and length of a block") {
    for (const auto width : keccak_widths()) {
        CAPTURE(width);
        std::vector<Bytes> messages;
        for (std::size_t size = 0; size <= 2 * 136 + 1; ++size) messages.push_back(counting(size));
        const std::vector<ByteView> views(messages.begin(), messages.end());
        std::vector<Hash> hashes(views.size());
        keccak256_all(views, hashes, width);
        CHECK(hashes[0].to_hex() == "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
        CHECK(hashes[135].to_hex() == "0xcbdfd9dee5faad3818d6b06f95a219fd290b0e1706f6a82e5a595b9ce9faca62");
        CHECK(hashes[136].to_hex() == "0x7ce759f1ab7f9ce437719970c26b0a66ff11fe3e38e17df89cf5d29c7d7f807e");
        CHECK(hashes[273].to_hex() == "0x4f707289a9c3ccd0c4a51f2f17339f5dd171d371c04ff7783b735b5b22682eaf");
        for (std::size_t i = 0; i < views.size(); ++i) CHECK(hashes[i] == keccak256(views[i]));
    }
}
