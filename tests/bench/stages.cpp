#include "bench/stages.hpp"

#include <time.h>

#include <algorithm>

namespace moneytrail::bench {

double thread_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::vector<Timing> measure(const std::vector<Stage>& stages, std::size_t blocks, int repetitions) {
    std::vector<std::vector<double>> seconds(stages.size());
    for (int repetition = -1; repetition < repetitions; ++repetition)
        for (std::size_t i = 0; i < stages.size(); ++i) {
            const double start = thread_seconds();
            for (std::size_t block = 0; block < blocks; ++block) stages[i].run(block);
            if (repetition >= 0) seconds[i].push_back(thread_seconds() - start);
        }
    std::vector<Timing> out;
    for (std::size_t i = 0; i < stages.size(); ++i) out.push_back({stages[i].name, median(seconds[i])});
    return out;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

}  // namespace moneytrail::bench
