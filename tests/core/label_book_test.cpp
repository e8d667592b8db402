#include "labels/label_book_maker.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace moneytrail;
using namespace moneytrail::labels;

namespace {

constexpr auto kAlice = fixed_literal<Address>("00000000000000000000000000000000000000a1");
constexpr auto kBob = fixed_literal<Address>("00000000000000000000000000000000000000b0");

Names some_names() {
    Names names;
    for (const auto& naming :
         {Naming{"Binance", "binance", Kind::cex}, Naming{"Bittrex", "bittrex", Kind::cex},
          Naming{"Jump Trading", "jump-trading", Kind::fund}, Naming{"Uniswap", "uniswap", Kind::protocol},
          Naming{"Copper", "copper", Kind::other},
          Naming{"Tornado.Cash", "tornado-cash", Kind::mixer, Flag::mixer},
          Naming{"Upbit Heist Victim", "heist-victim", Kind::person},
          Naming{"MEV Bot", "mev-bot", Kind::other}})
        REQUIRE(names.add(naming) == nullptr);
    REQUIRE(names.add_category({.name = "dex", .kind = Kind::protocol}) == nullptr);
    return names;
}

LabelBook book_of(const std::vector<Label>& labels) {
    LabelBookMaker maker{some_names()};
    for (const auto& label : labels) maker.add(label);
    return std::move(maker).finish();
}

std::string id_of(const LabelBook& book, const Address& address) {
    const auto* identity = book.find(address);
    return identity ? book.organisation(identity->organisation).id : "";
}

}  // namespace

TEST_CASE("an empty book knows nobody") {
    const LabelBook book;
    CHECK(book.find(kAlice) == nullptr);
    CHECK(book.claims(kAlice).empty());
    CHECK(book.version().empty());
    CHECK(book.size() == 0);
    const auto made = book_of({});
    CHECK(made.find(kAlice) == nullptr);
    CHECK(made.version().empty());
}

TEST_CASE("the first source in order wins") {
    // Each before the next; the list is read from its end.
    const std::vector<std::string> order{"user",
                                         "arkham",
                                         "bgd-labs/aave-address-book",
                                         "DefiLlama/DefiLlama-Adapters",
                                         "brianleect/etherscan-labels",
                                         "dawsbot/eth-labels",
                                         "SorellaLabs/brontes",
                                         "somebody/else"};
    for (std::size_t first = 0; first < order.size(); ++first) {
        std::vector<Label> labels;
        for (std::size_t i = order.size(); i-- > first;)
            labels.push_back({kAlice, i == first ? "Binance" : "Uniswap", "", "", order[i]});
        const auto book = book_of(labels);
        CAPTURE(order[first]);
        CHECK(id_of(book, kAlice) == "binance");
        CHECK(book.source(*book.find(kAlice)) == order[first]);
        CHECK(book.contested() == (first + 1 < order.size() ? 1 : 0));
    }
}

TEST_CASE("what one source says twice is settled by kind, an exchange first") {
    const auto book =
        book_of({{kAlice, "MEV Bot", "", "MEV Bot: 0x1", "a"}, {kAlice, "Jump Trading", "", "Jump", "a"}});
    CHECK(id_of(book, kAlice) == "jump-trading");
}

TEST_CASE("losers are kept, the winner first; who only repeats another is not") {
    const auto book = book_of({{kAlice, "Uniswap", "", "Pool", "dawsbot/eth-labels"},
                               {kAlice, "Binance", "", "Binance 14", "brianleect/etherscan-labels"},
                               {kAlice, "binance", "", "Binance: Hot", "SorellaLabs/brontes"},
                               {kBob, "Uniswap", "", "", "user"}});
    const auto claims = book.claims(kAlice);
    REQUIRE(claims.size() == 2);
    CHECK(claims[0].label == "Binance 14");
    CHECK(claims[1].label == "Pool");
    CHECK(book.organisation(claims[1].organisation).id == "uniswap");
    CHECK(book.claims(kBob).size() == 1);
    CHECK(book.contested() == 1);
    CHECK(book.size() == 2);
}

TEST_CASE("a flag is not lost because a nicer label wins") {
    struct Row {
        const char* special;
        Label other;
        Flag flag;
    };
    const auto row = GENERATE(
        Row{"sanctioned", {kAlice, "", "sanctioned", "", "dawsbot/eth-labels"}, Flag::sanctioned},
        Row{"phishing, and who it is named like",
            {kAlice, "Uniswap", "phishing", "", "dawsbot/eth-labels"},
            Flag::phishing},
        Row{"mixer, by its name", {kAlice, "Tornado.Cash", "dex", "", "dawsbot/eth-labels"}, Flag::mixer},
        Row{"scam", {kAlice, "", "scam", "", "dawsbot/eth-labels"}, Flag::scam},
        Row{"a victim", {kAlice, "Upbit Heist Victim", "hacker", "", "dawsbot/eth-labels"}, Flag::none},
        Row{"predicted", {kAlice, "", "sanctioned", "", "arkham-predicted"}, Flag::none});
    CAPTURE(row.special);
    const auto book = book_of({{kAlice, "Binance", "cex", "Binance 14", "user"}, row.other});
    CHECK(id_of(book, kAlice) == "binance");
    CHECK(book.find(kAlice)->flag == row.flag);
}

