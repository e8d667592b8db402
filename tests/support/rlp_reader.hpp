#pragma once

// A strict reader of RLP: the other side that the writer is held against.

#include "base/bytes.hpp"
#include "base/decoded.hpp"

#include <optional>
#include <vector>

namespace moneytrail::test {

struct RlpItem {
    bool is_list = false;
    Bytes bytes;
    std::vector<RlpItem> items;
    friend bool operator==(const RlpItem&, const RlpItem&) = default;
};

class RlpReader {
  public:
    // Exactly one item in its only valid encoding.
    static Decoded<RlpItem> read(ByteView encoded) {
        RlpReader reader{encoded};
        auto item = reader.next(0);
        if (!reader.why_.empty()) return std::unexpected(DecodeError{{}, reader.why_});
        if (!reader.rest_.empty()) return std::unexpected(DecodeError{{}, "bytes behind the item"});
        return item;
    }

  private:
    static constexpr int kDeepest = 32;

    explicit RlpReader(ByteView encoded) : rest_{encoded} {}

    RlpItem fail(std::string why) {
        why_ = std::move(why);
        rest_ = {};
        return {};
    }

    ByteView take(std::size_t size) {
        const auto out = rest_.first(size);
        rest_ = rest_.subspan(size);
        return out;
    }

    // Of a length that stands in `count` bytes.
    std::optional<std::size_t> long_length(std::size_t count) {
        if (rest_.size() < count || rest_[0] == 0) return std::nullopt;
        std::size_t length = 0;
        for (const auto byte : take(count)) length = length << 8 | byte;
        return length > 55 ? std::optional{length} : std::nullopt;
    }

    RlpItem next(int depth) {
        if (rest_.empty()) return fail("nothing to read");
        if (depth > kDeepest) return fail("nested too deeply");
        const auto first = take(1)[0];
        if (first < 0x80) return {.bytes = {first}};
        const bool is_list = first >= 0xc0;
        const auto kind = static_cast<std::size_t>(first - (is_list ? 0xc0 : 0x80));
        const auto length = kind <= 55 ? std::optional{kind} : long_length(kind - 55);
        if (!length) return fail("a length that is cut or could be shorter");
        if (*length > rest_.size()) return fail("shorter than its length says");
        const auto content = take(*length);
        if (is_list) return list(content, depth);
        if (content.size() == 1 && content[0] < 0x80) return fail("a byte that is its own encoding");
        return {.bytes = {content.begin(), content.end()}};
    }

    RlpItem list(ByteView content, int depth) {
        const auto behind = rest_;
        RlpItem out{.is_list = true};
        rest_ = content;
        while (!rest_.empty() && why_.empty()) out.items.push_back(next(depth + 1));
        rest_ = behind;
        return out;
    }

    ByteView rest_;
    std::string why_;
};

}  // namespace moneytrail::test
