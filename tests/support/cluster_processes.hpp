#pragma once

// The processes that work on one embedded cluster, and what they leave in the kernel.

#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/types.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace moneytrail::test {

struct Process {
    pid_t pid;
    pid_t parent;
    std::string name;
    std::string words;  // its command line, with spaces between
};

using Processes = std::vector<Process>;

inline std::string read_proc(pid_t pid, const char* name) {
    std::ifstream file{std::filesystem::path{"/proc"} / std::to_string(pid) / name};
    std::ostringstream text;
    text << file.rdbuf();  // unlike an iterator it does not throw when the process ends meanwhile
    auto out = std::move(text).str();
    std::ranges::replace(out, '\0', ' ');
    return out;
}

// By what it was told, the folder that it is in, and the files that it has open. A zombie has none of them.
inline bool works_on(const std::string& words, pid_t pid, const std::filesystem::path& data_dir) {
    namespace fs = std::filesystem;
    if (words.contains(data_dir.string())) return true;
    std::error_code ignored;
    const auto proc = fs::path{"/proc"} / std::to_string(pid);
    const auto is_in = [&](const fs::path& link) {
        return fs::read_symlink(link, ignored).string().starts_with(data_dir.string());
    };
    if (is_in(proc / "cwd")) return true;
    auto files = fs::directory_iterator{proc / "fd", ignored};
    for (; !ignored && files != fs::directory_iterator{}; files.increment(ignored))
        if (is_in(files->path())) return true;
    return false;
}

inline Processes processes_on(const std::filesystem::path& data_dir) {
    Processes out;
    for (const auto& entry : std::filesystem::directory_iterator{"/proc"}) {
        const auto text = entry.path().filename().string();
        pid_t pid = 0;
        if (std::from_chars(text.data(), text.data() + text.size(), pid).ec != std::errc{}) continue;
        const auto words = read_proc(pid, "cmdline");
        if (!works_on(words, pid, data_dir)) continue;
        // "4242 (postgres) S 1 …"
        const auto stat = read_proc(pid, "stat");
        const auto from = stat.find('(');
        const auto to = stat.rfind(')');
        if (to == std::string::npos) continue;
        std::istringstream rest{stat.substr(to + 1)};
        char state = 'X';
        pid_t parent = 0;
        rest >> state >> parent;
        if (state != 'Z' && state != 'X')
            out.push_back({pid, parent, stat.substr(from + 1, to - from - 1), words});
    }
    return out;
}

inline bool is_server(const Process& process) {
    return process.name == "postgres" && process.words.contains("/postgres -D ");
}
inline bool is_keeper(const Process& process) {
    return process.name == "moneytrail-db";
}
inline bool is_initdb(const Process& process) {
    return process.name == "initdb" || (process.name == "postgres" && process.words.contains(" --boot ")) ||
           (process.name == "postgres" && process.words.contains(" --single "));
}
// For a client or of the server's own.
inline bool is_backend(const Process& process) {
    return process.name == "postgres" && process.words.starts_with("postgres: ");
}

struct Segment {
    int id;
    pid_t maker;
};

// System V shared memory that one of these made.
inline std::vector<Segment> segments_of(const std::set<pid_t>& makers) {
    std::vector<Segment> out;
    std::ifstream file{"/proc/sysvipc/shm"};
    std::string line;
    std::getline(file, line);  // key shmid perms size cpid …
    while (std::getline(file, line)) {
        std::istringstream fields{line};
        std::string skipped;
        Segment segment{};
        fields >> skipped >> segment.id >> skipped >> skipped >> segment.maker;
        if (makers.contains(segment.maker)) out.push_back(segment);
    }
    return out;
}

inline void remove_segments_of(const std::set<pid_t>& makers) {
    for (const auto& segment : segments_of(makers)) ::shmctl(segment.id, IPC_RMID, nullptr);
}

}  // namespace moneytrail::test
