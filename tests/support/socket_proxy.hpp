#pragma once

// Stands between a program and its PostgreSQL server, counts what the program sends, and can end it there.

#include "support/temporary_folder.hpp"

#include <atomic>
#include <filesystem>
#include <limits>
#include <thread>

namespace moneytrail::test {

// A Unix socket in a folder of its own, to be named as the server's host. A message is what one read brings:
// libpq sends a query at once and then waits for the answer.
class SocketProxy {
  public:
    static constexpr int kNever = std::numeric_limits<int>::max();

    // `server` is the server's socket. Who sends the message with the number `kill_after` (the first is 1) is
    // ended with SIGKILL: the server has the message, its answer is not passed on. Throws std::system_error.
    SocketProxy(const std::filesystem::path& server, int kill_after);
    ~SocketProxy();
    SocketProxy(const SocketProxy&) = delete;
    SocketProxy& operator=(const SocketProxy&) = delete;

    const std::filesystem::path& folder() const { return folder_.path(); }
    int messages() const { return messages_; }

  private:
    void serve();
    void connect(int client);

    TemporaryFolder folder_;
    std::filesystem::path server_;
    int kill_after_;
    int listener_;
    std::atomic<int> messages_{0};
    std::thread thread_;
};

}  // namespace moneytrail::test
