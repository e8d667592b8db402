#include "commands.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail::test;
using Catch::Contains;
using Catch::EndsWith;
using Catch::Matches;
using Catch::StartsWith;

namespace {

const std::string kLabels = "address,entity,category,label,source\n";

struct ListsFixture : CommandsFixture {
    std::string file_of(const std::string& name, const std::string& text) const {
        folder.write(name, text);
        return (folder.path() / name).string();
    }
    // A label list of so many sources, whose names begin with `prefix`.
    std::string many_sources(const std::string& name, const std::string& prefix, int count) const {
        auto text = kLabels;
        for (int i = 0; i < count; ++i) text += kOther + ",Binance,cex,," + prefix + std::to_string(i) + "\n";
        return file_of(name, text);
    }
};

}  // namespace

TEST_CASE_METHOD(ListsFixture, "labels: imported, shown, replaced by another version") {
    const auto file = file_of("mine.csv", kLabels + kOther + ",Binance,cex,Binance 14,dawsbot/eth-labels\n" +
                                              kOther + ",Jump,fund,Jump: Binance Deposit,\n");
    CHECK_THAT(out_of({"labels", "import", file}),
               Matches("mine.csv: 2 labels, version [0-9a-f]{12}, imported\n"
                       "A daemon that is running takes them up when it is started anew.\n"));
    CHECK(out_of({"labels", "show", kOther}) ==
          kOther +
              "\n  is Binance (binance, cex), deposit address used by Jump, by user: Jump: Binance Deposit\n"
              "  also Binance (binance, cex), by dawsbot/eth-labels: Binance 14\n");
    CHECK_THAT(out_of({"labels", "import", file}),
               Matches("mine.csv: 2 labels, version [0-9a-f]{12}, were there already\n"));

    const auto newer = file_of("mine.csv", kLabels + kOther + ",Kraken,cex,Kraken 4,user\n");
    CHECK_THAT(out_of({"labels", "import", newer}), StartsWith("mine.csv: 1 labels, version ") &&
                                                        Contains(", in the place of version ") &&
                                                        Contains(" with 2\n"));
    CHECK(out_of({"labels", "show", kOther}) == kOther + "\n  is Kraken (kraken, cex), by user: Kraken 4\n");
    CHECK(out_of({"labels", "show", kOkx}) == kOkx + "  has no label\n");
}

TEST_CASE_METHOD(ListsFixture, "lists: a file with mistakes is not imported at all") {
    const auto file = file_of(
        "bad.csv", kLabels + kOther + ",Binance,cex,,\n0x1,Binance,cexx,,\n" + kOkx + ",Binance,cexx,,\n");
    const auto ran = run({"labels", "import", file});
    CHECK(ran.exit_code == 2);
    CHECK(
        ran.err ==
        file + ":3: address: expected 0x and 40 hex digits, got '0x1'\n" + file +
            ":4: category: 'cexx' is unknown, expected a kind or flag, or a type that lists.entities has\n");
    CHECK(out_of({"labels", "show", kOther}) == kOther + "  has no label\n");

    const auto tokens = file_of("tokens.csv", kOther + ",X,6,X,\n" + kOkx + ",Y,78,Y,\n");
    const auto refused = run({"tokens", "import", tokens});
    CHECK(refused.exit_code == 2);
    CHECK(refused.err ==
          tokens + ":2: decimals: expected a whole number from 0 to 77, or nothing when unknown, got '78'\n");
    const auto gone = run({"tokens", "import", "/nowhere/t.csv"});
    CHECK(gone.exit_code == 2);
    CHECK(gone.err == "/nowhere/t.csv: cannot be read: No such file or directory\n");
    const auto word = run({"labels", "show", "0x1"});
    CHECK(word.exit_code == 2);
    CHECK(word.err == "ADDRESS: expected 0x and 40 hex digits, got '0x1'\n");
}

TEST_CASE_METHOD(ListsFixture, "tokens: imported, with a word about those called like a protected one") {
    const auto file = file_of("t.csv", kOther + ",USDC,6,USD Coin,yes\n" + kOkx + ",usdc,,x,\n");
    const auto ran = run({"tokens", "import", file});
    CHECK(ran.exit_code == 0);
    CHECK_THAT(ran.out, StartsWith("t.csv: 2 tokens, version "));
    CHECK(ran.err == file + ":2: 'usdc' (x) is called like the protected token in " + file +
                         ":1: write yes into the column listed if it is real, otherwise no\n");
    CHECK(sql("select count(*) from imported_token where decimals is null")[0][0].as<int>() == 1);

    const auto clash = run({"labels", "import", file_of("t.csv", kLabels)});
    CHECK(clash.exit_code == 1);
    CHECK_THAT(clash.err, Contains("t.csv was imported as a list of tokens"));
}

