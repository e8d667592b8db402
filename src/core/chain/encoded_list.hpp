#pragma once

// Encoded transactions, receipts or withdrawals, one behind the other in one buffer, and their root.

#include "base/rlp.hpp"
#include "chain/trie.hpp"

#include <vector>

namespace moneytrail {

class EncodedList {
  public:
    // Appends what `write(writer)` writes, and shows it until the next call.
    template <class Write>
    ByteView add(const Write& write) {
        const auto start = bytes_.size();
        write(bytes_);
        ends_.push_back(bytes_.size());
        return bytes_.view().subspan(start);
    }

    Hash root() const {
        std::vector<ByteView> values;
        values.reserve(ends_.size());
        std::size_t start = 0;
        for (const auto end : ends_) {
            values.push_back(bytes_.view().subspan(start, end - start));
            start = end;
        }
        return ordered_root(values);
    }

  private:
    rlp::Writer bytes_;
    std::vector<std::size_t> ends_;
};

}  // namespace moneytrail
