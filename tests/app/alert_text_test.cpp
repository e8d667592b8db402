#include "output/alert_text.hpp"

#include "alerts/alert_json.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;
using Catch::Contains;
using Catch::StartsWith;

namespace {

// A withdrawal of ETH that nobody could price, and a token with a name that needs quotes.
postgres::AlertRow stored() {
    Alert alert;
    alert.id = AlertId::from_hex("0x9f0c4a00000000000000000000000001").value();
    alert.severity = signals::Severity::high;
    alert.verified = true;
    alert.chain_id = 1;
    alert.block_num = 17686110;
    alert.block_time = BlockTime{std::chrono::seconds{1'689'269'891}};
    alert.entity = "fund";
    alert.entity_name = "The \"Fund\", Ltd";
    Reason reason;
    reason.rule = "T1";
    reason.severity = signals::Severity::high;
    reason.direction = Direction::in;
    reason.symbol = "ETH";
    reason.decimals = 18;
    reason.amount = Raw{"119000000000000000000"};
    reason.text = "119 ETH is more than 100 ETH";
    reason.evidence = {{"threshold_eth", "100"}};
    alert.reasons.push_back(reason);
    reason.rule = "S3";
    reason.counterparty = Address::from_hex("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed").value();
    reason.counterparty_label = "Binance";
    reason.token = Address::from_hex("0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359").value();
    reason.symbol = "A\x1b[2JB";
    reason.decimals.reset();
    reason.amount = Raw{7};
    reason.usd = Usd::dollars(60);
    reason.provisional = true;
    reason.text = "first A\x1b[2JB";
    alert.reasons.push_back(reason);
    return {.id = alert.id, .content = to_json(alert), .revision = 1};
}

}  // namespace

TEST_CASE("an alert as CSV: a line a reason, what is null is empty") {
    const auto lines = to_csv_lines(stored());
    CHECK(
        alert_csv_header() ==
        "id,status,severity,verified,chain_id,block_number,block_hash,block_time,tx_hash,entity,entity_name,"
        "address,rule,position,direction,counterparty,counterparty_label,token_address,token_symbol,"
        "token_decimals,token_id,amount,usd,provisional,text,evidence\n");
    CHECK_THAT(lines, StartsWith("9f0c4a00000000000000000000000001,raised,high,true,1,17686110,0x"));
    CHECK_THAT(lines, Contains(R"(,2023-07-13T17:38:11Z,,fund,"The ""Fund"", Ltd",0x0000)"));
    CHECK_THAT(lines, Contains(",T1,value,in,,,,ETH,18,,119.000000000000000000,,false,119 ETH is more than "
                               "100 ETH,\"{\"\"threshold_eth\"\":\"\"100\"\"}\"\n"));
    CHECK_THAT(lines, Contains(",S3,value,in,0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed,Binance,"
                               "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359,"));
    CHECK_THAT(lines, Contains(",,,7,60.00,true,"));
    CHECK(std::ranges::count(lines, '\n') == 2);
}

TEST_CASE("names in an alert's CSV are run by no spreadsheet, and shown escaped") {
    auto row = stored();
    auto alert = from_json(row.content);
    alert.entity_name = "+fund";
    auto& reason = alert.reasons.back();
    reason.counterparty_label = "=HYPERLINK(1)";
    reason.symbol = "a\u202eb";
    reason.text = "-1";
    reason.evidence = {{"name", "a\u202eb"}};
    row.content = to_json(alert);
    const auto lines = to_csv_lines(row);
    CHECK_THAT(lines, Contains(",fund,'+fund,0x0000"));
    CHECK_THAT(lines, Contains(",'=HYPERLINK(1),0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359,"
                               "a\\u{202e}b,,,7,60.00,true,'-1,\"{\"\"name\"\":\"\"a\\u202eb\"\"}\"\n"));
}

TEST_CASE("an alert explained") {
    auto alert = stored();
    CHECK(to_explanation(alert, {}) ==
          "HIGH: New token, Large transfer (S3, T1)\n"
          "The \"Fund\", Ltd 0x0000000000000000000000000000000000000000\n"
          "2023-07-13T17:38:11Z, block 17686110\n"
          "\n"
          "in 119 ETH, unpriced\n"
          "• T1: 119 ETH is more than 100 ETH\n"
          "in 7 units of A\\u{1b}[2JB, 60 USD, from Binance 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\n"
          "• S3: first A\\u{1b}[2JB (provisional: little history)\n"
          "\n"
          "https://etherscan.io/block/17686110\n"
          "alert 9f0c4a00000000000000000000000001\n"
          "\n"
          "status    raised, verified, revision 1\n"
          "entity    fund\n"
          "block     0x0000000000000000000000000000000000000000000000000000000000000000\n"
          "tx        none: a withdrawal\n"
          "\n"
          "T1 at value\n"
          "  amount  119.000000000000000000\n"
          "  evidence  threshold_eth = 100\n"
          "\n"
          "S3 at value\n"
          "  token  0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359\n"
          "  amount  7\n"
          "  evidence  threshold_eth = 100\n"
          "\n"
          "deliveries\n"
          "  none: no channel was to show it\n");
}

TEST_CASE("an alert explained: taken back, and who was told") {
    auto alert = stored();
    alert.status = AlertStatus::retracted;
    alert.revision = 2;
    alert.retracted_at_block = 17686112;
    const auto text = to_explanation(alert, {{"console", "stdout", 2, false, 2, "idle"},
                                             {"email", "a@b", 2, true, 2, "idle"},
                                             {"slack", "c", 2, true, 0, "claimed"},
                                             {"telegram", "42", 2, false, 1, "unsure"}});
    CHECK_THAT(
        text,
        Contains("status    retracted (by the fork that replaced block 17686112), verified, revision 2\n"));
    CHECK_THAT(text, Contains("deliveries\n"
                              "  console stdout: taken back\n"
                              "  email a@b: revision 2, sent\n"
                              "  slack c: revision 2, nothing sent yet (claimed)\n"
                              "  telegram 42: to be taken back, revision 1 was sent last (unsure)\n"));
    CHECK_THAT(to_csv_lines(alert), StartsWith("9f0c4a00000000000000000000000001,retracted,"));
}
