#pragma once

// Many values in one parameter: libpqxx 6.4 has none for arrays, so the array is passed as its text.

#include "base/amount.hpp"
#include "base/bytes.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace moneytrail::postgres {

// A one-dimensional array in PostgreSQL's own notation (manual, section 8.15.6), for "$1::bytea[]" and the
// like: text[], bytea[], bigint[] and numeric[]; the cast says which. Values of one kind only.
class ArrayLiteral {
  public:
    void add(
        std::string_view text);  // throws std::invalid_argument on a NUL, which PostgreSQL's text cannot hold
    void add(ByteView bytes);
    void add(std::int64_t number);
    void add(const Raw& number);
    void add_null();

    std::string text() const { return text_ + '}'; }  // "{}" when nothing was added

    template <std::size_t Size, class Tag>
    void add(const FixedBytes<Size, Tag>& bytes) {
        add(ByteView{bytes.bytes()});
    }
    template <class T>
    void add(const std::optional<T>& value) {
        if (value)
            add(*value);
        else
            add_null();
    }

  private:
    void separate();

    std::string text_{'{'};
};

// The literal of one column: `column` of each row, a member or a function.
template <class Rows, class Column>
std::string array_of(const Rows& rows, Column column) {
    ArrayLiteral out;
    for (const auto& row : rows) out.add(std::invoke(column, row));
    return out.text();
}

}  // namespace moneytrail::postgres
