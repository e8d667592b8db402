#pragma once

// What the first process of a container owes the others.

namespace moneytrail {

// As process 1 nobody else waits for processes whose parents have ended, and to all others they look alive.
// There the program goes on in a child, in which this returns; process 1 itself passes signals on to it,
// waits for whatever ends, and exits as the child did, once the database's server has stopped. Does nothing
// in any other process.
void stay_behind_as_init();

}  // namespace moneytrail
