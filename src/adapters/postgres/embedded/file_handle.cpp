#include "file_handle.hpp"

#include "postgres/embedded/embedded_cluster.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace moneytrail::postgres {
namespace {

struct flock whole_file(short type) {
    struct flock lock{};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    return lock;
}

}  // namespace

FileHandle::~FileHandle() {
    if (fd_ >= 0) ::close(fd_);
}

FileHandle open_file(const std::filesystem::path& path, int flags) {
    FileHandle file{::open(path.c_str(), flags | O_CLOEXEC, 0600)};
    if (file.fd() < 0)
        throw ClusterMisconfigured{"data_dir: cannot open " + path.string() + ": " +
                                   std::generic_category().message(errno)};
    return file;
}

FileHandle open_owned(const std::filesystem::path& path, int flags, const ServerUser& user) {
    auto file = open_file(path, flags | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    struct stat found{};
    if (::fstat(file.fd(), &found) != 0 || !S_ISREG(found.st_mode) || found.st_nlink != 1)
        throw ClusterMisconfigured{"data_dir: " + path.string() +
                                   " is no plain file, or has a second name (a hard link): remove it"};
    constexpr mode_t kOwnersOnly = 0600;
    if ((found.st_mode & 0777) == 0) ::fchmod(file.fd(), kOwnersOnly);  // so the umask would have it
    if (user.change == Change::stays || found.st_uid == user.uid) return file;
    // One that a root killed right here has left, or this one has made; nobody else's has no content.
    if (found.st_uid != ::geteuid() || found.st_size != 0)
        throw ClusterMisconfigured{"data_dir: " + path.string() + " belongs to another user than " +
                                   user.name + ": remove it"};
    if (::fchown(file.fd(), user.uid, user.gid) != 0)
        throw ClusterMisconfigured{"data_dir: " + path.string() + " cannot be given to user " + user.name};
    return file;
}

off_t size_of(const FileHandle& file) {
    struct stat found{};
    return ::fstat(file.fd(), &found) == 0 && S_ISREG(found.st_mode) ? found.st_size : 0;
}

std::string read_plain(const std::filesystem::path& path, off_t offset, std::size_t most) {
    const FileHandle file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)};
    const auto size = size_of(file);
    std::string out(most, '\0');
    const auto from = offset < 0 ? std::max<off_t>(0, size + offset) : offset;
    const auto got = size > 0 ? ::pread(file.fd(), out.data(), out.size(), from) : 0;
    out.resize(static_cast<std::size_t>(std::max<ssize_t>(0, got)));
    return out;
}

bool try_lock(const FileHandle& file, Lock lock) {
    auto whole = whole_file(lock == Lock::shared ? F_RDLCK : F_WRLCK);
    return ::fcntl(file.fd(), F_OFD_SETLK, &whole) == 0;
}

void unlock(const FileHandle& file) {
    auto whole = whole_file(F_UNLCK);
    ::fcntl(file.fd(), F_OFD_SETLK, &whole);
}

Holder other_holder(const FileHandle& file) {
    auto whole = whole_file(F_WRLCK);
    if (::fcntl(file.fd(), F_OFD_GETLK, &whole) != 0 || whole.l_type == F_UNLCK) return Holder::nobody;
    return whole.l_type == F_RDLCK ? Holder::sharer : Holder::owner;
}

}  // namespace moneytrail::postgres
