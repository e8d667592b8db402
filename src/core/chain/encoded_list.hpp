#pragma once

// Encoded transactions, receipts or withdrawals, one behind the other in one buffer, and their root.

#include "base/rlp.hpp"
#include "chain/trie.hpp"

#include <vector>

namespace moneytrail {

class EncodedList {
  public:
    // Appends what `write(writer)` writes.
    template <class Write>
    void add(const Write& write) {
        write(bytes_);
        ends_.push_back(bytes_.size());
    }

    // Of everything that was added; valid until more is.
    std::vector<ByteView> views() const {
        std::vector<ByteView> values;
        values.reserve(ends_.size());
        std::size_t start = 0;
        for (const auto end : ends_) {
            values.push_back(bytes_.view().subspan(start, end - start));
            start = end;
        }
        return values;
    }

    Hash root() const { return ordered_root(views()); }

  private:
    rlp::Writer bytes_;
    std::vector<std::size_t> ends_;
};

}  // namespace moneytrail
