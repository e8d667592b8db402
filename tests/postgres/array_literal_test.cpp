#include "postgres/array_literal.hpp"

#include "support/schema.hpp"
#include "support/sql.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <random>

using namespace moneytrail;
using postgres::array_of;
using postgres::ArrayLiteral;
using postgres::Work;
using test::Sql;

namespace {

template <class T>
using Column = std::vector<std::optional<T>>;

template <class T>
std::string literal(const Column<T>& column) {
    return array_of(column, [](const std::optional<T>& value) { return value; });
}

// What the server makes of the array, element by element.
std::vector<std::optional<std::string>> read_back(Sql& sql, const std::string& text,
                                                  const std::string& expression, const std::string& type) {
    std::vector<std::optional<std::string>> out;
    sql.transact([&](Work& tx) {
        const auto rows = tx.exec_params("select " + expression + " from unnest($1::" + type +
                                             "[]) with ordinality as u(e, place) order by place",
                                         text);
        for (const auto& row : rows)
            out.push_back(row[0].is_null() ? std::nullopt : std::optional{row[0].as<std::string>()});
    });
    return out;
}

template <class T, class Show>
std::vector<std::optional<std::string>> shown(const Column<T>& column, Show show) {
    std::vector<std::optional<std::string>> out;
    for (const auto& value : column)
        out.push_back(value ? std::optional<std::string>{show(*value)} : std::nullopt);
    return out;
}

std::size_t up_to(std::mt19937& random, std::size_t most) {
    return std::uniform_int_distribution<std::size_t>{0, most}(random);
}

template <class T, class Make>
Column<T> random_column(std::mt19937& random, Make make) {
    Column<T> out(up_to(random, 20));
    for (auto& value : out)
        if (up_to(random, 4) != 0) value = make();
    return out;
}

}  // namespace

TEST_CASE("an array literal is written as the manual says") {
    const Column<std::string> texts{"a", "", "null", std::nullopt, R"(q"b\)"};
    CHECK(literal(texts) == R"({"a","","null",NULL,"q\"b\\"})");
    CHECK(literal(Column<std::int64_t>{-1, std::nullopt, 2}) == "{-1,NULL,2}");
    CHECK(literal(Column<Bytes>{Bytes{0x00, 0xff}, Bytes{}}) == R"({"\\x00ff","\\x"})");
    CHECK(literal(Column<Raw>{Raw{7}}) == "{7}");
    CHECK(ArrayLiteral{}.text() == "{}");
    struct Holder {
        Address address;
    };
    const auto address = *Address::from_hex("0x00000000000000000000000000000000000000ff");
    CHECK(array_of(std::vector<Holder>{{address}}, &Holder::address) ==
          R"({"\\x00000000000000000000000000000000000000ff"})");
}

TEST_CASE("a NUL is refused, as PostgreSQL's text has none and libpqxx would cut there") {
    ArrayLiteral literal;
    CHECK_THROWS_WITH(literal.add(std::string_view{"a\0b", 3}), "a text for the database has a NUL in it");
    CHECK(literal.text() == "{}");
}

TEST_CASE("any array reaches the server as it is") {
    std::mt19937 random{20231};  // NOLINT(cert-msc51-cpp): the same arrays in every run
    Sql sql{test::server_url()};
    constexpr std::string_view kHard = "\"\\'{},; \t\n\r%$0aN\xc3\xa9\xe2\x82\xac";
    const std::vector<std::string> pieces{"\"", "\\", "'",    "{",   "}", ",", " ",
                                          "\t", "\n", "NULL", "\\x", "é", "€", "a"};
    for (int i = 0; i < 50; ++i) {
        const auto texts = random_column<std::string>(random, [&] {
            std::string text;
            for (auto n = up_to(random, 6); n > 0; --n) text += pieces[up_to(random, pieces.size() - 1)];
            return text + (up_to(random, 9) == 0 ? std::string{kHard} : "");
        });
        CHECK(read_back(sql, literal(texts), "e", "text") == shown(texts, [](const auto& t) { return t; }));

        const auto bytes = random_column<Bytes>(random, [&] {
            Bytes out(up_to(random, 40));
            for (auto& byte : out) byte = static_cast<std::uint8_t>(up_to(random, 255));
            return out;
        });
        CHECK(read_back(sql, literal(bytes), "'0x' || encode(e, 'hex')", "bytea") ==
              shown(bytes, [](const Bytes& b) { return to_hex(b); }));

        std::uniform_int_distribution<std::int64_t> any{std::numeric_limits<std::int64_t>::min()};
        const auto numbers = random_column<std::int64_t>(random, [&] { return any(random); });
        CHECK(read_back(sql, literal(numbers), "e", "bigint") ==
              shown(numbers, [](std::int64_t n) { return std::to_string(n); }));

        const auto amounts = random_column<Raw>(random, [&] {
            Word word;
            for (auto& byte : word.bytes()) byte = static_cast<std::uint8_t>(up_to(random, 255));
            return to_raw(word);
        });
        CHECK(read_back(sql, literal(amounts), "e::numeric(78,0)", "numeric") ==
              shown(amounts, [](const Raw& a) { return a.str(); }));
    }
    CHECK(read_back(sql, ArrayLiteral{}.text(), "e", "text").empty());
}
