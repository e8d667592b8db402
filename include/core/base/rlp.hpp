#pragma once

// Writes RLP, the encoding that Ethereum hashes (Yellow Paper, appendix B).

#include "base/fixed_bytes.hpp"

namespace moneytrail::rlp {

// Appends to a buffer that is kept when it is cleared, so that many items cost no allocation each.
class Writer {
  public:
    void clear() { out_.clear(); }
    std::size_t size() const { return out_.size(); }
    // Of everything written so far; valid until the next call that is not const.
    ByteView view() const { return out_; }

    // A byte as it is: the type in front of a typed envelope (EIP-2718).
    void raw(std::uint8_t byte) { out_.push_back(byte); }
    // What is encoded already.
    void raw(ByteView encoded) { out_.insert(out_.end(), encoded.begin(), encoded.end()); }

    void string(ByteView bytes);
    template <std::size_t Size, class Tag>
    void string(const FixedBytes<Size, Tag>& bytes) {
        string(ByteView{bytes.bytes()});
    }

    // Numbers are strings without leading zero bytes.
    void number(std::uint64_t number);
    void number(const Word& number);

    // A list around what `write_items` writes.
    template <class WriteItems>
    void list(const WriteItems& write_items) {
        const auto start = begin_list();
        write_items();
        end_list(start);
    }

  private:
    std::size_t begin_list();
    void end_list(std::size_t start);

    Bytes out_;
};

}  // namespace moneytrail::rlp
