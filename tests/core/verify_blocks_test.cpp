#include "chain/parse_block.hpp"
#include "chain/verify.hpp"
#include "support/blocks.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>

using namespace moneytrail;

namespace {

struct Account {
    std::string verifies;
    std::string source;
};

std::vector<std::string> split_csv(const std::string& line) {
    std::vector<std::string> out{""};
    bool quoted = false;
    for (const char c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            out.emplace_back();
        else
            out.back() += c;
    }
    return out;
}

// What tests/data/blocks.csv says of each block.
std::map<BlockNumber, Account> accounts() {
    std::ifstream in{test::data_folder() / "blocks.csv"};
    std::string line;
    std::getline(in, line);
    std::map<BlockNumber, Account> out;
    while (std::getline(in, line)) {
        const auto fields = split_csv(line);
        const auto& source = fields.back();
        out[std::stoull(fields[0])] = {fields[6], source.substr(0, source.find(':'))};
    }
    return out;
}

Block parse(const std::filesystem::path& path) {
    auto text = test::read_gz(path);
    text.reserve(text.size() + BlockParser::kPadding);
    auto block = BlockParser{}.parse(text, Traces::ignore);
    INFO(path);
    REQUIRE(block.has_value());
    return std::move(*block);
}

// Blocks whose JSON contradicts itself.
const std::map<BlockNumber, std::string> kWrong{
    {11931270, "gas of the receipts sums to 14675229, header's gasUsed is 12477640"},
    {11935012, "gas of the receipts sums to 14231169, header's gasUsed is 12491634"},
    {12498513, "gas of the receipts sums to 17539433, header's gasUsed is 14983997"},
    {15041839, "access lists emptied, failed transactions left out"},
    {21872325, "re-executed receipts that miss the header's root"},
};

class Table {
  public:
    void add(const std::string& source, const Verification& verification) {
        auto& row = rows_[source];
        const std::array parts{verification.header, verification.transactions, verification.receipts,
                               verification.withdrawals, verification.links};
        for (std::size_t i = 0; i < parts.size(); ++i) ++row.at(i).at(static_cast<std::size_t>(parts.at(i)));
    }

    void print(std::ostream& out) const {
        constexpr int kSourceWidth = 36;
        constexpr int kPartWidth = 14;
        out << "right/wrong/not given\n" << std::left << std::setw(kSourceWidth) << "source";
        for (const auto* part : {"header", "transactions", "receipts", "withdrawals", "links"})
            out << std::setw(kPartWidth) << part;
        for (const auto& [source, row] : rows_) {
            out << '\n' << std::setw(kSourceWidth) << source;
            for (const auto& [right, wrong, not_given] : row)
                out << std::setw(kPartWidth)
                    << std::to_string(right) + "/" + std::to_string(wrong) + "/" + std::to_string(not_given);
        }
        out << '\n';
    }

  private:
    std::map<std::string, std::array<std::array<int, 3>, 5>> rows_;
};

void check_senders(const Block& block) {
    for (const auto& txn : block.transactions) {
        CAPTURE(txn.hash.to_hex());
        CHECK(recover_sender(txn) == txn.from);
    }
}

}  // namespace

TEST_CASE("every real block verifies as far as it is given") {
    const auto known = accounts();
    Table table;
    int complete = 0;
    for (const auto& path : test::block_files()) {
        const auto block = parse(path);
        const auto& account = known.at(block.header.number);
        const auto verification = verify(block, 1);
        CAPTURE(block.header.number, account.verifies, verification.why);
        table.add(account.source, verification);
        CHECK(verification.wrong() == kWrong.contains(block.header.number));
        if (account.verifies != "all roots and hash") continue;
        ++complete;
        CHECK(verification.usable());
        CHECK(verification.links == Proof::right);
        if (block.withdrawals) CHECK(verification.withdrawals == Proof::right);
        check_senders(block);
    }
    table.print(std::cout);
    CHECK(complete == 81);
}

// Not in the 81, but what they give is signed all the same.
TEST_CASE("signatures of incomplete blocks recover to their senders") {
    for (const BlockNumber number : {11931270U, 11935012U, 12498513U, 19807080U, 21872325U})
        check_senders(parse(test::block_file(number)));
}
