#include "base/bytes.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace moneytrail {
namespace {

#ifdef __SSE2__
// 16 digits to 8 bytes. SSE2 is part of every x86-64; elsewhere the loop below does it alone.
bool decode_16(const char* digits, std::uint8_t* out) {
    const auto text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(digits));
    const auto number = _mm_sub_epi8(text, _mm_set1_epi8('0'));
    const auto letter = _mm_sub_epi8(_mm_or_si128(text, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    const auto is_number = _mm_cmpeq_epi8(_mm_min_epu8(number, _mm_set1_epi8(9)), number);
    const auto is_letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(5)), letter);
    if (_mm_movemask_epi8(_mm_or_si128(is_number, is_letter)) != 0xffff) return false;

    const auto nibbles = _mm_or_si128(_mm_and_si128(is_number, number),
                                      _mm_and_si128(is_letter, _mm_add_epi8(letter, _mm_set1_epi8(10))));
    const auto high = _mm_slli_epi16(_mm_and_si128(nibbles, _mm_set1_epi16(0x00ff)), 4);
    const auto low = _mm_srli_epi16(nibbles, 8);
    const auto bytes = _mm_packus_epi16(_mm_or_si128(high, low), _mm_setzero_si128());
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out), bytes);
    return true;
}
#endif

}  // namespace

bool decode_hex(std::string_view digits, std::uint8_t* out) {
    if (digits.size() % 2 != 0) return false;
    std::size_t i = 0;
#ifdef __SSE2__
    for (; i + 16 <= digits.size(); i += 16)
        if (!decode_16(digits.data() + i, out + i / 2)) return false;
#endif
    for (; i < digits.size(); i += 2) {
        const int high = hex_digit(digits[i]);
        const int low = hex_digit(digits[i + 1]);
        if (high < 0 || low < 0) return false;
        out[i / 2] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return true;
}

std::string to_hex(ByteView bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out = "0x";
    out.reserve(2 + 2 * bytes.size());
    for (const auto byte : bytes) {
        out += kDigits[byte >> 4];
        out += kDigits[byte & 0x0f];
    }
    return out;
}

}  // namespace moneytrail
