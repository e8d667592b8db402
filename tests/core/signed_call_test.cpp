#include "ledger/signed_call.hpp"

#include "base/keccak.hpp"
#include "support/make_block.hpp"
#include "support/sample_blocks.hpp"

using namespace moneytrail;

namespace {

struct Row {
    const char* name;
    BlockNumber block_num;
    const char* txn;
    const char* subject;
    bool is_signed;
    const char* called;  // empty: not known
};

}  // namespace

TEST_CASE("who sent a transaction, in real blocks") {
    // Senders, `to` and input are the transactions' own; of 18a7d2… the log at the Safe is ExecutionSuccess,
    // and its input is execTransaction with b7e8… as the first argument; of 31c1cd… the entry point's log
    // names 3b3a… as the sender.
    const auto row = GENERATE(
        Row{"the signer", 15000000, "0x18a7d2d20939515f535d669bed3bc11dd3a122e0fbe77b07eaccfa7315efdf91",
            "0xa4b2c652b4052729ab35f6a6ffc0c22bad7bdba8", true, "0x030193299e94c5f0802d4f486a2b474ab477de75"},
        Row{"the Safe that executed", 15000000,
            "0x18a7d2d20939515f535d669bed3bc11dd3a122e0fbe77b07eaccfa7315efdf91",
            "0x030193299e94c5f0802d4f486a2b474ab477de75", true, "0xb7e8a6ff4568592cb78ed67e5863c15650f7bee6"},
        Row{"what the Safe called", 15000000,
            "0x18a7d2d20939515f535d669bed3bc11dd3a122e0fbe77b07eaccfa7315efdf91",
            "0xb7e8a6ff4568592cb78ed67e5863c15650f7bee6", false, ""},
        Row{"a Safe that executed, called by another function", 12000000,
            "0x115b4e4ce2dddb67c6f65a1692dece1a481633c025633ef17afdb534af551310",
            "0xfeb4acf3df3cdea7399794d0869ef76a6efaff52", true, ""},
        Row{"an ERC-4337 account", 24647140,
            "0x31c1cdcf16793bda5ecd76e88ebf6f88705f095075c3db90b76df5f0c1a0ccde",
            "0x3b3afd34230856f4ca9ee4a72b44f0c987b72d64", true, ""},
        Row{"its bundler", 24647140, "0x31c1cdcf16793bda5ecd76e88ebf6f88705f095075c3db90b76df5f0c1a0ccde",
            "0x44940cfe7d7dff1d33284b46abdbcce5b90ffabd", true, "0x0000000071727de22e5e9d8baf0edac6f37da032"},
        Row{"the account of another operation", 24647140,
            "0x31c1cdcf16793bda5ecd76e88ebf6f88705f095075c3db90b76df5f0c1a0ccde",
            "0xb8c9e690d294ed4e69aace2c2c0a163380dbaaa4", false, ""});
    CAPTURE(row.name);
    const auto block = test::parse(test::sample(row.block_num));
    REQUIRE(block.has_value());
    const auto hash = TxHash::from_hex(row.txn).value();
    const auto txn = std::ranges::find(block->transactions, hash, &Transaction::hash);
    REQUIRE(txn != block->transactions.end());
    const auto call = signed_call(*txn, find_receipt(*block, txn->index),
                                  Address::from_hex(row.subject).value(), labels::LabelBook{});
    REQUIRE(call.has_value() == row.is_signed);
    if (!call) return;
    CHECK((call->called ? call->called->to_hex() : "") == row.called);
}

namespace {

struct Sent {
    Transaction txn;
    Receipt receipt;
};

// Somebody's transaction to a contract, in which `who` wrote a log.
Sent sent_with_log(const Address& who, const Word& topic) {
    Sent out;
    out.txn.from = test::address(0x01);
    out.txn.to = test::address(0x02);
    auto& log = out.receipt.logs.emplace_back();
    log.address = who;
    log.topics[0] = topic;
    log.topic_count = 1;
    return out;
}

}  // namespace

TEST_CASE("a Safe whose module acted has signed, and what was called is not known") {
    // Source: Safe's ModuleManager.sol, event ExecutionFromModuleSuccess(address indexed module).
    constexpr std::string_view kEvent = "ExecutionFromModuleSuccess(address)";
    const auto topic =
        keccak256(ByteView{reinterpret_cast<const std::uint8_t*>(kEvent.data()), kEvent.size()});
    const auto safe = test::address(0x03);
    const auto sent = sent_with_log(safe, Word::from_bytes(topic.bytes()));
    const auto call = signed_call(sent.txn, &sent.receipt, safe, labels::LabelBook{});
    REQUIRE(call);
    CHECK_FALSE(call->called);
    CHECK_FALSE(signed_call(sent.txn, &sent.receipt, test::address(0x04), labels::LabelBook{}));
}

TEST_CASE("what an account calls through its own code is not known") {
    auto sent = sent_with_log(test::address(0x03), {});
    sent.txn.to = sent.txn.from;
    const auto call = signed_call(sent.txn, &sent.receipt, sent.txn.from, labels::LabelBook{});
    REQUIRE(call);
    CHECK_FALSE(call->called);
}
