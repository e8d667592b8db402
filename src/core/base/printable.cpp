#include "base/printable.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>

namespace moneytrail {
namespace {

struct Character {
    utf8proc_int32_t code = 0;
    std::size_t size = 0;  // 0: no UTF-8
};

// The first character of `text`, which is not empty.
Character decode(std::string_view text) {
    Character out;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &out.code);
    if (size > 0) out.size = static_cast<std::size_t>(size);
    return out;
}

// Whether a reader sees the character, in its own place.
bool is_shown(utf8proc_int32_t code) {
    constexpr utf8proc_int32_t kBlankBraille = 0x2800;  // a symbol of no dots
    switch (utf8proc_category(code)) {
        case UTF8PROC_CATEGORY_CC:
        case UTF8PROC_CATEGORY_CF:
        case UTF8PROC_CATEGORY_CN:
        case UTF8PROC_CATEGORY_CO:
        case UTF8PROC_CATEGORY_CS:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
            return false;
        default:
            return code != kBlankBraille && !utf8proc_get_property(code)->ignorable;
    }
}

std::string in_hex(std::uint32_t value, std::size_t least_digits) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (; value != 0 || out.size() < least_digits; value >>= 4U) out.insert(0, 1, kDigits[value & 0xfU]);
    return out;
}

std::string escaped_byte(char byte) {
    return "\\x" + in_hex(static_cast<std::uint8_t>(byte), 2);
}

std::string escaped(utf8proc_int32_t code) {
    return "\\u{" + in_hex(static_cast<std::uint32_t>(code), 1) + '}';
}

// RFC 8259, section 7: above U+FFFF two units of UTF-16.
std::string escaped_in_json(utf8proc_int32_t code) {
    auto rest = static_cast<std::uint32_t>(code);
    if (rest < 0x10000) return "\\u" + in_hex(rest, 4);
    rest -= 0x10000;
    return "\\u" + in_hex(0xd800 + (rest >> 10U), 4) + "\\u" + in_hex(0xdc00 + (rest & 0x3ffU), 4);
}

using Escape = std::string (*)(utf8proc_int32_t code);

std::string with_escapes(std::string_view text, Escape escape) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto [code, size] = decode(text);
        if (size == 0)
            out += escaped_byte(text.front());
        else if (is_shown(code))
            out += text.substr(0, size);
        else
            out += escape(code);
        text.remove_prefix(std::max(size, std::size_t{1}));
    }
    return out;
}

bool begins_character(char c) {
    return (static_cast<std::uint8_t>(c) & 0xc0U) != 0x80U;
}

}  // namespace

std::string printable(std::string_view text) {
    return with_escapes(text, escaped);
}

std::string printable_lines(std::string_view text) {
    return with_escapes(text, [](utf8proc_int32_t code) { return code == '\n' ? "\n" : escaped(code); });
}

std::string printable_json(std::string_view json) {
    return with_escapes(json, escaped_in_json);
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
