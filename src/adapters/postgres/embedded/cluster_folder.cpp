#include "cluster_folder.hpp"

#include "file_handle.hpp"
#include "safe_path.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace moneytrail::postgres {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kPrivate = 0700;
constexpr mode_t kPublic = 0755;

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
    throw ClusterMisconfigured{"data_dir: " + path.string() + " " + why};
}

fs::path default_data_dir(const ServerUser& user) {
    return user.change == Change::drops ? "/var/lib/moneytrail" : "data";
}

void refuse_closed(const fs::path& data_dir, const ServerUser& user) {
    const auto closed = first_closed(data_dir, user);
    if (!closed) return;
    const auto who = user.change == Change::drops
                         ? "PostgreSQL does not run as root, and its user " + user.name + " cannot enter "
                         : "user " + user.name + " cannot enter ";
    refuse(data_dir, "cannot be used: " + who + closed->string() + ". Allow it (chmod o+x " +
                         closed->string() + ") or name another place, such as /var/lib/moneytrail");
}

void refuse_unsafe(const fs::path& path, const ServerUser& user) {
    if (user.change == Change::stays) return;
    const auto unsafe = first_unsafe(path, user);
    if (!unsafe) return;
    refuse(path, "cannot be used by root: " + unsafe->path.string() + " " + unsafe->why +
                     ", who could put another folder in its place. Let it belong to root and be closed to "
                     "others (chmod go-w), or name another place, such as /var/lib/moneytrail");
}

// PostgreSQL writes the path into files of lines, and a message with it would be two.
void refuse_control_characters(const fs::path& data_dir) {
    auto shown = data_dir.string();
    const auto is_control = [](unsigned char c) { return c < ' ' || c == 0x7f; };
    if (std::ranges::none_of(shown, is_control)) return;
    std::ranges::replace_if(shown, is_control, '?');
    refuse(shown, "has a line break or another control character in it, shown as '?': name another place");
}

FileHandle open_folder(const fs::path& path) {
    FileHandle folder{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)};
    if (folder.fd() < 0) refuse(path, "cannot be opened: " + std::generic_category().message(errno));
    return folder;
}

// True: it was missing. With `mode` whatever the umask.
bool make_folder(const fs::path& path, mode_t mode) {
    if (::mkdir(path.c_str(), mode) != 0) {
        if (errno != EEXIST) refuse(path, "cannot be made: " + std::generic_category().message(errno));
        return false;
    }
    if (::fchmodat(AT_FDCWD, path.c_str(), mode, 0) != 0)
        refuse(path, "cannot be made: " + std::generic_category().message(errno));
    return true;
}

void make_public(const fs::path& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) return;
    if (path.has_relative_path()) make_public(path.parent_path());
    make_folder(path, kPublic);
}

// Made for the user, or found and surely the user's: under /tmp anybody could have put something there. One
// that a root killed right here has left is empty and root's.
void make_private(const fs::path& path, const ServerUser& user) {
    make_folder(path, kPrivate);
    const auto folder = open_folder(path);
    struct stat found{};
    if (::fstat(folder.fd(), &found) != 0) refuse(path, "cannot be read");
    std::error_code ignored;
    if (user.change == Change::drops && found.st_uid == ::geteuid() && fs::is_empty(path, ignored)) {
        if (::fchmod(folder.fd(), kPrivate) != 0 || ::fchown(folder.fd(), user.uid, user.gid) != 0 ||
            ::fstat(folder.fd(), &found) != 0)
            refuse(path,
                   "cannot be given to user " + user.name + ": " + std::generic_category().message(errno));
    }
    if (found.st_uid != user.uid)
        refuse(path, "belongs to another user than " + user.name + ", who runs PostgreSQL: run as its owner");
    if ((found.st_mode & 077) != 0) refuse(path, "is open to others: chmod 700 " + path.string());
}

// "15" of /usr/lib/postgresql/15; none for what is no version with a server in it.
std::vector<int> versions_in(const fs::path& programs) {
    std::vector<int> out;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator{programs, ignored}) {
        const auto name = entry.path().filename().string();
        int version = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), version);
        if (error == std::errc{} && end == name.data() + name.size() &&
            fs::exists(entry.path() / "bin/postgres") && fs::exists(entry.path() / "bin/initdb"))
            out.push_back(version);
    }
    std::ranges::sort(out);
    return out;
}

std::string upgrade_text(const ClusterFolder& folder, const fs::path& programs, const std::string& has,
                         int newest) {
    const auto to = (programs / std::to_string(newest) / "bin").string();
    const auto cluster = folder.cluster().string();
    return "data_dir: " + cluster + " was made by PostgreSQL " + has + ", and only " +
           std::to_string(newest) + " is installed here. Install postgresql-" + has +
           " to go on with it, or beside it to upgrade, as its owner: " + to +
           "/initdb -U moneytrail -E UTF8 --locale=C --data-checksums -D " + cluster + ".new && " + to +
           "/pg_upgrade -U moneytrail -b " + (programs / has / "bin").string() + " -B " + to + " -d " +
           cluster + " -D " + cluster + ".new, then put " + cluster + ".new in the place of " + cluster;
}

}  // namespace

ClusterFolder open_cluster_folder(const ClusterOptions& options, const ServerUser& user) {
    std::error_code error;
    const auto given = fs::absolute(options.data_dir.value_or(default_data_dir(user)));
    refuse_control_characters(given);
    auto data_dir = fs::weakly_canonical(given, error);
    if (error) data_dir = given.lexically_normal();
    refuse_closed(data_dir, user);
    refuse_unsafe(given, user);  // before anything is made there
    make_public(data_dir);
    refuse_unsafe(data_dir, user);
    refuse_closed(data_dir, user);
    const ClusterFolder folder{data_dir / "postgres"};
    make_private(folder.root, user);
    make_private(folder.socket_folder(), user);
    return folder;
}

bool is_plain_socket_folder(const fs::path& folder) {
    const auto text = (folder / kSocketName).string();
    return text.size() < sizeof(sockaddr_un::sun_path) && text.find_first_of(",\"") == std::string::npos;
}

fs::path programs_for(const ClusterFolder& folder, const fs::path& programs) {
    const auto versions = versions_in(programs);
    if (versions.empty())
        throw ClusterMisconfigured{
            "PostgreSQL's server is not installed (no " + programs.string() +
            "/*/bin with postgres and initdb): install Debian's package postgresql-15, or set "
            "database.url to a server of your own"};
    const auto newest = versions.back();
    if (!fs::exists(folder.cluster())) return programs / std::to_string(newest) / "bin";
    constexpr std::size_t kMost = 16;
    std::string has;
    std::istringstream{read_plain(folder.cluster() / "PG_VERSION", 0, kMost)} >> has;
    if (has.empty())
        refuse(folder.cluster(),
               "is no PostgreSQL cluster (it has no PG_VERSION): move it away or restore it");
    if (std::ranges::none_of(versions, [&](int version) { return std::to_string(version) == has; }))
        throw ClusterMisconfigured{upgrade_text(folder, programs, has, newest)};
    return programs / has / "bin";
}

}  // namespace moneytrail::postgres
