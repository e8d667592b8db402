#pragma once

// The numbers in a log of a price source; each is none where the log does not have it or it is out of range.

#include "base/amount.hpp"
#include "chain/block.hpp"

#include <algorithm>
#include <optional>

namespace moneytrail {

// The n-th word of the data; zero behind its end.
inline Word data_word(const Log& log, std::size_t n) {
    const auto offset = n * Word::kSize;
    if (log.data.size() < offset + Word::kSize) return {};
    return Word::from_bytes(log.data.subspan(offset));
}

inline bool has_words(const Log& log, std::size_t count) {
    return log.data.size() >= count * Word::kSize;
}

// Below 2^bits.
inline std::optional<Raw> to_number(const Word& word, unsigned bits) {
    const auto zeros = Word::kSize - bits / 8;
    const auto& bytes = word.bytes();
    const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(zeros);
    if (std::any_of(bytes.begin(), end, [](auto byte) { return byte != 0; })) return std::nullopt;
    return to_raw(word);
}

// An int24 as the ABI extends it.
inline std::optional<std::int32_t> to_tick(const Word& word) {
    constexpr std::int32_t kMost = 1 << 23;
    const auto& bytes = word.bytes();
    const auto* low = bytes.data() + Word::kSize - 4;
    const auto bits = static_cast<std::uint32_t>(low[0]) << 24 | static_cast<std::uint32_t>(low[1]) << 16 |
                      static_cast<std::uint32_t>(low[2]) << 8 | low[3];
    const auto tick = static_cast<std::int32_t>(bits);
    const std::uint8_t sign = tick < 0 ? 0xff : 0;
    const bool extended =
        std::all_of(bytes.begin(), bytes.begin() + Word::kSize - 4, [&](auto byte) { return byte == sign; });
    return extended && tick >= -kMost && tick < kMost ? std::optional{tick} : std::nullopt;
}

// Of two's complement.
inline bool is_negative(const Word& word) {
    return (word.bytes().front() & 0x80) != 0;
}

inline Word negated(Word word) {
    bool carry = true;
    for (auto byte = word.bytes().rbegin(); byte != word.bytes().rend(); ++byte) {
        *byte = static_cast<std::uint8_t>(~*byte + (carry ? 1 : 0));
        carry = carry && *byte == 0;
    }
    return word;
}

inline Address low_address(const Word& word) {
    return Address::from_bytes(ByteView{word.bytes()}.subspan(Word::kSize - Address::kSize));
}

// Eight bytes tell the events apart before the whole topic is compared.
constexpr std::uint64_t first_bytes(const Word& topic) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < 8; ++i) out = out << 8 | topic.bytes()[i];
    return out;
}

}  // namespace moneytrail
