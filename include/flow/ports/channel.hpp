#pragma once

// A way to reach people.

#include "async/task.hpp"
#include "ports/outbox.hpp"

namespace moneytrail {

class Channel {
  public:
    virtual ~Channel() = default;
    // Shows, revises or takes back. Throws Transient for what may pass.
    virtual Task<> send(const Claim& claim) = 0;
};

}  // namespace moneytrail
