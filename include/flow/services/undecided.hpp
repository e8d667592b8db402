#pragma once

// What following a chain ends with when somebody must say how to go on.

#include "chain/block.hpp"

#include <stdexcept>
#include <string>

namespace moneytrail {

struct Undecided : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Whether what lies between is to be passed over.
struct TooFarBehind : Undecided {
    TooFarBehind(const std::string& place, BlockNumber tip, BlockNumber next)
        : Undecided{place + ": the database ends with block " + std::to_string(tip) + ", the next block is " +
                    std::to_string(next)} {}
};

// The source has no block to begin with.
struct NotReached : Undecided {
    NotReached(BlockNumber from, BlockNumber passed_over)
        : Undecided{"block " + std::to_string(from) + " is asked for, and the source has none from there on" +
                    (passed_over == 0 ? "" : "; its last block is " + std::to_string(passed_over))} {}
};

// Whether what is stored above the source's last block is to be taken back. `first`: the first block that is
// then to be read again.
struct TipAhead : Undecided {
    TipAhead(BlockNumber tip, BlockNumber last, BlockNumber first)
        : Undecided{"the database ends with block " + std::to_string(tip) +
                    ", ahead of its source, whose last block is " + std::to_string(last) + ": `run --from " +
                    std::to_string(first) + "` takes back what is stored from block " +
                    std::to_string(first) + " on, and reads on there"} {}
};

}  // namespace moneytrail
