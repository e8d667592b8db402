#include "postgres/array_literal.hpp"

#include <stdexcept>

namespace moneytrail::postgres {

void ArrayLiteral::separate() {
    if (text_.size() > 1) text_ += ',';
}

void ArrayLiteral::add(std::string_view text) {
    if (text.contains('\0')) throw std::invalid_argument{"a text for the database has a NUL in it"};
    separate();
    text_ += '"';  // always: an empty text and the word null would be read otherwise
    for (const char c : text) {
        if (c == '"' || c == '\\') text_ += '\\';
        text_ += c;
    }
    text_ += '"';
}

void ArrayLiteral::add(ByteView bytes) {
    separate();
    text_ += R"("\\x)";  // the backslash of bytea's "\x…", escaped for the array
    text_ += std::string_view{to_hex(bytes)}.substr(2);
    text_ += '"';
}

void ArrayLiteral::add(std::int64_t number) {
    separate();
    text_ += std::to_string(number);
}

void ArrayLiteral::add(const Raw& number) {
    separate();
    text_ += number.str();
}

void ArrayLiteral::add_null() {
    separate();
    text_ += "NULL";
}

}  // namespace moneytrail::postgres
