#include "text/csv.hpp"

#include "lists/lists.hpp"
#include "lists/token_lists.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace moneytrail;
using Catch::Equals;

namespace {

const std::string kOne = "0x0000000000000000000000000000000000000001";
const std::string kTwo = "0x0000000000000000000000000000000000000002";

// "line[field|field]" for each record, "line: why" for each error.
std::string read(const std::string& text) {
    CsvReader reader{text};
    std::string all;
    while (const auto record = reader.next()) {
        if (!*record) {
            all += std::to_string(record->error().line) + ": " + record->error().why + '\n';
            continue;
        }
        all += std::to_string((*record)->line) + '[';
        for (const auto& field : (*record)->fields)
            (all += &field == (*record)->fields.data() ? "" : "|") += field;
        all += "]\n";
    }
    return all;
}

struct Row {
    std::string text;
    std::string said;
};

std::string token_problems(const std::string& text) {
    const std::vector<NamedText> files{{"t.csv", text}};
    const auto tokens = parse_tokens(files);
    return tokens ? std::string{} : to_string(tokens.error());
}

std::string address_problems(const std::string& text) {
    const auto list = parse_addresses({"a.csv", text});
    return list ? std::string{} : to_string(list.error());
}

}  // namespace

TEST_CASE("CSV as RFC 4180 has it") {
    const auto row = GENERATE(values<Row>({
        {"", ""},
        {"a,b\n", "1[a|b]\n"},
        {"a,b", "1[a|b]\n"},
        {"a,b\r\nc,d\r\n", "1[a|b]\n2[c|d]\n"},
        {"\xef\xbb\xbf"
         "a,b\n",
         "1[a|b]\n"},
        {"\n\r\na\n\n\nb", "3[a]\n6[b]\n"},
        {",\n", "1[|]\n"},
        {"a, b ,\n", "1[a| b |]\n"},
        {"\"a,b\",\"c\"\"d\",\"\"\n", "1[a,b|c\"d|]\n"},
        {"\"\"\"\",\"a\"\"\"\n", "1[\"|a\"]\n"},
        {"\"a\nb\",c\nd\n", "1[a\nb|c]\n3[d]\n"},
        {"\"a\r\nb\"\r\nd\n", "1[a\r\nb]\n3[d]\n"},
        {"a\"b\nc\n",
         "1: a quote inside a field: put the field between quotes and write the quote twice\n2[c]\n"},
        {"\"a\"b\nc\n", "1: text behind a closing quote, expected a comma or the line's end\n2[c]\n"},
        {"x\n\"a\nb\n", "1[x]\n2: a field begins with a quote that nothing closes\n"},
        {"a\rb\nc\n", "1: a carriage return that ends no line\n2[c]\n"},
        {"a," + std::string(4097, 'x') + "\nc\n", "1: a field of more than 4096 bytes\n2[c]\n"},
        {std::string(16, ',') + "\nc\n", "1: more than 16 fields\n2[c]\n"},
    }));
    CAPTURE(row.text);
    CHECK_THAT(read(row.text), Equals(row.said));
}

TEST_CASE("a token list is read") {
    const std::vector<NamedText> files{
        {"a.csv", "address,symbol,decimals,name,protected\n" + kOne + ",USDC,6,\"USD, Coin\",yes\n"},
        {"b.csv", kOne + ",USDC,6,\"USD, Coin\",yes\n" + kTwo + ",X,,,\n"}};
    const auto tokens = parse_tokens(files).value().list;
    REQUIRE(tokens.size() == 2);
    const auto& usdc = find_token(tokens, Address::from_hex(kOne).value());
    CHECK(usdc.symbol == "USDC");
    CHECK(usdc.decimals == 6);
    CHECK(usdc.name == "USD, Coin");
    CHECK(usdc.is_protected);
    const auto& other = find_token(tokens, Address::from_hex(kTwo).value());
    CHECK_FALSE(other.decimals.has_value());
    CHECK_FALSE(other.is_protected);
}

TEST_CASE("the shipped token list is right") {
    const std::vector<std::filesystem::path> files{MONEYTRAIL_TEST_DATA "/../../configs/tokens.csv"};
    // Lines of the file less its header.
    CHECK(load_tokens(files).value().list.size() == 1238);
}

