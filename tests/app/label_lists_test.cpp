#include "lists/label_lists.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using namespace moneytrail::labels;
using Catch::Equals;

namespace {

const std::string kAlice = "0x00000000000000000000000000000000000000a1";
const std::string kHeader = "address,entity,category,label,source\n";

std::string entity_problems(const std::string& text) {
    const auto names = parse_entities({"e.csv", text});
    return names ? std::string{} : to_string(names.error());
}

Names some_names() {
    return parse_entities({"e.csv",
                           "name,id,kind,flag\nBinance,binance,cex,\nUniswap,uniswap,protocol\n"
                           "Tornado.Cash,tornado-cash,mixer,mixer\ntype:dex,,protocol,\n"})
        .value();
}

struct ReadLabels {
    std::vector<LabelLine> lines;
    std::string problems;
};

ReadLabels read(const std::string& text) {
    ReadLabels out;
    Problems problems{50};
    read_labels({"l.csv", text}, some_names(), problems, [&](const Label& label) {
        out.lines.push_back({label.address, std::string{label.name}, std::string{label.category},
                             std::string{label.text}, std::string{label.source}});
    });
    out.problems = to_string(problems);
    return out;
}

}  // namespace

TEST_CASE("names and types of labels are read") {
    const auto names = some_names();
    CHECK(names.find("binance")->kind == Kind::cex);
    CHECK(names.find("Tornado.Cash")->flag == Flag::mixer);
    CHECK(names.find_category("dex")->kind == Kind::protocol);
    CHECK(names.find("type:dex") == nullptr);
}

TEST_CASE("what is wrong with a list of names is told with file and line") {
    const auto row = GENERATE(values<std::pair<std::string, std::string>>({
        {"Binance,binance,cex,\nbinance,binance,cex\n", ""},
        {"Binance,binance\n", "e.csv:1: expected the fields name,id,kind,flag, got 2 of them\n"},
        {",binance,cex,\n", "e.csv:1: name: missing, expected the name that labels have\n"},
        {"Binance,Binance,cex,\n",
         "e.csv:1: id: expected 1 to 32 of the characters a-z, 0-9 and -, got 'Binance'\n"},
        {"type:dex,dex,protocol,\n", "e.csv:1: id: expected nothing for a type, got 'dex'\n"},
        {"Binance,binance,exchange,\n",
         "e.csv:1: kind: expected cex, protocol, bridge, fund, person, miner, mixer, flagged or other, got "
         "'exchange'\n"},
        {"Binance,binance,cex,bad\n",
         "e.csv:1: flag: expected none, mixer, scam, hacker, phishing, sanctioned or nothing, got 'bad'\n"},
        {"HTX,htx,cex,\nx,x,x,\nhtx,huobi,cex,\n",
         "e.csv:2: kind: expected cex, protocol, bridge, fund, person, miner, mixer, flagged or other, got "
         "'x'\n"
         "e.csv:3: 'htx' is huobi, cex, but 'HTX' is htx, cex in line 1: expected one organisation and flag "
         "for "
         "a name, and one kind for an organisation\n"},
        {"HTX,htx,cex,\nHuobi,htx,protocol,\n",
         "e.csv:2: 'Huobi' is htx, protocol, but 'HTX' is htx, cex in line 1: expected one organisation and "
         "flag for a name, and one kind for an organisation\n"},
        {"type:cex,,protocol,\n",
         "e.csv:1: 'cex' is protocol, but 'cex' is cex always: expected one organisation and flag for a "
         "name, "
         "and one kind for an organisation\n"},
        {"name,kind,id\nHTX,cex,htx\n",
         "e.csv:1: the columns are 'name,kind,id', expected name,id,kind,flag: a list of another version?\n"},
    }));
    CAPTURE(row.first);
    CHECK_THAT(entity_problems(row.first), Equals(row.second));
}

