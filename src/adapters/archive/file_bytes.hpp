#pragma once

// The bytes of a file, uncompressed if it is packed.

#include "file_kind.hpp"

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace moneytrail {

// Why a file's bytes cannot be had. Whoever reads them adds the place.
struct ReadFailure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class PlainFile {
  public:
    // Throws ReadFailure when it is no regular file or may not be read. Does not wait on a FIFO.
    explicit PlainFile(const std::string& path);
    ~PlainFile();
    PlainFile(const PlainFile&) = delete;
    PlainFile& operator=(const PlainFile&) = delete;

    // How many bytes it put there, 0 at the end only.
    std::size_t read(std::span<char> into) const;

  private:
    int descriptor_;
};

// RFC 1952: any number of gzip members, one after the other, and nothing else.
class Gunzip {
  public:
    explicit Gunzip(const PlainFile& packed);
    ~Gunzip();
    Gunzip(const Gunzip&) = delete;
    Gunzip& operator=(const Gunzip&) = delete;

    // As PlainFile::read. All that could be unpacked is handed out before ReadFailure says what is wrong.
    std::size_t read(std::span<char> into);

  private:
    void refill();
    void begin_member();
    void end_member();
    [[noreturn]] void fail_foreign() const;
    [[noreturn]] void fail(int code) const;

    const PlainFile& packed_;
    std::vector<char> input_;
    z_stream stream_{};
    std::uint64_t members_ = 0;  // read whole
    bool inside_member_ = false;
};

class FileBytes {
  public:
    FileBytes(const std::string& path, Packing packing);

    std::size_t read(std::span<char> into) { return gunzip_ ? gunzip_->read(into) : file_.read(into); }

  private:
    PlainFile file_;
    std::optional<Gunzip> gunzip_;  // refers to file_
};

}  // namespace moneytrail
