#include "file_handle.hpp"

#include "postgres/embedded_cluster.hpp"

#include <fcntl.h>
#include <unistd.h>

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
    auto file = open_file(path, flags | O_CREAT | O_NOFOLLOW);
    if (user.change == Change::drops && ::fchown(file.fd(), user.uid, user.gid) != 0)
        throw ClusterMisconfigured{"data_dir: " + path.string() + " cannot be given to user " + user.name};
    return file;
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
