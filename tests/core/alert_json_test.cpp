#include "alerts/alert_json.hpp"

#include "chain/contracts.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace moneytrail;

namespace {

using Json = nlohmann::ordered_json;

Address address(std::string_view hex) {
    return Address::from_hex(hex).value();
}

Reason usdc_reason() {
    Reason reason;
    reason.rule = "T1";
    reason.severity = signals::Severity::critical;
    reason.position = {17686110, 3, {Place::Kind::log, 2, 0}};
    reason.direction = Direction::out;
    reason.counterparty = address("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed");
    reason.counterparty_label = "Binance";
    reason.token = contracts::kUsdc;
    reason.symbol = "USDC";
    reason.decimals = 6;
    reason.amount = 81'000'000'000'000;
    reason.usd = Usd::dollars(81'000'000);
    reason.text = "81 000 000 USDC is more than 1 000 ETH";
    reason.evidence = {{"threshold_eth", "1000"}, {"a later key that sorts before", "it"}};
    return reason;
}

Alert usdc_alert() {
    Alert alert;
    alert.id = AlertId::from_hex("0x9f0c4a00000000000000000000000001").value();
    alert.severity = signals::Severity::critical;
    alert.verified = true;
    alert.chain_id = 1;
    alert.block_num = 17686110;
    alert.block_hash.bytes().fill(0xab);
    alert.block_time = BlockTime{std::chrono::seconds{1'689'269'891}};
    alert.txn_hash = TxHash{};
    alert.txn_hash->bytes().fill(0xcd);
    alert.entity = "example-fund";
    alert.entity_name = "Example Fund";
    alert.address = address("0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359");
    alert.address_label = "Fund 1";
    alert.reasons = {usdc_reason()};
    return alert;
}

// The alert with only this reason, as what its one reason became.
Json written(const Reason& reason) {
    auto alert = usdc_alert();
    alert.reasons = {reason};
    return Json::parse(to_json(alert))["reasons"][0];
}

std::string repeated(std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}

}  // namespace

TEST_CASE("an alert as JSON: the documented keys, in their order") {
    // The two addresses in mixed case are EIP-55's own examples.
    CHECK(
        to_json(usdc_alert()) ==
        R"({"id":"9f0c4a00000000000000000000000001","status":"raised","severity":"critical","verified":true,)"
        R"("chain_id":1,"block_number":17686110,"block_hash":"0x)" +
            repeated("ab", 32) + R"(","block_time":"2023-07-13T17:38:11Z","tx_hash":"0x)" +
            repeated("cd", 32) +
            R"(","entity":"example-fund","entity_name":"Example Fund",)"
            R"("address":"0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359","address_label":"Fund 1","rules":["T1"],"reasons":[)"
            R"({"rule":"T1","position":"log:2","direction":"out",)"
            R"("counterparty":"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed","counterparty_label":"Binance",)"
            R"("token":{"address":"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48","symbol":"USDC","decimals":6},)"
            R"("amount":"81000000.000000","usd":"81000000.00","provisional":false,)"
            R"("text":"81 000 000 USDC is more than 1 000 ETH",)"
            R"("evidence":{"threshold_eth":"1000","a later key that sorts before":"it"}}]})");
}

TEST_CASE("an alert as JSON: what is not known is null") {
    auto alert = usdc_alert();
    alert.status = AlertStatus::retracted;
    alert.verified = false;
    alert.txn_hash.reset();  // a withdrawal
    alert.entity.clear();
    alert.entity_name.clear();
    alert.address_label.clear();
    auto& reason = alert.reasons[0];
    reason.counterparty.reset();
    reason.counterparty_label.clear();
    reason.usd.reset();
    const auto json = Json::parse(to_json(alert));
    CHECK(json["status"] == "retracted");
    CHECK(json["verified"] == false);
    for (const auto* key : {"tx_hash", "entity", "entity_name", "address_label"}) {
        CAPTURE(key);
        CHECK(json[key].is_null());
    }
    for (const auto* key : {"counterparty", "counterparty_label", "usd"}) {
        CAPTURE(key);
        CHECK(json["reasons"][0][key].is_null());
    }
}

