#include "alerts/message.hpp"

#include "base/printable.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace moneytrail;
using namespace moneytrail::literals;
using Catch::Contains;
using Catch::StartsWith;
using nlohmann::json;

namespace {

Address address(std::string_view hex) {
    return Address::from_hex(hex).value();
}

// EIP-55's own examples.
const auto kFund = address("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed");
const auto kExchange = address("0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359");
const auto kToken = address("0xdbf03b407c01e7cd3cbea99509d93f8dddc8c6fb");

Reason reason(std::string_view rule, std::string text) {
    Reason out;
    out.rule = rule;
    out.counterparty = kExchange;
    out.counterparty_label = "Binance";
    out.token = kToken;
    out.symbol = "USDC";
    out.decimals = 6;
    out.amount = Raw{"81000000500000"};
    out.usd = 81'000'000_usd;
    out.text = std::move(text);
    return out;
}

Alert alert() {
    Alert out;
    out.id = AlertId::from_hex("0x9f0c4a00000000000000000000000001").value();
    out.severity = signals::Severity::high;
    out.verified = true;
    out.chain_id = 1;
    out.block_num = 17'686'110;
    out.block_time = BlockTime{std::chrono::seconds{1'689'269'891}};
    out.txn_hash = TxHash::from_hex("0x" + std::string(64, 'a')).value();
    out.entity = "fund";
    out.entity_name = "The Fund";
    out.address = kFund;
    out.reasons = {reason("T1", "81 000 000.5 USDC is more than 1 000 ETH"),
                   reason("S3", "first movement of USDC over 50 USD after 7 activities")};
    return out;
}

Alert called(const std::string& name) {
    auto out = alert();
    out.reasons = {reason("S3", "first movement of " + name)};
    out.reasons[0].symbol = name;
    out.reasons[0].counterparty_label = name;
    out.entity_name = name;
    return out;
}

// What a reader of Telegram sees: no tags, entities decoded. Fails on whatever Telegram would refuse.
std::string seen_in_telegram(const std::string& html) {
    std::string out;
    std::vector<std::string> open;
    for (std::size_t i = 0; i < html.size(); ++i) {
        if (html[i] == '<') {
            const auto end = html.find('>', i);
            REQUIRE(end != std::string::npos);
            const auto tag = html.substr(i + 1, end - i - 1);
            if (tag.starts_with('/')) {
                REQUIRE_FALSE(open.empty());
                CHECK(open.back() == tag.substr(1));
                open.pop_back();
            } else {
                open.push_back(tag.substr(0, tag.find(' ')));
                CHECK((tag == "b" || tag == "code" || tag.starts_with("a href=\"https://")));
            }
            i = end;
        } else if (html[i] == '&') {
            const auto end = html.find(';', i);
            const auto entity = html.substr(i, end - i + 1);
            CHECK((entity == "&amp;" || entity == "&lt;" || entity == "&gt;"));
            out += entity == "&amp;" ? '&' : entity == "&lt;" ? '<' : '>';
            i = end;
        } else {
            CHECK(html[i] != '>');
            out += html[i];
        }
    }
    CHECK(open.empty());
    return out;
}

// All texts that Slack shows, after checking every limit of its blocks.
std::string seen_in_slack(const std::string& text) {
    const auto body = json::parse(text);
    std::string out = body.at("text").get<std::string>() + '\n';
    CHECK(body.at("blocks").size() <= 50);
    for (const auto& block : body.at("blocks")) {
        const bool is_context = block.at("type") == "context";
        const auto& shown = is_context ? block.at("elements").at(0) : block.at("text");
        const auto units = utf16_units(shown.at("text").get<std::string>());
        CHECK(units >= 1);
        CHECK(units <= (block.at("type") == "header" ? 150 : 3000));
        CHECK(shown.at("type") == (is_context ? "mrkdwn" : "plain_text"));
        out += shown.at("text").get<std::string>() + '\n';
    }
    CHECK(utf16_units(out) <= 13'000);
    return out;
}

}  // namespace

TEST_CASE("an alert in plain text") {
    CHECK(message(alert(), Dialect::plain) ==
          "HIGH: New token, Large transfer (S3, T1)\n"
          "The Fund 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\n"
          "2023-07-13T17:38:11Z, block 17686110\n"
          "\n"
          "out 81 000 000.5 USDC, 81 000 000 USD, to Binance 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359\n"
          "• T1: 81 000 000.5 USDC is more than 1 000 ETH\n"
          "• S3: first movement of USDC over 50 USD after 7 activities\n"
          "\n"
          "https://etherscan.io/tx/0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
          "https://intel.arkm.com/explorer/tx/"
          "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
          "alert 9f0c4a00000000000000000000000001\n");
}

TEST_CASE("an alert in Telegram's HTML") {
    auto one = alert();
    one.reasons.resize(1);
    const auto txn = one.txn_hash->to_hex();
    CHECK(message(one, Dialect::telegram_html) ==
          "<b>HIGH: Large transfer (T1)</b>\n"
          "The Fund 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\n"
          "2023-07-13T17:38:11Z, block 17686110\n"
          "\n"
          "out 81 000 000.5 USDC, 81 000 000 USD, to Binance 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359\n"
          "• T1: 81 000 000.5 USDC is more than 1 000 ETH\n"
          "\n"
          "<a href=\"https://etherscan.io/tx/" +
              txn + "\">Etherscan</a> <a href=\"https://intel.arkm.com/explorer/tx/" + txn +
              "\">Arkham</a> alert <code>9f0c4a00000000000000000000000001</code>");
}

TEST_CASE("an alert in Slack's blocks") {
    auto one = alert();
    one.reasons.resize(1);
    const auto txn = one.txn_hash->to_hex();
    const auto plain = [](const char* type, const char* text) {
        return json{{"type", type}, {"text", {{"type", "plain_text"}, {"text", text}, {"emoji", false}}}};
    };
    const json links{
        {"type", "mrkdwn"},
        {"verbatim", true},
        {"text", "<https://etherscan.io/tx/" + txn + "|Etherscan> <https://intel.arkm.com/explorer/tx/" +
                     txn + "|Arkham> alert 9f0c4a00000000000000000000000001"}};
    const json expected{
        {"text", "HIGH: Large transfer (T1) The Fund 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"},
        {"blocks",
         {plain("header", "HIGH: Large transfer (T1)"),
          plain("section",
                "The Fund 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\n2023-07-13T17:38:11Z, block 17686110"),
          plain("section",
                "out 81 000 000.5 USDC, 81 000 000 USD, to Binance "
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359\n"
                "• T1: 81 000 000.5 USDC is more than 1 000 ETH"),
          {{"type", "context"}, {"elements", json::array({links})}}}}};
    CHECK(json::parse(message(one, Dialect::slack_blocks)) == expected);
}

TEST_CASE("what a message says where it is true") {
    struct Row {
        const char* name;
        void (*change)(Alert&);
        const char* says;
    };
    const auto row = GENERATE(values<Row>({
        {"taken back", [](Alert& a) { a.status = AlertStatus::retracted; }, "TAKEN BACK: HIGH: "},
        {"why it is", [](Alert& a) { a.status = AlertStatus::retracted; },
         "\nWhat was raised no longer holds"},
        {"unverified", [](Alert& a) { a.verified = false; }, "\nUnverified: "},
        {"provisional", [](Alert& a) { a.reasons[1].provisional = true; },
         "• S3: first movement of USDC over 50 USD after 7 activities (provisional"},
        {"in", [](Alert& a) { a.reasons[0].direction = Direction::in; },
         "\nin 81 000 000.5 USDC, 81 000 000 USD, from Binance 0xfB"},
        {"unpriced", [](Alert& a) { a.reasons[0].usd.reset(); }, "\nout 81 000 000.5 USDC, unpriced, to "},
        {"no label", [](Alert& a) { a.reasons[0].counterparty_label.clear(); }, " USD, to 0xfB6916"},
        {"no counterparty", [](Alert& a) { a.reasons[0].counterparty.reset(); }, " 81 000 000 USD\n• T1"},
        {"no symbol", [](Alert& a) { a.reasons[0].symbol.clear(); },
         "\nout 81 000 000.5 0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB, "},
        {"unknown decimals", [](Alert& a) { a.reasons[0].decimals.reset(); },
         "\nout 81000000500000 units of USDC, "},
        {"an NFT",
         [](Alert& a) {
             a.reasons[0].token_id = to_word(Raw{42});
             a.reasons[0].amount = Raw{1};
         },
         "\nout 1 NFT of USDC, number 42, "},
        {"nobody's", [](Alert& a) { a.entity = a.entity_name = ""; }, "\n0x5aAeb6053F3E94C9b9A09f3366"},
        {"a withdrawal", [](Alert& a) { a.txn_hash.reset(); },
         "\nhttps://etherscan.io/block/17686110\nalert "},
        {"another chain", [](Alert& a) { a.chain_id = 10; }, ", block 17686110 of chain 10\n"},
        {"another movement, said by itself", [](Alert& a) { a.reasons[1].direction = Direction::in; },
         "ETH\nin 81 000 000.5 USDC, 81 000 000 USD, from Binance 0x"},
    }));
    CAPTURE(row.name);
    auto changed = alert();
    row.change(changed);
    CHECK_THAT(message(changed, Dialect::plain), Contains(row.says));
    CHECK_NOTHROW(seen_in_telegram(message(changed, Dialect::telegram_html)));
    CHECK_NOTHROW(seen_in_slack(message(changed, Dialect::slack_blocks)));
}

TEST_CASE("`_` or `<` in a token's name does not lose the alert") {
    const std::string name = GENERATE("_", "<", "<b>", "</code>", "a_b*c~d`e", "&amp;", "& <", "]({", "\"\\",
                                      "<!here>", "<@U1>", "@channel", "#general", "$USDC", "/ack", "t.me/x",
                                      "visit usdc-claim.com", "a.b", ">quote", "\\u0000", ":joy:");
    CAPTURE(name);
    const auto bad = called(name);
    CHECK_THAT(message(bad, Dialect::plain), Contains("out 81 000 000.5 " + name + ", "));

    const auto html = message(bad, Dialect::telegram_html);
    CHECK_THAT(seen_in_telegram(html), Contains("out 81 000 000.5 " + name + ", "));

    const auto slack = message(bad, Dialect::slack_blocks);
    CHECK_THAT(seen_in_slack(slack), Contains("• S3: first movement of "));
    // Angle brackets are only those of our own links.
    CHECK(std::ranges::count(slack, '<') == 2);
    CHECK(std::ranges::count(slack, '>') == 2);
}

TEST_CASE("a name cannot mention, link or command anything in Telegram") {
    const std::string name = GENERATE("@durov", "#tag", "$USDC", "/ack", "t.me/x", "claim.com", "кошелёк.рф");
    CAPTURE(name);
    const auto html = message(called(name), Dialect::telegram_html);
    // Every line that has it is code, in which Telegram looks for nothing.
    for (auto at = html.find(name); at != std::string::npos; at = html.find(name, at + 1)) {
        const auto before = html.substr(0, at);
        CHECK(before.rfind("<code>") != std::string::npos);
        CHECK((before.rfind("</code>") == std::string::npos ||
               before.rfind("</code>") < before.rfind("<code>")));
    }
}

TEST_CASE("a name cannot turn, break or move the text around it") {
    const std::string name = GENERATE("a\nb", "a\x1b[2Jb", "a\u202eb", "a\u2066b", "a\u2028b",
                                      "a\xc2\x9b"
                                      "b",
                                      "a\xff"
                                      "b",
                                      "a\x7f"
                                      "b");
    CAPTURE(name);
    for (const auto dialect : {Dialect::plain, Dialect::telegram_html}) {
        const auto text = message(called(name), dialect);
        CHECK_THAT(text, Contains("81 000 000.5 a\\"));
        CHECK(text.find(name) == std::string::npos);
    }
    CHECK_THAT(seen_in_slack(message(called(name), Dialect::slack_blocks)), Contains("81 000 000.5 a\\"));
}

TEST_CASE("a message is never longer than its channel takes") {
    const std::string piece = GENERATE("x", "&", "<", "\"", "é", "😀", ".a", "@", "\x80");
    // 64 KB once; a thousand bytes where there are many of them.
    for (const auto& [count, size] :
         {std::pair{1U, 65'536U}, {2U, 65'536U}, {12U, 1000U}, {60U, 1000U}, {500U, 1000U}}) {
        std::string name;
        while (name.size() < size) name += piece;
        CAPTURE(piece, count);
        auto large = called(name);
        auto one = large.reasons[0];
        one.token_id = to_word(~Raw{0});
        one.amount = ~Raw{0};
        large.reasons.clear();
        for (std::size_t i = 0; i < count; ++i) {
            one.direction = i % 2 == 0 ? Direction::out : Direction::in;
            large.reasons.push_back(one);
        }
        CHECK(utf16_units(message(large, Dialect::plain)) <= 4096);
        CHECK(utf16_units(seen_in_telegram(message(large, Dialect::telegram_html))) <= 4096);
        CHECK_THAT(seen_in_slack(message(large, Dialect::slack_blocks)), Contains("• S3: first"));
    }
}

TEST_CASE("reasons that do not fit are left out from the end, and counted") {
    auto many = alert();
    many.reasons.clear();
    for (int i = 1; i <= 200; ++i)
        many.reasons.push_back(reason("T1", "number " + std::to_string(i) + " of many"));
    for (const auto dialect : {Dialect::plain, Dialect::telegram_html, Dialect::slack_blocks}) {
        const auto text = message(many, dialect);
        CHECK_THAT(text, Contains("T1: number 1 of many"));
        CHECK_THAT(text, !Contains("number 200 of many"));
        // As many as are not there.
        std::size_t shown = 0;
        for (auto at = text.find("• T1"); at != std::string::npos; at = text.find("• T1", at + 1)) ++shown;
        CHECK_THAT(text, Contains("number " + std::to_string(shown) + " of many"));
        CHECK_THAT(text, Contains("and " + std::to_string(200 - shown) + " more reasons"));
        CHECK(shown >= 40);
        CHECK_THAT(text, Contains("alert "));
    }
    // Slack: 45 sections, all the same width; nothing is cut where one more would be left.
    many.reasons.resize(45);
    CHECK_THAT(message(many, Dialect::slack_blocks), !Contains("more reason"));
    many.reasons.push_back(many.reasons.front());
    CHECK_THAT(message(many, Dialect::slack_blocks), Contains("and 1 more reason\""));
}
