#include "bench/store/disk.hpp"

#include "bench/stages.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <string>
#include <system_error>
#include <vector>

namespace moneytrail::bench {
namespace {

void must(bool done, const char* what) {
    if (!done) throw std::system_error{errno, std::generic_category(), what};
}

}  // namespace

double fdatasync_ms(const std::filesystem::path& folder) {
    constexpr int kPages = 200;
    std::array<char, 8192> page{};
    auto name = (folder / "fdatasync-XXXXXX").string();
    const int file = ::mkstemp(name.data());
    must(file >= 0, name.c_str());
    ::unlink(name.c_str());
    // Like the server's log, the file has its size before it is written.
    must(::posix_fallocate(file, 0, kPages * static_cast<off_t>(page.size())) == 0, "posix_fallocate");
    std::vector<double> took;
    for (int i = 0; i < kPages; ++i) {
        const auto start = std::chrono::steady_clock::now();
        must(::write(file, page.data(), page.size()) == static_cast<ssize_t>(page.size()), "write");
        must(::fdatasync(file) == 0, "fdatasync");
        const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - start;
        took.push_back(passed.count());
    }
    ::close(file);
    return median(took);
}

}  // namespace moneytrail::bench