TEST_CASE("of several flags an address has the gravest") {
    const auto book = book_of({{kAlice, "", "mixer", "", "a"},
                               {kAlice, "", "sanctioned", "", "b"},
                               {kAlice, "", "hacker", "", "c"},
                               {kBob, "", "scam", "", "a"},
                               {kBob, "", "phishing", "", "b"}});
    CHECK(book.find(kAlice)->flag == Flag::sanctioned);
    CHECK(book.find(kBob)->flag == Flag::phishing);
}

TEST_CASE("predicted labels never decide") {
    const auto book = book_of({{kAlice, "Binance", "cex", "Binance?", "arkham-predicted"},
                               {kBob, "Binance", "cex", "Binance?", "arkham-predicted"},
                               {kBob, "Uniswap", "dex", "Router", "zzz"}});
    CHECK(book.find(kAlice) == nullptr);
    REQUIRE(book.claims(kAlice).size() == 1);
    CHECK(book.claims(kAlice)[0].basis == Basis::predicted);
    CHECK(id_of(book, kBob) == "uniswap");
    CHECK(book.claims(kBob).size() == 2);
}

TEST_CASE("if any source calls an entity cex, it is cex") {
    struct Row {
        const char* special;
        Label label;
        Kind kind;
    };
    const auto row = GENERATE(
        Row{"the last source in order", {kBob, "Uniswap", "cex", "", "zzz"}, Kind::cex},
        Row{"predicted", {kBob, "Uniswap", "cex", "", "arkham-predicted"}, Kind::protocol},
        Row{"its customer", {kBob, "Uniswap", "cex", "Uniswap: Binance Deposit", "user"}, Kind::protocol},
        Row{"its own deposit address", {kBob, "Uniswap", "cex", "Uniswap: Deposit", "user"}, Kind::cex});
    CAPTURE(row.special);
    const auto book = book_of({{kAlice, "Uniswap", "dex", "Router", "user"}, row.label});
    CHECK(book.organisation(book.find(kAlice)->organisation).kind == row.kind);
}

TEST_CASE("deposit addresses are the exchange's, used by their owner") {
    struct Row {
        const char* text;
        const char* organisation;
        Role role;
        const char* used_by;
    };
    const auto row =
        GENERATE(Row{"Jump Trading: Binance Deposit", "binance", Role::deposit, "jump-trading"},
                 Row{"Jump Trading: Binance Deposit 12 [fund]", "binance", Role::deposit, "jump-trading"},
                 Row{"Jump Trading: Binance Deposit Address", "binance", Role::deposit, "jump-trading"},
                 Row{"Binance Deposit", "binance", Role::deposit, ""},
                 Row{"Binance: Deposit [binance]", "binance", Role::deposit, ""},
                 Row{"Bittrex: Bittrex Deposit", "bittrex", Role::deposit, ""},
                 // Not deposit addresses of an exchange.
                 Row{"Jump Trading: WBTC Merchant Deposit Address", "jump-trading", Role::plain, ""},
                 Row{"Jump Trading: Copper Deposit", "jump-trading", Role::plain, ""},
                 Row{"Jump Trading: Deposit", "jump-trading", Role::plain, ""},
                 Row{"Binance: Deposit Funder 3", "jump-trading", Role::plain, ""},
                 Row{"Beacon Deposit Contract", "jump-trading", Role::plain, ""},
                 Row{"Binance DepositAndPlaceOrder", "jump-trading", Role::plain, ""},
                 Row{"Deposit", "jump-trading", Role::plain, ""}, Row{"", "jump-trading", Role::plain, ""});
    CAPTURE(row.text);
    const auto book = book_of({{kAlice, "Jump Trading", "fund", row.text, "user"}});
    const auto& identity = *book.find(kAlice);
    CHECK(book.organisation(identity.organisation).id == row.organisation);
    CHECK(identity.role == row.role);
    CHECK((identity.used_by ? book.organisation(*identity.used_by).id : "") == row.used_by);
    CHECK(identity.label == row.text);
}

TEST_CASE("the version is that of the content, not of its order") {
    std::vector<Label> labels{{kAlice, "Binance", "cex", "Binance 14", "user"},
                              {kAlice, "Foo Bar", "bridge", "", "b"},
                              {kBob, "foo-bar", "dex", "", "a"},
                              {kBob, "Uniswap", "dex", "Router", "a"}};
    const auto version = book_of(labels).version();
    CHECK(version.size() == 12);
    std::ranges::reverse(labels);
    CHECK(book_of(labels).version() == version);
    labels.push_back(labels.front());
    CHECK(book_of(labels).version() == version);
    labels.back().text = "Router 2";
    CHECK(book_of(labels).version() != version);
}

TEST_CASE("a hundred thousand reported addresses are found, and no others") {
    LabelBookMaker maker{some_names()};
    const auto address_of = [](std::uint32_t i) {
        std::array<std::uint8_t, 20> bytes{};
        for (std::size_t k = 0; k < 4; ++k) bytes[16 + k] = static_cast<std::uint8_t>(i >> 8 * k);
        return Address{bytes};
    };
    constexpr std::uint32_t kCount = 100'000;
    for (std::uint32_t i = 0; i < kCount; ++i)
        maker.add({address_of(2 * i), "", "phishing", "Fake_Phishing" + std::to_string(i), "eth-labels"});
    const auto book = std::move(maker).finish();
    CHECK(book.size() == kCount);
    for (std::uint32_t i = 0; i < kCount; i += 97) {
        const auto* identity = book.find(address_of(2 * i));
        REQUIRE(identity != nullptr);
        CHECK(identity->label == "Fake_Phishing" + std::to_string(i));
        CHECK(book.find(address_of(2 * i + 1)) == nullptr);
    }
}
