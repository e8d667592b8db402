#include "cluster_folder.hpp"

#include "file_handle.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace moneytrail::postgres {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kPrivate = 0700;
constexpr std::string_view kSocketName = "/.s.PGSQL.5432";

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

// Made for the user, or found and surely the user's: under /tmp anybody could have put something there.
void make_private(const fs::path& path, const ServerUser& user) {
    const bool is_new = ::mkdir(path.c_str(), kPrivate) == 0;
    if (!is_new && errno != EEXIST) refuse(path, "cannot be made: " + std::generic_category().message(errno));
    const FileHandle folder{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)};
    if (folder.fd() < 0) refuse(path, "cannot be opened: " + std::generic_category().message(errno));
    if (is_new && user.change == Change::drops && ::fchown(folder.fd(), user.uid, user.gid) != 0)
        refuse(path, "cannot be given to user " + user.name + ": " + std::generic_category().message(errno));
    struct stat found{};
    if (::fstat(folder.fd(), &found) != 0 || found.st_uid != user.uid)
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
    auto data_dir = fs::weakly_canonical(given, error);
    if (error) data_dir = given.lexically_normal();
    refuse_closed(data_dir, user);
    fs::create_directories(data_dir, error);
    if (error) refuse(data_dir, "cannot be made: " + error.message());
    refuse_closed(data_dir, user);  // what was just made may be closed too, by the umask
    const ClusterFolder folder{data_dir / "postgres"};
    make_private(folder.root, user);
    return folder;
}

fs::path open_socket_folder(const ClusterFolder& folder, const ServerUser& user) {
    auto path = folder.root / "socket";
    if (path.string().size() + kSocketName.size() >= sizeof(sockaddr_un::sun_path)) {
        struct stat root{};
        if (::stat(folder.root.c_str(), &root) != 0) refuse(folder.root, "cannot be read");
        path = "/tmp/moneytrail-" + std::to_string(root.st_dev) + "-" + std::to_string(root.st_ino);
    }
    make_private(path, user);
    return path;
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
    std::string has;
    std::ifstream{folder.cluster() / "PG_VERSION"} >> has;
    if (has.empty())
        refuse(folder.cluster(),
               "is no PostgreSQL cluster (it has no PG_VERSION): move it away or restore it");
    if (std::ranges::none_of(versions, [&](int version) { return std::to_string(version) == has; }))
        throw ClusterMisconfigured{upgrade_text(folder, programs, has, newest)};
    return programs / has / "bin";
}

}  // namespace moneytrail::postgres
