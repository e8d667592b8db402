#include "safe_path.hpp"

#include <sys/stat.h>

#include <deque>
#include <system_error>

namespace moneytrail::postgres {
namespace {

namespace fs = std::filesystem;

bool is_trusted(uid_t owner, const ServerUser& user) {
    return owner == 0 || owner == user.uid;
}

// In a folder such as /tmp everybody can make what is not there, and nobody can touch what is another's.
bool is_open(const struct stat& folder, const ServerUser& user) {
    if ((folder.st_mode & S_ISVTX) != 0) return false;
    const bool is_group_open =
        (folder.st_mode & S_IWGRP) != 0 && folder.st_gid != 0 && folder.st_gid != user.gid;
    return is_group_open || (folder.st_mode & S_IWOTH) != 0;
}

std::optional<Unsafe> judge(const fs::path& path, const struct stat& found, const ServerUser& user) {
    if (!is_trusted(found.st_uid, user))
        return Unsafe{path, "belongs to user " + std::to_string(found.st_uid)};
    if (S_ISDIR(found.st_mode) && is_open(found, user)) return Unsafe{path, "can be written by others"};
    return std::nullopt;
}

void put_first(std::deque<fs::path>& parts, const fs::path& path) {
    parts.insert(parts.begin(), path.begin(), path.end());
}

}  // namespace

std::optional<Unsafe> first_unsafe(const fs::path& path, const ServerUser& user) {
    constexpr int kMaxLinks = 40;  // the kernel's own limit
    std::deque<fs::path> parts;
    put_first(parts, path);
    fs::path reached;
    for (int links = 0; !parts.empty();) {
        const auto part = std::move(parts.front());
        parts.pop_front();
        if (part == "..") {
            reached = reached.parent_path();
            continue;
        }
        const auto next = part.is_absolute() ? part : reached / part;
        struct stat found{};
        if (::lstat(next.c_str(), &found) != 0) return std::nullopt;
        if (auto unsafe = judge(next, found, user)) return unsafe;
        if (!S_ISLNK(found.st_mode)) {
            reached = next;
            continue;
        }
        std::error_code error;
        const auto target = fs::read_symlink(next, error);
        if (error || ++links > kMaxLinks) return Unsafe{next, "is a link that leads nowhere"};
        put_first(parts, target);
    }
    return std::nullopt;
}

}  // namespace moneytrail::postgres
