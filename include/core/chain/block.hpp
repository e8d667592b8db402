#pragma once

// A block as a node gives it, parsed once: header, transactions, receipts with their logs, traces,
// withdrawals.

#include "base/fixed_bytes.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moneytrail {

using BlockNumber = std::uint64_t;

// Numbers wider than 64 bits stay EVM words: right-aligned, big-endian. A field that the node did not give is
// none, and what depends on it cannot be verified.
struct Header {
    BlockNumber number = 0;
    BlockHash hash;
    BlockTime time;
    std::optional<BlockHash> parent;
    std::optional<Hash> uncles_hash;
    std::optional<Address> fee_recipient;
    std::optional<Hash> state_root;
    std::optional<Hash> transactions_root;
    std::optional<Hash> receipts_root;
    std::optional<Bloom> bloom;
    std::optional<Word> difficulty;
    std::optional<std::uint64_t> gas_limit;
    std::optional<std::uint64_t> gas_used;
    std::optional<ByteView> extra_data;
    std::optional<Hash> mix_hash;
    std::optional<FixedBytes<8, struct NonceTag>> nonce;
    std::optional<Word> base_fee;                  // London
    std::optional<Hash> withdrawals_root;          // Shanghai
    std::optional<std::uint64_t> blob_gas_used;    // Cancun
    std::optional<std::uint64_t> excess_blob_gas;  // Cancun
    std::optional<Hash> parent_beacon_root;        // Cancun
    std::optional<Hash> requests_hash;             // Prague
    std::optional<Hash> block_access_list_hash;    // Amsterdam
    std::optional<std::uint64_t> slot_number;      // Amsterdam
};

struct AccessListEntry {
    Address address;
    std::vector<Hash> storage_keys;
};

struct Authorization {  // EIP-7702
    Word chain_id;
    Address address;
    std::uint64_t nonce = 0;
    std::uint64_t y_parity = 0;
    Word r;
    Word s;
};

struct Transaction {
    TxHash hash;
    std::uint32_t index = 0;
    std::uint64_t type = 0;     // 0 to 4, or one that this version does not know
    Address from;               // the node's word: no root covers it
    std::optional<Address> to;  // none: creates a contract
    std::optional<Word> value;  // wei
    std::optional<ByteView> input;
    std::optional<std::uint64_t> nonce;
    std::optional<std::uint64_t> gas;
    std::optional<Word> gas_price;  // from type 2 on the effective one, which no root covers
    std::optional<Word> max_fee;
    std::optional<Word> max_priority_fee;
    std::optional<Word> max_blob_fee;
    std::optional<std::uint64_t> chain_id;
    std::optional<Word> v;
    std::optional<std::uint64_t> y_parity;
    std::optional<Word> r;
    std::optional<Word> s;
    std::optional<std::vector<AccessListEntry>> access_list;
    std::optional<std::vector<Hash>> blob_hashes;
    std::optional<std::vector<Authorization>> authorizations;
};

struct Log {
    Address address;
    std::uint8_t topic_count = 0;
    std::array<Word, 4> topics;  // those from topic_count on are zero
    ByteView data;
    std::optional<std::uint64_t> block_wide_index;
};

struct Receipt {
    TxHash txn_hash;
    std::uint32_t index = 0;
    std::optional<std::uint64_t> type;
    std::optional<bool> succeeded;  // since Byzantium
    std::optional<Hash> root;       // before
    std::optional<std::uint64_t> cumulative_gas_used;
    std::optional<Bloom> bloom;
    std::optional<Address> contract_address;  // what the transaction created
    std::vector<Log> logs;
};

struct Withdrawal {
    std::optional<std::uint64_t> index;
    std::optional<std::uint64_t> validator_index;
    Address address;
    std::uint64_t gwei = 0;
};

// A call frame that moved value, in execution order, or a transaction's own that failed. Left out are those
// that moved nothing, and those that were undone because they or a frame above them failed.
struct Frame {
    enum class Kind { call, create, self_destruct };
    Kind kind = Kind::call;
    std::uint32_t txn_index = 0;
    std::uint32_t depth = 0;  // 0: the transaction's own frame
    bool failed = false;
    Address from;
    Address to;  // zero for a creation that failed
    Word value;  // wei
};

// A transaction whose frames say nothing, in a block that came with traces.
struct Untraced {
    std::uint32_t txn_index = 0;
    std::string_view why;  // "frames of another block"
};

// Views inside point into `memory`: a block can be moved but not copied. Transactions are in the order of
// their index and so are receipts; a node that left some out has left holes.
struct Block {
    Header header;
    std::vector<Transaction> transactions;
    std::vector<Receipt> receipts;
    std::optional<std::vector<Frame>> frames;            // none: judged without traces
    std::optional<std::vector<Withdrawal>> withdrawals;  // none: not given, or before Shanghai
    std::vector<Untraced> untraced;                      // in the order of transactions
    std::uint64_t stray_frames = 0;                      // of transactions that the block does not have
    bool was_in_order = true;  // transactions and receipts were given as they are here
    // What a transaction, receipt or log says of its block or transaction and is not true, with its place;
    // empty: all is.
    std::string contradiction;
    std::unique_ptr<std::uint8_t[]> memory;
};

// By its index in the block, which with a hole is not its place in the list. Null when it is not there.
const Transaction* find_transaction(const Block& block, std::uint32_t index);
const Receipt* find_receipt(const Block& block, std::uint32_t index);
// Why the transaction is judged without traces; empty: it is judged with them.
std::string_view without_traces(const Block& block, std::uint32_t index);

}  // namespace moneytrail
