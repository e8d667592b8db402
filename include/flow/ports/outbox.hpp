#pragma once

// What is to be told to whom: the store holds what is wanted, a delivery makes what was sent equal to it.

#include "alerts/alert.hpp"
#include "async/task.hpp"
#include "ports/store.hpp"

#include <vector>

namespace moneytrail {

struct Claim {
    Alert alert;            // as raised: that it is retracted is said by `shown`
    int revision = 0;       // to be sent
    int sent_revision = 0;  // 0: nothing yet
    bool shown = true;      // false: it is to be taken back
    bool unsure = false;    // an earlier try may have arrived
};

class Outbox {
  public:
    virtual ~Outbox() = default;
    // After a start: what was claimed then may have been sent.
    virtual Task<> doubt_claims() = 0;
    // At most `most`, critical ones first, then in the order of the chain. They are this caller's until
    // `sent`.
    virtual Task<std::vector<Claim>> claim(Target target, int most) = 0;
    virtual Task<> sent(Target target, std::vector<Claim> claims) = 0;
};

}  // namespace moneytrail
