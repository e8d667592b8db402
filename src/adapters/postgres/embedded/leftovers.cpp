#include "leftovers.hpp"

#include "file_handle.hpp"
#include "server_process.hpp"

#include <sys/shm.h>

#include <csignal>
#include <sstream>
#include <string>
#include <system_error>

namespace moneytrail::postgres {
namespace {

// The System V segment that a killed server leaves: its key and number are the seventh line of the pid file
// (PostgreSQL's miscinit.h, LOCK_FILE_LINE_SHMEM_KEY). Nobody would remove it once the folder is gone.
void remove_segment(const std::filesystem::path& pid_file, const ServerUser& user) {
    constexpr std::size_t kMostBytes = 8192;
    constexpr int kLine = 7;
    std::istringstream lines{read_plain(pid_file, 0, kMostBytes)};
    std::string line;
    for (int i = 0; i < kLine; ++i)
        if (!std::getline(lines, line)) return;
    std::istringstream words{line};
    unsigned long key = 0;
    int id = 0;
    shmid_ds found{};
    if (!(words >> key >> id) || ::shmctl(id, IPC_STAT, &found) != 0) return;
    const bool is_ours = static_cast<unsigned long>(found.shm_perm.__key) == key &&
                         found.shm_perm.uid == user.uid && found.shm_nattch == 0;
    if (is_ours) ::shmctl(id, IPC_RMID, nullptr);
}

}  // namespace

Cleared clear_server(const ClusterFolder& folder, const ServerUser& user, std::chrono::milliseconds since) {
    // A backend that is stopped or deep in a computation does not hear SIGQUIT. Nothing is lost with it: its
    // server is gone, and the next one recovers from the log whatever it had done.
    constexpr std::chrono::milliseconds kKindly{2000};
    const auto processes = processes_on(folder.cluster(), user);
    for (const auto& process : processes) {
        const auto is_backend = process.role == Role::backend;
        const auto harshest = since < kKindly ? SIGQUIT : SIGKILL;
        ::kill(process.pid, is_backend ? harshest : SIGINT);
    }
    if (!processes.empty()) return Cleared::not_yet;
    std::error_code ignored;
    std::filesystem::remove(folder.pid_file(), ignored);
    std::filesystem::remove(folder.socket_folder() / kSocketName, ignored);
    std::filesystem::remove(folder.socket_folder() / (std::string{kSocketName} + ".lock"), ignored);
    return Cleared::yes;
}

Cleared clear_unfinished(const ClusterFolder& folder, const ServerUser& user) {
    const auto processes = processes_on(folder.unfinished(), user);
    for (const auto& process : processes) ::kill(process.pid, SIGKILL);
    if (!processes.empty()) return Cleared::not_yet;
    remove_segment(folder.unfinished() / "postmaster.pid", user);
    std::error_code error;
    std::filesystem::remove_all(folder.unfinished(), error);
    return error ? Cleared::not_yet : Cleared::yes;
}

}  // namespace moneytrail::postgres