TEST_CASE_METHOD(ListsFixture, "labels: the shipped lists, packed, are imported and shown") {
    const auto configs = source_folder() / "configs";
    CHECK_THAT(out_of({"labels", "import", (configs / "phishing.csv.gz").string()}),
               StartsWith("phishing.csv.gz: 7408 labels"));
    CHECK_THAT(
        out_of({"labels", "show", "0x8583ee650c6566503d1d9dd3fae76498e7e4ccaa"}),
        EndsWith(
            "\n  is phishing (phishing, flagged), phishing, by dawsbot/eth-labels: Fake_Phishing2959\n"));
}

TEST_CASE_METHOD(ListsFixture,
                 "lists: one with which nothing would start is refused, and everything starts") {
    const auto ran = run({"labels", "import", many_sources("many.csv", "s", 65'537)});
    CHECK(ran.exit_code == 2);
    CHECK_THAT(ran.err, StartsWith("imported list many.csv: more than 65536 sources of labels") &&
                            EndsWith("nothing is imported\n"));
    CHECK(sql("select count(*) from imported_list")[0][0].as<int>() == 0);
    CHECK(out_of({"labels", "show", kOther}) == kOther + "  has no label\n");

    // Each is right by itself.
    Child one{
        {.program = MONEYTRAIL_PROGRAM,
         .arguments = {"labels", "import", many_sources("one.csv", "a", 40'000), "--config", file.string()},
         .folder = source_folder()}};
    const auto two = run({"labels", "import", many_sources("two.csv", "b", 40'000)});
    const auto first = one.wait(std::chrono::seconds{60});
    CHECK(first.exit_code + two.exit_code == 2);
    CHECK(sql("select count(*) from imported_list")[0][0].as<int>() == 1);
    CHECK_THAT(out_of({"labels", "show", kOther}), Contains("Binance"));
}

TEST_CASE_METHOD(ListsFixture, "lists: the one that is one too many is named, whatever its name") {
    out_of({"labels", "import", many_sources("old.csv", "a", 40'000)});
    for (const auto* name : {"before.csv", "zzz.csv"}) {
        const auto ran = run({"labels", "import", many_sources(name, "b", 40'000)});
        CHECK(ran.exit_code == 2);
        CHECK(ran.err == "imported list " + std::string{name} +
                             ": more than 65536 sources of labels, the most that one book can tell "
                             "apart\nnothing is imported\n");
    }
}

// Versions before this one imported such lists.
TEST_CASE_METHOD(ListsFixture, "lists: one that is poison is named, and taken out by its name") {
    out_of({"migrate"});
    sql("insert into imported_list values ('poison.csv', 'labels', 'x', 65537, now()); "
        "insert into imported_label select 'poison.csv', decode(lpad(to_hex(n), 40, '0'), 'hex'), '', 'cex', "
        "'', "
        "'s' || n from generate_series(1, 65537) n");
    const auto poisoned = run({"labels", "show", kOther});
    CHECK(poisoned.exit_code == 2);
    CHECK_THAT(poisoned.err, StartsWith("imported list poison.csv: ") &&
                                 Contains("take it out with `labels remove poison.csv`"));
    // Nor is anything else imported beside it.
    CHECK(
        run({"labels", "import", file_of("mine.csv", kLabels + kOther + ",Kraken,cex,,user\n")}).exit_code ==
        2);

    const auto other_kind = run({"tokens", "remove", "poison.csv"});
    CHECK(other_kind.exit_code == 1);
    CHECK(other_kind.err == "moneytrail: there is no imported token list 'poison.csv'; none is imported\n");
    const auto unknown = run({"labels", "remove", "nope.csv"});
    CHECK(unknown.exit_code == 1);
    CHECK(unknown.err ==
          "moneytrail: there is no imported label list 'nope.csv'; imported are: poison.csv\n");

    CHECK(out_of({"labels", "remove", "poison.csv"}) ==
          "poison.csv: removed\nA daemon that is running goes on with it until it is started anew.\n");
    CHECK(sql("select count(*) from imported_label")[0][0].as<int>() == 0);
    CHECK(out_of({"labels", "show", kOther}) == kOther + "  has no label\n");
}

TEST_CASE_METHOD(ListsFixture, "lists: a packed one that is too large is refused before it is in memory") {
    const auto path = folder.path() / "bomb.csv.gz";
    {
        gzFile packed = gzopen(path.c_str(), "wb1");
        const std::string piece(1024UL * 1024, 'x');
        for (int i = 0; i < 257; ++i) gzwrite(packed, piece.data(), static_cast<unsigned>(piece.size()));
        gzclose(packed);
    }
    for (const auto* what : {"labels", "tokens", "addresses"}) {
        CAPTURE(what);
        const auto ran = run({what, "import", path.string()});
        CHECK(ran.exit_code == 2);
        CHECK_THAT(ran.err, Contains("bomb.csv.gz: is larger than 268435456 bytes when unpacked"));
    }
}
