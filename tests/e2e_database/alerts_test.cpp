#include "commands.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace moneytrail::test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

std::string golden() {
    std::ifstream in{source_folder() / "tests/golden/run.jsonl"};
    return {std::istreambuf_iterator<char>{in}, {}};
}

// The alerts of the shipped run, as its blocks' commits store them.
struct Raised : CommandsFixture {
    Raised() {
        out_of({"migrate"});
        pqxx::connection connection{schema.url()};
        pqxx::work tx{connection};
        std::map<std::uint64_t, int> places;
        for (const auto& line : lines_of(golden())) {
            const auto alert = Json::parse(line);
            const auto block = alert["block_number"].get<std::uint64_t>();
            tx.exec_params(
                "insert into alert values (decode($1, 'hex'), 1, $2, decode(substr($3, 3), 'hex'), "
                "extract(epoch from $4::timestamptz), $5, $6, decode(substr($7, 3), 'hex'), 1, '{}', $8, "
                "'raised', null, false, 1)",
                text(alert, "id"), block, text(alert, "block_hash"), text(alert, "block_time"),
                places[block]++, text(alert, "entity"), text(alert, "address"), line);
        }
        tx.commit();
    }
    static std::string text(const Json& alert, const char* key) { return alert[key].get<std::string>(); }

    void retract(const std::string& id) const {
        sql("update alert set status = 'retracted', retracted_at_block = 17686115, revision = 2 where id = "
            "'\\x" +
            id + "'");
    }

    Words expected = lines_of(golden());
    std::string first_id = Json::parse(expected.front())["id"];
};

}  // namespace

TEST_CASE_METHOD(Raised, "alerts export --json is what replay printed") {
    const bool is_same = out_of({"alerts", "export", "--json"}) == golden();
    CHECK(is_same);
}

TEST_CASE_METHOD(Raised, "alerts export --json shows what was retracted") {
    retract(first_id);
    const auto lines = lines_of(out_of({"alerts", "export", "--json"}));
    REQUIRE(lines.size() == expected.size());
    CHECK(lines[0] == replaced(expected[0], R"("status":"raised")", R"("status":"retracted")"));
    CHECK(lines[1] == expected[1]);
}

TEST_CASE_METHOD(Raised, "alerts export takes entity and time") {
    struct Row {
        Words words;
        bool (*is_in)(const Json&);
    };
    // Block 17686120 was at 17:40:11.
    const auto row = GENERATE(values<Row>({
        {{"--entity", "binance"}, [](const Json& a) { return a["entity"] == "binance"; }},
        {{"--from", "2023-07-13T17:40:11Z"}, [](const Json& a) { return a["block_number"] >= 17686120; }},
        {{"--to", "2023-07-13T17:40:11Z"}, [](const Json& a) { return a["block_number"] < 17686120; }},
        {{"--from", "2023-07-13", "--to", "2023-07-14"}, [](const Json&) { return true; }},
        {{"--to", "2023-07-13"}, [](const Json&) { return false; }},
        {{"--chain", "other"}, [](const Json&) { return false; }},
    }));
    CAPTURE(row.words);
    Words words{"alerts", "export", "--json"};
    words.insert(words.end(), row.words.begin(), row.words.end());
    Words wanted;
    for (const auto& line : expected)
        if (row.is_in(Json::parse(line))) wanted.push_back(line);
    const bool is_same = lines_of(out_of(words)) == wanted;
    CHECK(is_same);
}

TEST_CASE_METHOD(Raised, "alerts export --csv has a line a reason") {
    std::size_t reasons = 0;
    for (const auto& line : expected) reasons += Json::parse(line)["reasons"].size();
    const auto lines = lines_of(out_of({"alerts", "export", "--csv"}));
    CHECK(lines.size() == reasons + 1);
    CHECK_THAT(lines[0], StartsWith("id,status,severity,"));
    CHECK_THAT(lines[1], StartsWith(first_id + ",raised,medium,true,1,17686110,"));
}

TEST_CASE_METHOD(Raised, "alerts list: a line an alert, the newest first") {
    retract(first_id);
    const auto lines = lines_of(out_of({"alerts", "list"}));
    REQUIRE(lines.size() == expected.size());
    CHECK_THAT(lines.front(), StartsWith(text(Json::parse(expected.back()), "block_time")));
    CHECK_THAT(lines.back(), StartsWith("2023-07-13T17:38:11Z taken back: medium S3+S4 Coinbase 0xA9D1e0"));
    CHECK_THAT(lines.back(), Contains("[" + first_id.substr(0, 8) + "]"));
}

TEST_CASE_METHOD(Raised, "explain: an alert by the beginning of its id") {
    sql("insert into delivery values ('\\x" + first_id + "', 'console', 'stdout', 1, true, 1, 'idle')");
    const auto text = out_of({"explain", first_id.substr(0, 8)});
    CHECK_THAT(text, Contains("\nCoinbase 0xA9D1e08C7793af67e9d92fe308d5697FB81d3E43\n"));
    CHECK_THAT(text, Contains("• S4: first deposit to OKX over 50 USD, known since 2023-07-13\n"));
    CHECK_THAT(text, Contains("alert " + first_id + "\n\nstatus    raised, verified, revision 1\n"));
    CHECK_THAT(text, Contains("\nS4 at log:3\n"));
    CHECK_THAT(text, Contains("  evidence  exchange = okx\n"));
    CHECK_THAT(text, Contains("  console stdout: revision 1, sent\n"));
    CHECK(out_of({"explain", first_id}) == text);
}

TEST_CASE_METHOD(Raised, "alerts and explain: what is refused") {
    struct Row {
        Words words;
        int exit_code;
        std::string error;
    };
    const auto row = GENERATE(values<Row>({
        {{"explain", "90d8241"},
         2,
         "ALERT: expected the beginning of an alert's id, 8 to 32 hex digits, got '90d8241'\n"},
        {{"explain", "00000000"}, 1, "moneytrail: no alert has an id that begins with 00000000\n"},
        {{"alerts", "list", "--from", "yesterday"},
         2,
         "--from: expected a UTC day such as 2023-07-13 or a time such as 2023-07-13T17:38:11Z, got "
         "'yesterday'\n"},
        {{"alerts", "export"}, 2, ""},
        {{"alerts", "export", "--csv", "--json"}, 2, ""},
        {{"alerts"}, 2, "A subcommand is required"},
    }));
    CAPTURE(row.words);
    const auto ran = run(row.words);
    CHECK(ran.exit_code == row.exit_code);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, StartsWith(row.error));
}
