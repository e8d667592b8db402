#pragma once

// The machine that a figure was measured on, and what the system says of this process.

#include <cstddef>
#include <string>

namespace moneytrail::bench {

// "Intel(R) Xeon(R) Processor, clang 19.1.7, RelWithDebInfo"
std::string describe_machine();

// Keeps this process on the core that it is running on.
void pin_to_one_core();

// The most memory that was ever resident, in kB: VmHWM of /proc/self/status.
std::size_t peak_resident_kb();

}  // namespace moneytrail::bench
