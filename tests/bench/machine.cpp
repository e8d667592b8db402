#include "bench/machine.hpp"

#include <sched.h>

#include <cerrno>
#include <fstream>
#include <string_view>
#include <system_error>

namespace moneytrail::bench {

namespace {

// What stands behind the colon of the first line of `path` that starts with `key`.
std::string first_value(const char* path, std::string_view key) {
    std::ifstream file{path};
    for (std::string line; std::getline(file, line);) {
        const auto colon = line.find(':');
        if (!line.starts_with(key) || colon == std::string::npos) continue;
        const auto start = line.find_first_not_of(" \t", colon + 1);
        return start == std::string::npos ? "" : line.substr(start);
    }
    return "unknown";
}

std::string compiler() {
#ifdef __clang__
    return "clang " + std::to_string(__clang_major__) + "." + std::to_string(__clang_minor__) + "." +
           std::to_string(__clang_patchlevel__);
#else
    return std::string{"compiler "} + __VERSION__;
#endif
}

}  // namespace

std::string describe_machine() {
    return first_value("/proc/cpuinfo", "model name") + ", " + compiler() + ", " + MONEYTRAIL_BUILD_TYPE;
}

void pin_to_one_core() {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(static_cast<std::size_t>(sched_getcpu()), &cores);
    if (sched_setaffinity(0, sizeof cores, &cores) != 0)
        throw std::system_error{errno, std::generic_category(), "sched_setaffinity"};
}

std::size_t peak_resident_kb() {
    return std::stoul(first_value("/proc/self/status", "VmHWM"));
}

}  // namespace moneytrail::bench
