#pragma once

// What a long watch list costs: its import, the blocks behind it, a fork, and one more address.

namespace moneytrail::bench {

// Makes schemas of its own on the test server and prints.
void print_watch_list(int repetitions);

}  // namespace moneytrail::bench
