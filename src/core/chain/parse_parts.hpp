#pragma once

// The parts of a block, each read from its JSON value. All throw json::Malformed or simdjson_error.

#include "chain/block.hpp"
#include "claims.hpp"
#include "frames.hpp"
#include "json_numbers.hpp"

#include <concepts>

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
void parse_header_and_body(json::ondemand::object object, ByteArena& arena, Claims& claims, Block& block);
std::vector<Receipt> parse_receipts(json::ondemand::array array, ByteArena& arena, Claims& claims);

// Reads an array's elements into a vector, naming the index of a bad one. `read` takes a value, and its index
// if it wants it.
template <class Read>
auto parse_each(json::ondemand::array array, const Read& read) {
    const auto read_one = [&](json::ondemand::value& value, std::size_t index) {
        if constexpr (std::invocable<const Read&, json::ondemand::value&, std::size_t>)
            return read(value, index);
        else
            return read(value);
    };
    std::vector<std::invoke_result_t<decltype(read_one), json::ondemand::value&, std::size_t>> out;
    for (auto element : array) {
        json::within([&] { return "[" + std::to_string(out.size()) + "]"; },
                     [&] {
                         json::ondemand::value value = element.value();
                         out.push_back(read_one(value, out.size()));
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
                         if (!visit(key, field.value())) json::check(field.value());
                     });
    }
}

inline void require(bool present, std::string_view key) {
    if (!present) throw json::Malformed{{std::string{key}, "missing"}};
}

}  // namespace moneytrail
