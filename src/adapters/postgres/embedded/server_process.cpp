#include "server_process.hpp"

#include <sys/fsuid.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>

namespace moneytrail::postgres {
namespace {

namespace fs = std::filesystem;

// Looks at files and processes as the server's user while it lives, this thread alone: root in a container
// may not look into other users' processes, and the user itself may.
class AsUser {
  public:
    explicit AsUser(const ServerUser& user) {
        if (user.change == Change::stays) return;
        gid_ = ::setfsgid(user.gid);
        uid_ = ::setfsuid(user.uid);
    }
    ~AsUser() {
        if (uid_ >= 0) ::setfsuid(static_cast<uid_t>(uid_));
        if (gid_ >= 0) ::setfsgid(static_cast<gid_t>(gid_));
    }
    AsUser(const AsUser&) = delete;
    AsUser& operator=(const AsUser&) = delete;

  private:
    int uid_ = -1;
    int gid_ = -1;
};

fs::path proc(pid_t pid, const char* name) {
    return fs::path{"/proc"} / std::to_string(pid) / name;
}

// Empty for a process that ends meanwhile: an iterator over the file would throw then.
std::string read_all(const fs::path& path) {
    const std::ifstream file{path};
    std::ostringstream out;
    out << file.rdbuf();
    return std::move(out).str();
}

bool has_word(const std::string& words, const std::string& word) {
    return ('\0' + words + '\0').contains('\0' + word + '\0');
}

bool works_in(pid_t pid, const fs::path& folder) {
    struct stat there{};
    struct stat wanted{};
    return ::stat(proc(pid, "cwd").c_str(), &there) == 0 && ::stat(folder.c_str(), &wanted) == 0 &&
           there.st_dev == wanted.st_dev && there.st_ino == wanted.st_ino;
}

bool belongs_to(pid_t pid, const ServerUser& user) {
    struct stat found{};
    return ::stat(proc(pid, "").c_str(), &found) == 0 && found.st_uid == user.uid;
}

}  // namespace

bool is_running(pid_t pid) {
    const auto stat =
        read_all(proc(pid, "stat"));  // "4242 (postgres) S …": the state follows the last bracket
    const auto bracket = stat.rfind(')');
    if (bracket == std::string::npos || bracket + 2 >= stat.size()) return false;
    const auto state = stat[bracket + 2];
    return state != 'Z' && state != 'X';
}

std::optional<ServerProcess> process_on(pid_t pid, const fs::path& folder, const ServerUser& user) {
    if (!is_running(pid) || !belongs_to(pid, user)) return std::nullopt;
    const AsUser as_user{user};
    auto name = read_all(proc(pid, "comm"));
    if (name.ends_with('\n')) name.pop_back();
    const auto words = read_all(proc(pid, "cmdline"));
    const bool is_postgres = name == "postgres" || name == "postmaster";
    if (!is_postgres && name != "initdb" && name != "sh") return std::nullopt;
    // initdb tells what it runs by the environment, and its shells before they have become anything.
    const bool is_named = has_word(words, folder.string()) ||
                          has_word(read_all(proc(pid, "environ")), "PGDATA=" + folder.string());
    if (!is_named && !(is_postgres && works_in(pid, folder))) return std::nullopt;
    // A child's title: "postgres: moneytrail: checkpointer".
    const auto role = words.starts_with("postgres: ") ? Role::backend : Role::server;
    return ServerProcess{.pid = pid, .role = role};
}

std::vector<ServerProcess> processes_on(const fs::path& folder, const ServerUser& user) {
    std::vector<ServerProcess> out;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator{"/proc", ignored}) {
        const auto name = entry.path().filename().string();
        pid_t pid = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
        if (error != std::errc{} || end != name.data() + name.size()) continue;
        if (const auto process = process_on(pid, folder, user)) out.push_back(*process);
    }
    return out;
}

}  // namespace moneytrail::postgres
