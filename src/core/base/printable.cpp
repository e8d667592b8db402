#include "base/printable.hpp"

#include <cstdint>

namespace moneytrail {
namespace {

struct Character {
    std::uint32_t code = 0;
    std::size_t size = 0;  // 0: no UTF-8
};

// The first character of `text`, which is not empty: RFC 3629, section 3.
Character decode(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const auto lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < size) return {};
    std::uint32_t code = lead & (0x7fU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U) return {};
        code = code << 6U | (byte(i) & 0x3fU);
    }
    const std::uint32_t least = size == 2 ? 0x80 : size == 3 ? 0x800 : 0x10000;
    const bool is_surrogate = code >= 0xd800 && code <= 0xdfff;
    return code < least || is_surrogate || code > 0x10ffff ? Character{} : Character{code, size};
}

bool is_control(std::uint32_t code) {
    return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

// Unicode's Bidi_Control characters, and the separators of lines and paragraphs.
bool turns_or_breaks(std::uint32_t code) {
    return code == 0x61c || (code >= 0x200e && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

bool begins_character(char c) {
    return (static_cast<std::uint8_t>(c) & 0xc0U) != 0x80U;
}

}  // namespace

std::string printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto [code, size] = decode(text);
        if (size == 0 || is_control(code) || turns_or_breaks(code))
            out += '?';
        else
            out += text.substr(0, size);
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return out;
}

std::string clipped(std::string_view text, std::size_t most) {
    std::size_t kept = 0;
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!begins_character(text[i])) continue;
        if (characters + 1 == most) kept = i;
        if (++characters > most) return std::string{text.substr(0, kept)} + "…";
    }
    return std::string{text};
}

std::size_t utf16_units(std::string_view text) {
    constexpr std::uint8_t kFourByteLead = 0xf0;
    std::size_t sum = 0;
    for (const char c : text)
        if (begins_character(c)) sum += static_cast<std::uint8_t>(c) >= kFourByteLead ? 2 : 1;
    return sum;
}

}  // namespace moneytrail
