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

struct Frames {
    std::vector<Frame> frames;
    std::uint32_t malformed_txns = 0;
};
// `txn_count`: frames of other transactions are malformed, and so is a transaction without any.
Frames parse_frames(json::ondemand::array array, std::size_t txn_count);

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

// Calls `visit(key, value)` for each field, naming the key in its errors.
template <class Visit>
void each_field(json::ondemand::object object, const Visit& visit) {
    for (auto result : object) {
        json::ondemand::field field = std::move(result).take_value();
        const auto key = json::key_of(field);
        json::within([&] { return key; }, [&] { visit(key, field.value()); });
    }
}

inline void require(bool present, std::string_view key) {
    if (!present) throw json::Malformed{{std::string{key}, "missing"}};
}

}  // namespace moneytrail
