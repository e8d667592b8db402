#pragma once

// A PostgreSQL server that a test may stop and start as it likes.

#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"

#include <pwd.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>
#include <string>

namespace moneytrail::test {

class OwnServer {
  public:
    OwnServer() {
        open_folder();
        tell({"make", path()});
        start();
    }
    // Over a cluster that is there already, and that nobody else's server is running on.
    OwnServer(const std::filesystem::path& cluster, std::string role) : role_{std::move(role)} {
        open_folder();
        tell({"adopt", path(), cluster.string()});
        start();
    }
    ~OwnServer() {
        try {
            stop("immediate");
        } catch (const std::exception&) {
            return;  // it is stopped already
        }
    }
    OwnServer(const OwnServer&) = delete;
    OwnServer& operator=(const OwnServer&) = delete;

    // Returns when it takes connections.
    void start() const { tell({"start", path()}); }
    // `mode`: fast ends the sessions, immediate is a crash.
    void stop(const std::string& mode) const { tell({"stop", path(), mode}); }

    // This role, of all that connect, has to give a password.
    void protect(const std::string& role) const {
        std::ofstream{folder_.path() / "server/data/pg_hba.conf"} << "local all " << role
                                                                  << " scram-sha-256\nlocal all all trust\n";
    }

    // Ends so that "&key=value" can follow.
    std::string url() const { return "postgresql:///postgres?host=" + path() + "/server&user=" + role_; }

  private:
    static std::string owner() { return ::geteuid() == 0 ? "postgres" : ::getpwuid(::geteuid())->pw_name; }
    // Root's server is user postgres's, who must get there.
    void open_folder() const {
        using std::filesystem::perms;
        std::filesystem::permissions(folder_.path(),
                                     perms::owner_all | perms::group_exec | perms::others_exec);
    }
    std::string path() const { return folder_.path().string(); }
    void tell(const std::vector<std::string>& words) const {
        const auto ran = run({.program = MONEYTRAIL_SOURCE "/tests/support/own_server.sh",
                              .arguments = words,
                              .folder = folder_.path()});
        if (ran.exit_code != 0) throw std::runtime_error{words.front() + ": " + ran.err};
    }

    TemporaryFolder folder_;
    std::string role_ = owner();
};

}  // namespace moneytrail::test
