#pragma once

// What a transaction fails with. Everything that libpqxx throws is one of these, Transient or Permanent.

#include "async/errors.hpp"

#include <stdexcept>

namespace moneytrail::postgres {

// The connection went while a commit was under way: it may or may not have happened. Running the transaction
// again is right only for one that begins by asking whether it is done already.
struct InDoubt : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// The connection is gone and with it the transaction; the next one opens a new connection.
struct ConnectionLost : Transient {
    using Transient::Transient;
};

// There is no connection, and nothing has been asked for yet.
struct Unreachable : ConnectionLost {
    using ConnectionLost::ConnectionLost;
};

// The server has no connection left, or is about to come or go: in a moment it may have one.
struct ServerBusy : Unreachable {
    using Unreachable::Unreachable;
};

}  // namespace moneytrail::postgres
