#include "server_user.hpp"

#include "postgres/embedded/embedded_cluster.hpp"

#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <system_error>

namespace moneytrail::postgres {

ServerUser server_user() {
    if (::geteuid() != 0) {
        const auto* const self = ::getpwuid(::geteuid());
        const auto name = self != nullptr ? std::string{self->pw_name} : std::to_string(::geteuid());
        return {.name = name, .uid = ::geteuid(), .gid = ::getegid()};
    }
    const auto* const entry = ::getpwnam("postgres");
    if (entry == nullptr)
        throw ClusterMisconfigured{
            "PostgreSQL does not run as root, and there is no user postgres to run it: install Debian's "
            "package "
            "postgresql-15, run as another user, or set database.url to a server of your own"};
    ServerUser user{.name = "postgres", .uid = entry->pw_uid, .gid = entry->pw_gid, .change = Change::drops};
    int count = 64;
    user.groups.resize(static_cast<std::size_t>(count));
    if (::getgrouplist("postgres", user.gid, user.groups.data(), &count) < 0) count = 0;
    user.groups.resize(static_cast<std::size_t>(count));
    return user;
}

bool become(const ServerUser& user) {
    if (user.change == Change::stays) return true;
    return ::setgroups(user.groups.size(), user.groups.data()) == 0 && ::setgid(user.gid) == 0 &&
           ::setuid(user.uid) == 0;
}

std::optional<std::filesystem::path> first_closed(const std::filesystem::path& path, const ServerUser& user) {
    std::vector<std::filesystem::path> folders;
    std::filesystem::path folder;
    for (const auto& part : path) {
        folder /= part;
        std::error_code ignored;  // below a closed folder nothing can be seen
        if (!std::filesystem::exists(folder, ignored)) break;
        folders.push_back(folder);
    }
    // Asked by a child that is that user: rights, groups and access lists are the kernel's business.
    constexpr int kAllOpen = 255;
    const auto child = ::fork();
    if (child == 0) {
        if (!become(user)) ::_exit(0);
        for (std::size_t i = 0; i < folders.size() && i < kAllOpen; ++i)
            if (::access(folders[i].c_str(), X_OK) != 0) ::_exit(static_cast<int>(i));
        ::_exit(kAllOpen);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return path;
    const auto answer = static_cast<std::size_t>(WEXITSTATUS(status));
    return answer < folders.size() ? std::optional{folders[answer]} : std::nullopt;
}

}  // namespace moneytrail::postgres