TEST_CASE("an alert as JSON: tokens and amounts") {
    struct Row {
        const char* name;
        std::string symbol;
        std::string json;
        std::string written_amount;
        Raw amount;
        std::optional<std::uint8_t> decimals;
        std::optional<Address> token;
        std::optional<Word> token_id;
    };
    const auto usdc = contracts::kUsdc;
    const std::string contract = R"({"address":"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",)";
    const Raw most = (Raw{1} << 255) - 1 + (Raw{1} << 255);
    const std::string digits =
        "115792089237316195423570985008687907853269984665640564039457584007913129639935";
    const auto row = GENERATE_COPY(values<Row>({
        {"native coin",
         "ETH",
         R"({"address":null,"symbol":"ETH","decimals":18})",
         "0.000000000000000001",
         1,
         18,
         {},
         {}},
        {"unknown token",
         "",
         contract + R"("symbol":null,"decimals":null})",
         "1234567",
         1234567,
         {},
         usdc,
         {}},
        {"no decimals", "X", contract + R"("symbol":"X","decimals":0})", "7", 7, 0, usdc, {}},
        {"the largest number",
         "X",
         contract + R"("symbol":"X","decimals":77})",
         "1." + digits.substr(1),
         most,
         77,
         usdc,
         {}},
        {"NFT", "APE", contract + R"("symbol":"APE","decimals":0,"id":")" + digits + R"("})", "1", 1, 0, usdc,
         to_word(most)},
    }));
    CAPTURE(row.name);
    auto reason = usdc_reason();
    reason.token = row.token;
    reason.symbol = row.symbol;
    reason.decimals = row.decimals;
    reason.amount = row.amount;
    reason.token_id = row.token_id;
    const auto json = written(reason);
    CHECK(json["token"].dump() == row.json);
    CHECK(json["amount"] == row.written_amount);
}

TEST_CASE("an alert as JSON: direction and place") {
    struct Row {
        Direction direction;
        Place place;
        const char* written_direction;
        const char* written_place;
    };
    const auto row = GENERATE(values<Row>({
        {Direction::out, {Place::Kind::value, 0, 0}, "out", "value"},
        {Direction::in, {Place::Kind::internal, 4, 0}, "in", "internal:4"},
        {Direction::self, {Place::Kind::log, 9, 0}, "self", "log:9"},
        {Direction::in, {Place::Kind::log, 9, 1}, "in", "log:9:0"},
        {Direction::in, {Place::Kind::withdrawal, 10459383, 0}, "in", "withdrawal:10459383"},
    }));
    auto reason = usdc_reason();
    reason.direction = row.direction;
    reason.position.place = row.place;
    const auto json = written(reason);
    CHECK(json["direction"] == row.written_direction);
    CHECK(json["position"] == row.written_place);
}

TEST_CASE("an alert as JSON: text from outside stays inside its string") {
    struct Row {
        const char* name;
        std::string symbol;
        std::string expected;
    };
    const auto row = GENERATE(values<Row>({
        {"quotes and backslashes", R"(a"b\c)", R"(a"b\c)"},
        {"a line end", "a\r\nb", "a\r\nb"},
        {"NUL and escape", std::string{"a\0\x1b[31mb", 8}, std::string{"a\0\x1b[31mb", 8}},
        {"other languages", "柴犬 ₿", "柴犬 ₿"},
        {"no UTF-8", "a\xff\xc3(", "a\xef\xbf\xbd\xef\xbf\xbd("},
        {"cut in a sequence", "a\xe2\x82", "a\xef\xbf\xbd"},
        {"64 KiB", std::string(65536, 'x'), std::string(65536, 'x')},
    }));
    CAPTURE(row.name);
    auto alert = usdc_alert();
    alert.reasons[0].symbol = row.symbol;
    alert.reasons[0].text = row.symbol;
    alert.reasons[0].evidence = {{row.symbol, row.symbol}};
    const auto line = to_json(alert);
    CHECK(std::ranges::none_of(line, [](unsigned char c) { return c < 0x20; }));
    const auto reason = Json::parse(line)["reasons"][0];
    CHECK((reason["token"]["symbol"] == row.expected));
    CHECK((reason["text"] == row.expected));
    CHECK((reason["evidence"].front() == row.expected));
}

