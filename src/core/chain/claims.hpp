#pragma once

// What transactions, receipts and logs say of the block, the transaction and the place they stand in.

#include "chain/block.hpp"
#include "json_numbers.hpp"

namespace moneytrail {

// "transactions[3]", "receipts[3].logs[0]"
struct Claimant {
    std::string_view list;
    std::size_t index = 0;
    std::optional<std::size_t> log{};
};

// One thing that is said many times, nearly always in the same letters: those are compared first, and only
// what differs is decoded. Kept are the first claim and the first one that says something else.
template <class Value>
class Claim {
  public:
    // False: null says nothing.
    template <class Read>
    bool add(json::ondemand::value& field, const Claimant& by, const Read& read) {
        const auto text = json::token(field);
        if (text == text_) return true;
        if (text == "null") return false;
        const Value value = read(field);
        if (!first_) {
            text_ = text;
            first_ = {value, by};
        } else if (value != first_->value && !other_) {
            other_ = {value, by};
        }
        return true;
    }

    struct Said {
        Value value;
        Claimant by;
    };
    // None: whoever said something said `right`.
    const Said* wrong(const Value& right) const {
        if (first_ && first_->value != right) return &*first_;
        return other_ ? &*other_ : nullptr;
    }

  private:
    std::string_view text_;
    std::optional<Said> first_;
    std::optional<Said> other_;
};

// Of one block, and in `txn_hash` and `txn_index` of the receipt that is being read.
struct Claims {
    bool block_hash(json::ondemand::value& field, const Claimant& by);
    bool block_num(json::ondemand::value& field, const Claimant& by);
    bool log_txn_hash(json::ondemand::value& field, const Claimant& by);
    bool log_txn_index(json::ondemand::value& field, const Claimant& by);
    // Holds what its logs said against the receipt.
    void end_receipt(const Receipt& receipt);
    // The first claim that is not true, with its place; empty: all are.
    std::string contradiction(const Header& header) const;

  private:
    Claim<BlockHash> block_hash_;
    Claim<std::uint64_t> block_num_;
    Claim<TxHash> txn_hash_;
    Claim<std::uint64_t> txn_index_;
    std::string of_a_log_;
};

}  // namespace moneytrail
