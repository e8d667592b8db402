#include "socket_proxy.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

extern "C" {
#include <sys/pidfd.h>  // glibc 2.36 forgets to say that its functions are C
}

#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>
#include <system_error>

namespace moneytrail::test {
namespace {

// Every descriptor of this file is closed on exec: what a test starts inherits none.
class Socket {
  public:
    explicit Socket(int fd) : fd_{fd} {}
    ~Socket() { ::close(fd_); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    int fd() const { return fd_; }

  private:
    int fd_;
};

[[noreturn]] void fail(const std::string& what) {
    throw std::system_error{errno, std::generic_category(), what};
}

int unix_socket() {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) fail("socket");
    return fd;
}

sockaddr_un address_of(const std::filesystem::path& path) {
    sockaddr_un out{};
    out.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof out.sun_path) {
        errno = ENAMETOOLONG;
        fail(path.string());
    }
    path.native().copy(out.sun_path, sizeof out.sun_path - 1);
    return out;
}

// Names the process of a connection, which cannot have ended yet: it waits for the server's greeting.
int process_behind(int client) {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(client, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return -1;
    return ::pidfd_open(peer.pid, 0);
}

bool send_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

// False: one of the two is gone.
bool pass_some(int from, int to) {
    std::array<char, 1 << 16> bytes;
    const auto got = ::recv(from, bytes.data(), bytes.size(), 0);
    return got > 0 && send_all(to, {bytes.data(), static_cast<std::size_t>(got)});
}

// The server does what it was told, answers, finds nobody there, and lets go of its locks before it hangs up.
void let_finish(int server) {
    ::shutdown(server, SHUT_WR);
    std::array<char, 1 << 16> unread;
    while (::recv(server, unread.data(), unread.size(), 0) > 0) {
    }
}

}  // namespace

SocketProxy::SocketProxy(const std::filesystem::path& server, int kill_after)
    : server_{server}, kill_after_{kill_after}, listener_{unix_socket()} {
    const auto address = address_of(folder() / server.filename());
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener_, SOMAXCONN) != 0) {
        ::close(listener_);
        fail("listen");
    }
    thread_ = std::thread{[this] { serve(); }};
}

// Whoever is connected has to be gone before.
SocketProxy::~SocketProxy() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
}

// One connection at a time, as the daemon has.
void SocketProxy::serve() {
    for (;;) {
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client >= 0)
            connect(client);
        else if (errno != EINTR && errno != ECONNABORTED)
            return;
    }
}

void SocketProxy::connect(int accepted) {
    const Socket client{accepted};
    const Socket process{process_behind(accepted)};
    const Socket server{unix_socket()};
    const auto address = address_of(server_);
    if (::connect(server.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return;
    for (;;) {
        std::array<pollfd, 2> ends{{{client.fd(), POLLIN, 0}, {server.fd(), POLLIN, 0}}};
        if (::poll(ends.data(), ends.size(), -1) < 0) return;
        if (ends[0].revents != 0) {
            if (!pass_some(client.fd(), server.fd())) return;
            if (++messages_ == kill_after_) {
                ::pidfd_send_signal(process.fd(), SIGKILL, nullptr, 0);
                return let_finish(server.fd());
            }
        }
        if (ends[1].revents != 0 && !pass_some(server.fd(), client.fd())) return;
    }
}

}  // namespace moneytrail::test
