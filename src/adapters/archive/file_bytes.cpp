#include "file_bytes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <new>
#include <string_view>
#include <system_error>

namespace moneytrail {

namespace {

constexpr std::size_t kPackedChunk = std::size_t{256} << 10;
constexpr int kGzipOnly =
    16 + MAX_WBITS;                 // zlib.h, inflateInit2: 16 asks for gzip and refuses zlib's own format
constexpr Bytef kFirstByte = 0x1f;  // RFC 1952, 2.3.1: ID1

std::string error_text(int error) {
    return std::generic_category().message(error);
}

}  // namespace

PlainFile::PlainFile(const std::string& path)
    // Opening a FIFO would otherwise wait for its writer, before it can be seen that it is one.
    : descriptor_{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)} {
    if (descriptor_ < 0) throw ReadFailure{"cannot be opened: " + error_text(errno)};
    struct stat status{};
    const bool known = ::fstat(descriptor_, &status) == 0;
    if (known && S_ISREG(status.st_mode)) return;
    const auto why = !known ? "cannot be opened: " + error_text(errno)
                     : S_ISDIR(status.st_mode)
                         ? std::string{"is a folder; a file was expected"}
                         : std::string{"is no regular file; pipes and devices are not read"};
    ::close(descriptor_);
    throw ReadFailure{why};
}

PlainFile::~PlainFile() {
    ::close(descriptor_);
}

std::size_t PlainFile::read(std::span<char> into) const {
    for (;;) {
        const auto got = ::read(descriptor_, into.data(), into.size());
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR) throw ReadFailure{"cannot be read: " + error_text(errno)};
    }
}

Gunzip::Gunzip(const PlainFile& packed) : packed_{packed}, input_(kPackedChunk) {
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) throw std::bad_alloc{};
}

Gunzip::~Gunzip() {
    inflateEnd(&stream_);
}

std::size_t Gunzip::read(std::span<char> into) {
    stream_.next_out = reinterpret_cast<Bytef*>(into.data());
    stream_.avail_out = static_cast<uInt>(into.size());
    while (stream_.avail_out == into.size()) {
        if (stream_.avail_in == 0) refill();
        if (!inside_member_ && stream_.avail_in == 0 && members_ > 0) return 0;
        if (!inside_member_ && stream_.avail_in > 0) begin_member();
        // At the file's end it is called without input: what it still holds comes out, or Z_BUF_ERROR.
        const int code = inflate(&stream_, Z_NO_FLUSH);
        if (code == Z_STREAM_END)
            end_member();
        else if (code != Z_OK && stream_.avail_out == into.size())
            fail(code);
    }
    return into.size() - stream_.avail_out;
}

void Gunzip::refill() {
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream_.avail_in = static_cast<uInt>(packed_.read(input_));
}

void Gunzip::begin_member() {
    // zlib wants two bytes before it says that something is not gzip: a stray last one would seem cut short.
    if (*stream_.next_in != kFirstByte) fail_foreign();
    inside_member_ = true;
}

void Gunzip::end_member() {
    inflateReset(&stream_);
    inside_member_ = false;
    ++members_;
}

void Gunzip::fail_foreign() const {
    throw ReadFailure{members_ == 0 ? "is not gzip, although its name says so"
                                    : "something that is not gzip follows the gzip stream"};
}

void Gunzip::fail(int code) const {
    const std::string_view why = stream_.msg == nullptr ? "" : stream_.msg;
    if (code == Z_BUF_ERROR) throw ReadFailure{"the gzip stream ends early"};
    if (code == Z_MEM_ERROR) throw std::bad_alloc{};
    if (why == "incorrect header check") fail_foreign();
    throw ReadFailure{"the gzip stream is damaged (" + std::string{why} + ")"};
}

FileBytes::FileBytes(const std::string& path, Packing packing) : file_{path} {
    if (packing == Packing::gzip) gunzip_.emplace(file_);
}

}  // namespace moneytrail
