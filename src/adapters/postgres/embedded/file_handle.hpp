#pragma once

// An open file that closes itself, and locks on it that the kernel gives up with its last process.

#include "server_user.hpp"

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <utility>

namespace moneytrail::postgres {

class FileHandle {
  public:
    FileHandle() = default;
    explicit FileHandle(int fd) : fd_{fd} {}
    FileHandle(FileHandle&& other) noexcept : fd_{std::exchange(other.fd_, -1)} {}
    FileHandle& operator=(FileHandle&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    FileHandle(const FileHandle&) = delete;
    FileHandle& operator=(const FileHandle&) = delete;
    ~FileHandle();

    int fd() const { return fd_; }

  private:
    int fd_ = -1;
};

// Not inherited by programs that are started. Throws ClusterMisconfigured with the system's reason.
FileHandle open_file(const std::filesystem::path& path, int flags);
// Makes it where it is missing, and gives it to the server's user, so that every command of that user can
// open it, whoever came first. Throws ClusterMisconfigured for anything but a plain file of one name: what
// somebody has linked there is not given away.
FileHandle open_owned(const std::filesystem::path& path, int flags, const ServerUser& user);

// At most `most` bytes of a plain file, from `offset` on; a negative offset counts from the end. Empty for
// what is not there or is no plain file: the folder is another user's than root, and a FIFO would never end.
std::string read_plain(const std::filesystem::path& path, off_t offset, std::size_t most);
off_t size_of(const FileHandle& file);

// Locks of the open file description (fcntl(2), F_OFD_*): unlike flock's they can be asked about.
enum class Lock : short { shared, exclusive };
enum class Holder { nobody, sharer, owner };

bool try_lock(const FileHandle& file, Lock lock);
void unlock(const FileHandle& file);
Holder other_holder(
    const FileHandle& file);  // who, beside this handle, keeps it from being locked exclusively

}  // namespace moneytrail::postgres