TEST_CASE("mistakes in a token list are told with file and line") {
    const auto row = GENERATE(values<Row>({
        {"address,symbol,decimals,name,protected\n0x1,A,1,,\n",
         "t.csv:2: address: expected 0x and 40 hex digits, got '0x1'\n"},
        {kOne + ",A,1,a\n",
         "t.csv:1: expected the fields address,symbol,decimals,name,protected,listed, got 4 of them\n"},
        {kOne + ",A,78,,\n",
         "t.csv:1: decimals: expected a whole number from 0 to 77, or nothing when unknown, got '78'\n"},
        {kOne + ",A,-1,,\n",
         "t.csv:1: decimals: expected a whole number from 0 to 77, or nothing when unknown, got '-1'\n"},
        {kOne + ",A,1,,true\n", "t.csv:1: protected: expected yes, no or nothing, got 'true'\n"},
        {kOne + "," + std::string(65, 'A') + ",1,,\n",
         "t.csv:1: symbol: expected at most 64 bytes without control characters, got '" +
             std::string(65, 'A') + "'\n"},
        {kOne + ",A,1,\"a\nb\",\n",
         "t.csv:1: name: expected at most 256 bytes without control characters, got 'a\\u{a}b'\n"},
        {kOne + ",A,1,,\n" + kTwo + ",A,1,,\n" + kOne + ",A,2,,\n",
         "t.csv:3: address: t.csv:1 says something else of this token, expected one line for it\n"},
        {kOne + ",A,1,,\n" + kOne + ",A,1,,\n", ""},
        {kOne + std::string{",A\0,1,,\n", 8}, "t.csv:1: NUL byte, expected text\n"},
        {"\n" + kOne + ",\xff,1,,\n", "t.csv:2: invalid UTF-8, expected text in UTF-8\n"},
        {"x\ny,,,,\n" + kOne + ",a\"b,1,,\n",
         "t.csv:1: expected the fields address,symbol,decimals,name,protected,listed, got 1 of them\n"
         "t.csv:2: address: expected 0x and 40 hex digits, got 'y'\n"
         "t.csv:3: a quote inside a field: put the field between quotes and write the quote twice\n"},
    }));
    CAPTURE(row.text);
    CHECK_THAT(token_problems(row.text), Equals(row.said));
}

TEST_CASE("a token list that is not there") {
    const std::vector<std::filesystem::path> files{"/nowhere/a.csv", "/"};
    CHECK(to_string(load_tokens(files).error()) ==
          "/: cannot be read: it is a folder, expected a file\n"
          "/nowhere/a.csv: cannot be read: No such file or directory\n");
}

TEST_CASE("fifty problems are shown, the others counted") {
    std::string text;
    for (int i = 0; i < 60; ++i) text += "x,,,,\n";
    const auto said = token_problems(text);
    CHECK(std::ranges::count(said, '\n') == 51);
    CHECK(said.ends_with("… and 10 more\n"));
}

TEST_CASE("addresses to follow are read and join the configured entities") {
    const auto list = parse_addresses({"a.csv", "address,entity,label\r\n" + kOne + ",fund,hot\r\n" + kTwo +
                                                    ",other\r\n" + kOne + ",fund,again\r\n"})
                          .value();
    CHECK(list.entities == std::vector<std::string>{"fund", "other"});
    REQUIRE(list.addresses.size() == 2);
    CHECK(list.addresses[0].address.to_hex() == kOne);
    CHECK(list.addresses[0].entity == 0);
    CHECK(list.addresses[0].label == "hot");
    CHECK(list.addresses[1].entity == 1);
    CHECK(list.addresses[1].label.empty());

    const auto joined = join_entities({{.id = "x", .name = "X"}, {.id = "fund", .name = "The Fund"}}, list);
    REQUIRE(joined.entities.size() == 3);
    CHECK(joined.entities[2].id == "other");
    CHECK(joined.entities[2].name == "other");
    CHECK(joined.index_of == std::vector<std::size_t>{1, 2});
}

