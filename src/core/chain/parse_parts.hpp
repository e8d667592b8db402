#pragma once

// The parts of a block, each read from its JSON value. All throw json::Malformed or simdjson_error.

#include "chain/block.hpp"
#include "json_fields.hpp"

namespace moneytrail {

// Hands out memory for decoded byte strings; together they are at most half as long as their text.
class ByteArena {
  public:
    explicit ByteArena(std::size_t text_size)
        : memory_{std::make_unique_for_overwrite<std::uint8_t[]>(text_size / 2)}, next_{memory_.get()} {}

    ByteView decode(json::ondemand::value& value);
    std::unique_ptr<std::uint8_t[]> release() { return std::move(memory_); }

  private:
    std::unique_ptr<std::uint8_t[]> memory_;
    std::uint8_t* next_;
};

// Fills header, transactions and withdrawals.
void parse_header_and_body(json::ondemand::object object, ByteArena& arena, Block& block);
Transaction parse_transaction(json::ondemand::object object, ByteArena& arena);
std::vector<Receipt> parse_receipts(json::ondemand::array array, ByteArena& arena);

// Whether each transaction's frames are in an order that can be a call tree: its own frame first, and each
// frame at most one below the one before it. Where that does not hold, nobody can say what was reverted.
class FrameOrder {
  public:
    void visit(std::uint64_t txn, std::uint32_t depth);
    bool trusts(std::uint64_t txn) const { return txn < states_.size() && states_[txn] == State::trusted; }
    // Transactions without frames that can be trusted, and frames of transactions that the block does not
    // have.
    std::uint32_t malformed(const std::vector<Transaction>& txns) const;

  private:
    enum class State : std::uint8_t { unseen, trusted, malformed };
    // No block has gas for as many: an index beyond is malformed, not memory.
    static constexpr std::uint64_t kMostTransactions = std::uint64_t{1} << 20;

    std::vector<State> states_;
    std::uint32_t strangers_ = 0;
    std::optional<std::uint64_t> current_;
    std::uint32_t last_depth_ = 0;
};

struct ParsedFrames {
    std::vector<Frame> frames;
    FrameOrder order;
};

ParsedFrames parse_frames(json::ondemand::array array);
// Drops the frames of transactions that cannot be trusted, and counts those transactions.
void add_frames(ParsedFrames parsed, Block& block);

// Reads an array's elements into a vector, naming the index of a bad one.
template <class Read>
auto parse_each(json::ondemand::array array, const Read& read) {
    using Element = decltype(read(std::declval<json::ondemand::value&>()));
    std::vector<Element> out;
    for (auto element : array) {
        json::within([&] { return "[" + std::to_string(out.size()) + "]"; },
                     [&] {
                         json::ondemand::value value = element.value();
                         out.push_back(read(value));
                     });
    }
    return out;
}

// Calls `visit(key, value)` for each field, naming the key in its errors. What `visit` answers false to,
// because it does not know it, is still checked to be JSON.
template <class Visit>
void each_field(json::ondemand::object object, const Visit& visit) {
    for (auto result : object) {
        json::ondemand::field field = std::move(result).take_value();
        const auto key = json::key_of(field);
        json::within([&] { return key; },
                     [&] {
                         if (!visit(key, field.value())) json::check(field.value(), 0);
                     });
    }
}

inline void require(bool present, std::string_view key) {
    if (!present) throw json::Malformed{{std::string{key}, "missing"}};
}

}  // namespace moneytrail