TEST_CASE("an alert as JSON: the line with the status that it has since") {
    auto alert = usdc_alert();
    alert.reasons[0].text = R"("status":"raised")";
    const auto line = to_json(alert);
    CHECK(with_status(line, AlertStatus::raised) == line);
    alert.status = AlertStatus::retracted;
    CHECK(with_status(line, AlertStatus::retracted) == to_json(alert));
    CHECK_THROWS_WITH(with_status("{}", AlertStatus::raised),
                      "an alert in the database does not begin with id and status: {}");
}

namespace {

// What a line does not hold.
Alert as_a_line_has_it(Alert alert) {
    for (auto& reason : alert.reasons) {
        reason.position = {};
        reason.severity = signals::Severity::low;
    }
    return alert;
}

}  // namespace

TEST_CASE("an alert read from its JSON") {
    auto alert = usdc_alert();
    CHECK(from_json(to_json(alert)) == as_a_line_has_it(alert));

    alert.status = AlertStatus::retracted;
    alert.verified = false;
    alert.severity = signals::Severity::low;
    alert.txn_hash.reset();
    alert.entity = alert.entity_name = "";
    auto other = alert.reasons[0];
    other.direction = Direction::in;
    other.counterparty.reset();
    other.counterparty_label.clear();
    other.usd.reset();
    other.provisional = true;
    SECTION("native coin, less than one") {
        other.token.reset();
        other.symbol = "ETH";
        other.decimals = 18;
        other.amount = Raw{"70"};
    }
    SECTION("nothing at all") {
        other.amount = Raw{};
    }
    SECTION("unknown token and decimals, the largest amount") {
        other.symbol.clear();
        other.decimals.reset();
        other.amount = ~Raw{};
    }
    SECTION("an NFT") {
        other.token_id = to_word(~Raw{});
        other.decimals = 0;
        other.amount = Raw{1};
    }
    alert.reasons.push_back(other);
    CHECK(from_json(to_json(alert)) == as_a_line_has_it(alert));
}

TEST_CASE("alerts of the shipped run read from their JSON say the same") {
    const auto without_positions = [](const std::string& line) {
        auto json = Json::parse(line);
        for (auto& reason : json["reasons"]) reason.erase("position");
        return json.dump();
    };
    std::ifstream golden{MONEYTRAIL_SOURCE "/tests/golden/run.jsonl"};
    std::size_t count = 0;
    for (std::string line; std::getline(golden, line); ++count)
        CHECK(without_positions(to_json(from_json(line))) == without_positions(line));
    CHECK(count > 0);
}

TEST_CASE("what is no alert's JSON") {
    const auto line = to_json(usdc_alert());
    const auto changed = [&](std::string_view from, std::string_view to) {
        auto text = line;
        text.replace(text.find(from), from.size(), to);
        return text;
    };
    const auto text = GENERATE_COPY(values<std::string>(
        {"", "{", "{}", "[]", changed(R"("rule":"T1")", R"("rule":"S99")"),
         changed("81000000.000000", "many"), changed("81000000.000000", ""), changed("81000000.00\"", "-1\""),
         changed(R"("out")", R"("up")"), changed("critical", "huge"), changed("17686110", "-1.5e400"),
         changed("2023-07-13T", "2023-07-32T"), changed("0x5aAe", "0x5a")}));
    CAPTURE(text);
    CHECK_THROWS_WITH(from_json(text), Catch::StartsWith("an alert in the database cannot be read ("));
}