TEST_CASE("labels are read; without a source they are the user's") {
    const auto row = GENERATE(values<std::pair<std::string, std::string>>({
        {kHeader + kAlice + ",Binance,cex,Binance 14,dawsbot/eth-labels\n", "dawsbot/eth-labels"},
        {"address,entity,category,label,source_repo\n" + kAlice + ",Binance,cex,Binance 14,a/b\r\n", "a/b"},
        {kAlice + ",Binance,cex,Binance 14,\n", "user"},
        {kAlice + ",Binance,cex,Binance 14\n", "user"},
        {"address,entity,category,label\n" + kAlice + ",Binance,cex,Binance 14\n", "user"},
    }));
    CAPTURE(row.first);
    const auto [lines, problems] = read(row.first);
    CHECK(problems.empty());
    REQUIRE(lines.size() == 1);
    CHECK(lines[0] ==
          LabelLine{Address::from_hex(kAlice).value(), "Binance", "cex", "Binance 14", row.second});
}

TEST_CASE("what is wrong with labels is told with file and line, all at once, and the others are read") {
    const auto [lines, problems] =
        read(kHeader + "0x1,Binance,cex,,\n" + kAlice + ",Binance,cexx,,\n" + kAlice + ",Binance,cex,,\n" +
             kAlice + ",a\"b,cex,,\n" + kAlice + ",,,,\n" + kAlice + ",Binance,cex," + std::string(513, 'x') +
             ",\n" + kAlice + "\n");
    CHECK(lines.size() == 1);
    CHECK_THAT(
        problems,
        Equals("l.csv:2: address: expected 0x and 40 hex digits, got '0x1'\n"
               "l.csv:3: category: 'cexx' is unknown, expected a kind or flag, or a type that lists.entities "
               "has\n"
               "l.csv:5: a quote inside a field: put the field between quotes and write the quote twice\n"
               "l.csv:6: expected at least one of entity, category and label\n"
               "l.csv:7: label: expected at most 512 bytes without control characters, got '" +
               std::string(80, 'x') +
               "…'\n"
               "l.csv:8: expected the fields address,entity,category,label,source, got 1 of them\n"));
}

TEST_CASE("a list of labels of another version is told so once") {
    const auto [lines, problems] =
        read("address,name,type\n" + kAlice + ",Binance,cex\n" + kAlice + ",Binance,cex\n");
    CHECK(lines.empty());
    CHECK_THAT(problems, Equals("l.csv:1: the columns are 'address,name,type', expected "
                                "address,entity,category,label,source: a list of another version?\n"));
}

TEST_CASE("imported labels join those of the configuration; duplicates and contradictions are counted") {
    const auto alice = Address::from_hex(kAlice).value();
    const std::vector<postgres::ImportedLabels> imported{
        {"a.csv", {{alice, "Binance", "cex", "Binance 14", "eth-labels"}}},
        {"b.csv",
         {{alice, "Binance", "cex", "Binance 14", "eth-labels"},
          {alice, "Uniswap", "gone", "Pool", "user"}}}};
    const auto loaded = load_labels({}, imported).value();
    const auto& book = loaded.book;
    CHECK(book.organisation(book.find(alice)->organisation).id == "uniswap");
    CHECK(loaded.notes ==
          std::vector<std::string>{"lists.entities no longer has the type 'gone' of 1 imported "
                                   "labels, which now stands for nothing"});
    CHECK(summary_of(loaded) ==
          "3 labels of 1 addresses, 1 of them repeated, 1 addresses contested between "
          "sources; version " +
              book.version());
}

TEST_CASE("sources that a book cannot tell apart: the list is named, and a known source is none too many") {
    const auto alice = Address::from_hex(kAlice).value();
    postgres::ImportedLabels many{"many.csv", {}};
    for (int i = 0; i < 65'536; ++i)
        many.lines.push_back({alice, "Binance", "cex", "", "source " + std::to_string(i)});
    const postgres::ImportedLabels known{"known.csv", {{alice, "Binance", "cex", "", "source 7"}}};
    CHECK(load_labels({}, std::vector{many, known}).has_value());

    const postgres::ImportedLabels more{"more.csv", {{alice, "Binance", "cex", "", "another"}}};
    const auto refused = load_labels({}, std::vector{many, more});
    REQUIRE_FALSE(refused.has_value());
    CHECK(to_string(refused.error()) ==
          "imported list more.csv: more than 65536 sources of labels, the most that one book can tell apart: "
          "take it out with `labels remove more.csv`\n");
}
