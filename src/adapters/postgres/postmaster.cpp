#include "postmaster.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>
#include <vector>

namespace moneytrail::postgres {
namespace {

namespace fs = std::filesystem;

fs::path proc(pid_t pid, const char* name) {
    return fs::path{"/proc"} / std::to_string(pid) / name;
}

std::string read_all(const fs::path& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

enum class Whose { ours, others, unknown };

// By what everybody may read of a process. The server's command line names the cluster if it was given with
// -D; otherwise the folder that it works in tells, to those who may see it.
Whose whose_server(pid_t pid, const fs::path& cluster) {
    auto name = read_all(proc(pid, "comm"));
    if (name.ends_with('\n')) name.pop_back();
    if (name != "postgres" && name != "postmaster") return Whose::others;
    auto words = read_all(proc(pid, "cmdline"));
    std::ranges::replace(words, '\0', '\n');
    std::istringstream lines{words};
    for (std::string word; std::getline(lines, word);)
        if (word == cluster.string()) return Whose::ours;
    std::error_code error;
    const auto folder = fs::read_symlink(proc(pid, "cwd"), error);
    if (error) return Whose::unknown;
    return folder == cluster ? Whose::ours : Whose::others;
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

std::optional<Postmaster> find_postmaster(const ClusterFolder& folder) {
    // Lines of postmaster.pid (PostgreSQL's miscinit.h): pid, cluster, start, port, socket folder, …
    const auto pid_file = folder.cluster() / "postmaster.pid";
    std::ifstream file{pid_file};
    std::vector<std::string> lines;
    for (std::string line; lines.size() < 5 && std::getline(file, line);) lines.push_back(line);
    if (lines.empty()) return std::nullopt;
    lines.resize(5);
    std::istringstream first{lines[0]};
    pid_t pid = 0;
    if (!(first >> pid) || pid <= 0 || !is_running(pid))
        return std::nullopt;  // PostgreSQL removes such a file
    switch (whose_server(pid, folder.cluster())) {
        case Whose::ours:
            return Postmaster{.pid = pid, .socket_folder = lines[4], .port = lines[3]};
        case Whose::others:
            fs::remove(pid_file);
            return std::nullopt;
        case Whose::unknown:
            break;
    }
    throw Permanent{
        "data_dir: " + pid_file.string() + " names process " + lines[0] +
        ", a PostgreSQL server that may or may not be this cluster's: stop it, or remove the file if it "
        "belongs to another"};
}

}  // namespace moneytrail::postgres