TEST_CASE("mistakes in a list of addresses are told with file and line") {
    const auto row = GENERATE(values<Row>({
        {"0x1,a\n", "a.csv:1: address: expected 0x and 40 hex digits, got '0x1'\n"},
        {kOne + ",A\n", "a.csv:1: entity: expected 1 to 32 of the characters a-z, 0-9 and -, got 'A'\n"},
        {kOne + "\n", "a.csv:1: expected the fields address,entity,label, got 1 of them\n"},
        {kOne + ",a," + std::string(129, 'x') + "\n",
         "a.csv:1: label: expected at most 128 bytes without control characters, got '" +
             std::string(80, 'x') + "…'\n"},
        {kOne + ",a\n" + kOne + ",b\n",
         "a.csv:2: address: is of entity 'a' in line 1, expected one entity for an address\n"},
        {"address,entity,label\naddress,entity,label\n",
         "a.csv:2: address: expected 0x and 40 hex digits, got 'address'\n"},
    }));
    CAPTURE(row.text);
    CHECK_THAT(address_problems(row.text), Equals(row.said));
}

TEST_CASE("what is written is what is read") {
    const std::vector<std::string> fields{"plain", "", " a b ", "a,b", R"(the "quoted")", "two\nlines", "\r"};
    const auto line = to_csv(fields);
    CHECK(line == "plain,, a b ,\"a,b\",\"the \"\"quoted\"\"\",\"two\nlines\",\"\r\"\n");
    CsvReader reader{line};
    const auto record = reader.next();
    REQUIRE((record && *record));
    CHECK(std::vector<std::string>{(*record)->fields.begin(), (*record)->fields.end()} == fields);
}

TEST_CASE("a cell that a spreadsheet would run is written as text, and read as it was") {
    struct Cell {
        const char* text;
        const char* written;
    };
    const auto cell = GENERATE(values<Cell>({
        {"=1+1", "'=1+1"},
        {"+1", "'+1"},
        {"-1", "'-1"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"\t=1", "'\t=1"},
        {"\ttab", "'\ttab"},
        {"\r", "'\r"},
        {"\n=1", "'\n=1"},
        {"  =1", "'  =1"},
        {"\u00a0=1", "'\u00a0=1"},
        {"\u3000+1", "'\u3000+1"},
        {"\ufeff=1", "'\ufeff=1"},
        {"\uff1d1+1", "'\uff1d1+1"},
        {"\uff0b1", "'\uff0b1"},
        {"\uff0d1", "'\uff0d1"},
        {"\uff20A", "'\uff20A"},
        {"'=1", "''=1"},
        {"''=1", "'''=1"},
        {"'quoted'", "'quoted'"},
        {"'", "'"},
        {"", ""},
        {"a=1", "a=1"},
        {"81.5", "81.5"},
    }));
    CAPTURE(cell.text);
    CHECK(as_inert_cell(cell.text) == cell.written);
    CHECK(from_inert_cell(cell.written) == cell.text);
    const auto list = parse_addresses({"a.csv", kOne + ",okx," + cell.written + '\n'});
    if (std::string_view{cell.text}.find_first_of("\t\r\n") == std::string_view::npos)
        CHECK(list.value().addresses.front().label == cell.text);
}

TEST_CASE("addresses whose checksum is wrong are warned of with their lines, and taken") {
    // Source: EIP-55's first example. One letter is of the other case.
    const std::string right = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    const std::string wrong = "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    const auto warning = [&](std::size_t line) {
        return "f.csv:" + std::to_string(line) + ": address: the checksum (EIP-55) of '" + wrong +
               "' is wrong, expected " + right + " if it is this address";
    };
    const auto addresses = parse_addresses({"f.csv", right + ",a\n" + wrong + ",a\n"});
    CHECK(addresses.value().warnings == std::vector{warning(2)});
    const std::vector<NamedText> tokens{{"f.csv", wrong + ",A,18,A,\n"}};
    CHECK(parse_tokens(tokens).value().warnings == std::vector{warning(1)});

    std::string many;
    for (int i = 0; i < 60; ++i) many += wrong + ",a\n";
    const auto bounded = parse_addresses({"f.csv", many}).value().warnings;
    CHECK(bounded.size() == 51);
    CHECK(bounded.back() == "… and 10 more warnings");
}
