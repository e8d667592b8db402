#pragma once

// Times several ways of working through the same blocks, one after the other and again, so that a machine
// that is busy for a while is busy for all of them.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace moneytrail::bench {

// Processor time of this thread, in seconds: what other programs take of the core is not counted.
double thread_seconds();

struct Stage {
    std::string name;
    std::function<void(std::size_t)> run;  // does the work of one block, given its index
};

struct Timing {
    std::string name;
    double seconds = 0;  // median over the repetitions, for all blocks
};

// Runs every stage over `blocks` blocks once to warm up and `repetitions` times measured: A B C A B C.
std::vector<Timing> measure(const std::vector<Stage>& stages, std::size_t blocks, int repetitions);

// Of at least one value; the upper one of the two in the middle.
double median(std::vector<double> values);

}  // namespace moneytrail::bench
