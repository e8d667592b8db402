#include "leftovers.hpp"

#include "server_process.hpp"

#include <csignal>
#include <system_error>

namespace moneytrail::postgres {

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
    std::error_code error;
    std::filesystem::remove_all(folder.unfinished(), error);
    return error ? Cleared::not_yet : Cleared::yes;
}

}  // namespace moneytrail::postgres
