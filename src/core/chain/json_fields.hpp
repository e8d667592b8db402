#pragma once

// Reads single JSON values out of simdjson's on-demand iterator, with an error that says what would be right.

#include "base/decoded.hpp"

#include <simdjson.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace moneytrail::json {

namespace ondemand = simdjson::ondemand;

// Thrown inside the parser only: each level puts its own name in front of the path.
struct Malformed {
    DecodeError error;
};

// Out of the way of the millions of values that are right.
[[noreturn, gnu::cold, gnu::noinline]] inline void fail(std::string why) {
    throw Malformed{{{}, std::move(why)}};
}

// Runs `read`; an error inside gets `name` in front of its path: ("block", "number") is "block.number".
template <class Name, class Read>
decltype(auto) within(const Name& name, const Read& read) {
    const auto prefixed = [&](DecodeError error) {
        const std::string prefix{name()};
        const bool joins = error.path.empty() || error.path.starts_with('[');
        error.path = prefix + (joins ? "" : ".") + error.path;
        return Malformed{std::move(error)};
    };
    try {
        return read();
    } catch (Malformed& inner) {
        throw prefixed(std::move(inner.error));
    } catch (const simdjson::simdjson_error& error) {
        throw prefixed({{}, std::string{"not valid JSON: "} + error.what()});
    }
}

// A key as it stands between its quotes. One with an escape keeps its backslash and so is none that we know,
// even where it ends early, at an escaped quote. Read a word at a time, as a block has tens of thousands of
// keys; simdjson has seen the closing quote, and behind the text there is padding.
inline std::string_view key_of(ondemand::field& field) {
    static_assert(std::endian::native == std::endian::little);
    constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101;
    const char* start = field.key().raw();
    for (std::size_t done = 0;; done += sizeof kOnes) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, start + done, sizeof bytes);
        bytes ^= kOnes * '"';
        // The lowest bit that is set is the highest of the first byte that is now zero.
        const std::uint64_t quotes = (bytes - kOnes) & ~bytes & kOnes << 7;
        if (quotes != 0) return {start, done + static_cast<std::size_t>(std::countr_zero(quotes)) / 8};
    }
}

// Cheap enough to switch on; two keys of one object that collide would not compile. An unknown key may have a
// known one's id, so each case still compares.
constexpr std::uint32_t id(std::string_view key) {
    if (key.empty()) return 0;
    return static_cast<std::uint32_t>(key.size()) << 16 | static_cast<std::uint32_t>(key.front()) << 8 |
           static_cast<std::uint32_t>(key.back());
}

inline std::string_view trimmed(std::string_view token) {
    while (!token.empty() &&
           (token.back() == ' ' || token.back() == '\n' || token.back() == '\r' || token.back() == '\t'))
        token.remove_suffix(1);
    return token;
}

// A scalar as it stands in the text.
inline std::string_view token(ondemand::value& value) {
    return trimmed(value.raw_json_token());
}

inline bool is_null(ondemand::value& value) {
    return token(value) == "null";
}

// At most so much of a bad value is quoted.
inline std::string quoted(std::string_view text) {
    constexpr std::size_t kMost = 80;
    return text.size() <= kMost ? std::string{text} : std::string{text.substr(0, kMost)} + "…";
}

// A value of another type than it should be; of an object or array only that is said.
[[noreturn, gnu::cold, gnu::noinline]] inline void fail_type(const std::string& expected,
                                                             std::string_view token) {
    std::string got = quoted(trimmed(token));
    if (token.starts_with('{')) got = "an object";
    if (token.starts_with('[')) got = "an array";
    fail("expected " + expected + ", got " + got);
}

// What simdjson answered for `value`, a value or a document.
// Inlined by force: several thousand times a block, and the result is large.
template <class T, class Value>
[[gnu::always_inline]] inline T typed(simdjson::simdjson_result<T> result, Value& value,
                                      const char* expected) {
    if (result.error() == simdjson::INCORRECT_TYPE) [[unlikely]]
        fail_type(expected, simdjson::simdjson_result<std::string_view>{value.raw_json_token()}.value());
    return std::move(result).value();
}

template <class Value>
ondemand::object object(Value& value) {
    return typed<ondemand::object>(value.get_object(), value, "an object");
}

inline ondemand::array array(ondemand::value& value) {
    return typed<ondemand::array>(value.get_array(), value, "an array");
}

inline bool is_text(ondemand::value& value) {
    return token(value).starts_with('"');
}

// What stands between a string's quotes. Nothing that we read needs an escape, so none is undone: what holds
// one is refused as bad hex.
inline std::string_view text(ondemand::value& value) {
    const auto whole = token(value);
    if (whole.size() < 2 || whole.front() != '"' || whole.back() != '"') fail_type("a string", whole);
    return whole.substr(1, whole.size() - 2);
}

// The EVM nests at most 1 024 calls below a transaction's own, each two levels of a call tree's JSON; the
// rest is what stands around them.
constexpr std::size_t kMostNestedCalls = 1'024;
constexpr std::size_t kDeepest = 2 * kMostNestedCalls + 64;

void check_container(ondemand::value& value);

// Walks through a value that nobody reads. simdjson found quotes and brackets and checked UTF-8 before; left
// to itself it would step over what stands between them.
inline void check(ondemand::value& value) {
    switch (value.type()) {
        case ondemand::json_type::object:
        case ondemand::json_type::array:
            check_container(value);
            break;
        case ondemand::json_type::string:
            (void)text(value);
            break;
        case ondemand::json_type::number:
            (void)value.get_double().value();
            break;
        case ondemand::json_type::boolean:
            if (token(value) != "true" && token(value) != "false") fail_type("true or false", token(value));
            break;
        case ondemand::json_type::null:
            if (!is_null(value)) fail_type("null", token(value));
            break;
    }
}

}  // namespace moneytrail::json
