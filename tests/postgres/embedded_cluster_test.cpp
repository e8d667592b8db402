#include "postgres/embedded/embedded_cluster.hpp"

#include "support/cluster.hpp"
#include "support/sql.hpp"

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <thread>

using namespace moneytrail;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using postgres::ClusterOptions;
using postgres::EmbeddedCluster;
using test::ClusterPlace;
using test::make_folder;
using test::misconfigured;
using test::Sql;

namespace fs = std::filesystem;

namespace {

pid_t server_pid(const ClusterPlace& place) {
    std::ifstream file{place.cluster() / "postmaster.pid"};
    pid_t pid = 0;
    file >> pid;
    return pid;
}

// "4242 (postgres) S 4241 …": state and parent follow the last bracket.
struct Process {
    explicit Process(pid_t pid) {
        std::ifstream file{"/proc/" + std::to_string(pid) + "/stat"};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        if (text.empty()) return;
        std::istringstream rest{text.substr(text.rfind(')') + 2)};
        rest >> state >> parent;
    }
    bool is_alive() const { return state != 'X' && state != 'Z'; }

    char state = 'X';
    pid_t parent = 0;
};

bool ends_within(pid_t pid, Duration limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (Process{pid}.is_alive()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(20ms);
    }
    return true;
}

bool is_private(const fs::path& path) {
    const auto others = fs::perms::group_all | fs::perms::others_all;
    return (fs::status(path).permissions() & others) == fs::perms::none;
}

// Another command that has a share in the server until it is killed.
class OtherCommand {
  public:
    explicit OtherCommand(const ClusterOptions& options) {
        std::array<int, 2> ready{};
        REQUIRE(::pipe(ready.data()) == 0);
        pid_ = ::fork();
        if (pid_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            const EmbeddedCluster cluster{options};
            (void)!::write(ready[1], "r", 1);
            for (;;) ::pause();
        }
        ::close(ready[1]);
        char answer = 0;
        REQUIRE(::read(ready[0], &answer, 1) == 1);
        ::close(ready[0]);
    }
    ~OtherCommand() { kill(); }
    OtherCommand(const OtherCommand&) = delete;
    OtherCommand& operator=(const OtherCommand&) = delete;

    void kill() {
        if (pid_ == 0) return;
        ::kill(pid_, SIGKILL);
        ::waitpid(std::exchange(pid_, 0), nullptr, 0);
    }

  private:
    pid_t pid_ = 0;
};

// Stopped, it hears nothing of its server's end and keeps the shared memory.
pid_t checkpointer_of(pid_t postmaster) {
    for (const auto& entry : fs::directory_iterator{"/proc"}) {
        std::ifstream file{entry.path() / "cmdline"};
        std::string title;
        std::getline(file, title, '\0');
        const auto pid = std::atoi(entry.path().filename().c_str());
        if (title.starts_with("postgres: moneytrail: checkpointer") && Process{pid}.parent == postmaster)
            return pid;
    }
    return 0;
}

// Of the cluster's owner, ended, and not waited for.
class Zombie {
  public:
    explicit Zombie(const ClusterPlace& place) : pid_{::fork()} {
        struct stat owner{};
        if (pid_ == 0) {
            if (::stat(place.cluster().c_str(), &owner) != 0 || ::setuid(owner.st_uid) != 0) ::_exit(1);
            ::_exit(0);
        }
        siginfo_t ended{};
        REQUIRE(::waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOWAIT) == 0);
    }
    ~Zombie() { ::waitpid(pid_, nullptr, 0); }
    Zombie(const Zombie&) = delete;
    Zombie& operator=(const Zombie&) = delete;

    pid_t pid() const { return pid_; }

  private:
    pid_t pid_;
};

}  // namespace

TEST_CASE("a cluster is made, used, stopped, and found again") {
    auto& place = test::cluster_place();
    pid_t pid = 0;
    {
        const EmbeddedCluster cluster{place.options()};
        pid = server_pid(place);
        Sql sql{cluster.url()};
        CHECK(
            sql.text("select concat_ws(' ', current_setting('server_encoding'), datcollate, datctype, "
                     "current_setting('data_checksums'), '<' || current_setting('listen_addresses') || '>') "
                     "from pg_database where datname = 'postgres'") == "UTF8 C C on <>");
        sql.exec("drop table if exists kept; create table kept(a int); insert into kept values (7)");
    }
    CHECK_FALSE(Process{pid}.is_alive());
    CHECK_FALSE(fs::exists(place.cluster() / "postmaster.pid"));
    const EmbeddedCluster cluster{place.options()};
    CHECK(Sql{cluster.url()}.text("select a from kept") == "7");
    for (const auto* closed : {"postgres", "postgres/socket", "postgres/cluster"})
        CHECK(is_private(place.folder() / closed));
}

TEST_CASE("several share one server and the last stops it") {
    auto& place = test::cluster_place();
    auto first = std::make_unique<EmbeddedCluster>(place.options());
    const auto pid = server_pid(place);
    auto second = std::make_unique<EmbeddedCluster>(place.options());
    CHECK(server_pid(place) == pid);
    first.reset();
    CHECK(Sql{second->url()}.text("select 1") == "1");
    second.reset();
    CHECK_FALSE(Process{pid}.is_alive());
}

TEST_CASE("a killed command takes the server with it, unless another uses it") {
    auto& place = test::cluster_place();
    OtherCommand starter{place.options()};
    const auto pid = server_pid(place);
    REQUIRE(Process{pid}.is_alive());
    SECTION("alone") {
        starter.kill();
        CHECK(ends_within(pid, 10s));
        CHECK_FALSE(fs::exists(place.cluster() / "postmaster.pid"));  // it had the time to stop in order
    }
    SECTION("followed at once by the next") {
        starter.kill();
        const EmbeddedCluster next{place.options()};
        CHECK(Sql{next.url()}.text("select 1") == "1");
    }
    SECTION("in use by another") {
        auto adopter = std::make_unique<EmbeddedCluster>(place.options());
        starter.kill();
        CHECK_FALSE(ends_within(pid, 1s));
        CHECK(Sql{adopter->url()}.text("select 1") == "1");
        adopter.reset();
        CHECK_FALSE(Process{pid}.is_alive());
    }
    SECTION("the keeper killed") {
        ::kill(Process{pid}.parent, SIGKILL);
        CHECK(ends_within(pid, 10s));
    }
}

TEST_CASE("after a crash of everything the next start recovers") {
    auto& place = test::cluster_place();
    pid_t pid = 0;
    {
        const OtherCommand command{place.options()};
        pid = server_pid(place);
        ::kill(pid, SIGKILL);
        while (fs::exists("/proc/" + std::to_string(pid))) std::this_thread::sleep_for(5ms);
    }
    const auto pid_file = place.cluster() / "postmaster.pid";
    REQUIRE(fs::exists(pid_file));
    SECTION("with the pid of nobody") {}
    SECTION("with an empty pid file") {
        std::ofstream{pid_file}.flush();
    }
    SECTION("with a garbled pid file") {
        std::ofstream{pid_file} << "\x01\xff rubbish\n\n-7\n";
    }
    SECTION("with the pid of a zombie") {
        const Zombie zombie{place};
        std::ofstream{pid_file} << zombie.pid() << '\n' << place.cluster().string() << '\n';
        const EmbeddedCluster beside{place.options()};
        CHECK(Sql{beside.url()}.text("select 1") == "1");
    }
    SECTION("with the pid of another process") {
        std::ifstream in{pid_file};
        const std::string text{std::istreambuf_iterator<char>{in}, {}};
        std::ofstream{pid_file} << ::getpid() << text.substr(text.find('\n'));
    }
    const EmbeddedCluster cluster{place.options()};
    CHECK(server_pid(place) != pid);
    CHECK(Sql{cluster.url()}.text("select 1") == "1");
}

TEST_CASE("a backend that outlives its server does not keep the next one from starting") {
    auto& place = test::cluster_place();
    OtherCommand command{place.options()};
    const auto postmaster = server_pid(place);
    const auto backend = checkpointer_of(postmaster);
    REQUIRE(backend > 0);
    ::kill(backend, SIGSTOP);
    ::kill(postmaster, SIGKILL);
    command.kill();
    REQUIRE(ends_within(postmaster, 10s));
    REQUIRE(Process{backend}.is_alive());
    const EmbeddedCluster cluster{place.options()};
    CHECK(Sql{cluster.url()}.text("select 1") == "1");
    CHECK_FALSE(Process{backend}.is_alive());
}

TEST_CASE("a server that does not get on with stopping is ended by the next start") {
    auto& place = test::cluster_place();
    const EmbeddedCluster user{place.options()};
    const auto postmaster = server_pid(place);
    const auto checkpointer = checkpointer_of(postmaster);
    REQUIRE(checkpointer > 0);
    // It waits for the last checkpoint.
    ::kill(checkpointer, SIGSTOP);
    ::kill(postmaster, SIGINT);
    const EmbeddedCluster next{place.options()};
    CHECK(Sql{next.url()}.text("select 1") == "1");
    CHECK(server_pid(place) != postmaster);
    CHECK_FALSE(Process{checkpointer}.is_alive());
}

TEST_CASE("a server that died is started again, or adopted where another did so") {
    auto& place = test::cluster_place();
    EmbeddedCluster first{place.options()};
    EmbeddedCluster second{place.options()};
    const auto pid = server_pid(place);
    ::kill(pid, SIGKILL);
    REQUIRE(ends_within(pid, 10s));
    CHECK(Sql{first.running_url()}.text("select 1") == "1");
    const auto again = server_pid(place);
    CHECK(again != pid);
    CHECK(Sql{second.running_url()}.text("select 1") == "1");
    CHECK(server_pid(place) == again);
    first.stop_waiting();
    ::kill(again, SIGKILL);
    REQUIRE(ends_within(again, 10s));
    CHECK_THROWS_AS(first.running_url(), Transient);
}

TEST_CASE("what root left between making and giving away is taken over") {
    if (::geteuid() != 0) return;  // others make nothing that they would give away
    const ClusterPlace place;
    fs::create_directories(place.folder() / "postgres/socket");
    fs::permissions(place.folder() / "postgres", fs::perms::owner_all);
    const auto* const postgres = ::getpwnam("postgres");
    REQUIRE(postgres != nullptr);
    SECTION("the outer folder") {
        fs::remove(place.folder() / "postgres/socket");
    }
    SECTION("an inner folder and a lock file") {
        REQUIRE(::chown((place.folder() / "postgres").c_str(), postgres->pw_uid, postgres->pw_gid) == 0);
        std::ofstream{place.folder() / "postgres/turn.lock"}.flush();
    }
    const EmbeddedCluster cluster{place.options()};
    CHECK(Sql{cluster.url()}.text("select 1") == "1");
}

TEST_CASE("an initdb whose command was killed is ended and its cluster thrown away") {
    const ClusterPlace place;
    make_folder(place);
    // Started as a command does, from the folder's owner.
    const auto root = place.folder() / "postgres";
    struct stat owner{};
    REQUIRE(::stat(root.c_str(), &owner) == 0);
    fs::path bin;
    for (const auto& entry : fs::directory_iterator{"/usr/lib/postgresql"}) bin = entry.path() / "bin/initdb";
    const auto unfinished = root / "cluster.unfinished";
    const auto initdb = ::fork();
    if (initdb == 0) {
        if (::setgid(owner.st_gid) != 0 || ::setuid(owner.st_uid) != 0) ::_exit(1);
        const auto null = ::open("/dev/null", O_RDWR);
        ::dup2(null, STDOUT_FILENO);
        ::dup2(null, STDERR_FILENO);
        ::execl(bin.c_str(), "initdb", "-D", unfinished.c_str(), static_cast<char*>(nullptr));
        ::_exit(1);
    }
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (!fs::exists(unfinished / "PG_VERSION") && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(2ms);
    {
        const EmbeddedCluster cluster{place.options()};
        CHECK(Sql{cluster.url()}.text("select 1") == "1");
        CHECK_FALSE(fs::exists(unfinished));
    }
    ::waitpid(initdb, nullptr, 0);
}

TEST_CASE("a half-made cluster is thrown away") {
    const ClusterPlace place;
    make_folder(place);
    const auto unfinished = place.folder() / "postgres/cluster.unfinished";
    fs::create_directory(unfinished);
    std::ofstream{unfinished / "PG_VERSION"} << "15\n";
    const EmbeddedCluster cluster{place.options()};
    CHECK(Sql{cluster.url()}.text("select 1") == "1");
    CHECK_FALSE(fs::exists(unfinished));
}

TEST_CASE("a server that does not start says why") {
    auto& place = test::cluster_place();
    auto options = place.options();
    options.settings.emplace_back("shared_buffers=banana");
    CHECK_THROWS_WITH(EmbeddedCluster{options},
                      StartsWith("the embedded database does not start: ") &&
                          Contains("invalid value for parameter \"shared_buffers\": \"banana\""));
    const EmbeddedCluster cluster{place.options()};
    CHECK(Sql{cluster.url()}.text("select 1") == "1");
}

TEST_CASE("a cluster of another major version is left alone and the way to upgrade is told") {
    const ClusterPlace place;
    {
        const EmbeddedCluster cluster{place.options()};
    }
    fs::path newest;
    for (const auto& entry : fs::directory_iterator{"/usr/lib/postgresql"})
        newest = std::max(newest, entry.path());
    std::ofstream{place.cluster() / "PG_VERSION"} << "9\n";
    const auto cluster = place.cluster().string();
    const auto version = newest.filename().string();
    const auto bin = newest.string() + "/bin";
    CHECK(misconfigured(place.options()) ==
          "data_dir: " + cluster + " was made by PostgreSQL 9, and only " + version +
              " is installed here. Install postgresql-9 to go on with it, or beside it to upgrade, as its "
              "owner: " +
              bin + "/initdb -U moneytrail -E UTF8 --locale=C --data-checksums -D " + cluster + ".new && " +
              bin + "/pg_upgrade -U moneytrail -b /usr/lib/postgresql/9/bin -B " + bin + " -d " + cluster +
              " -D " + cluster + ".new, then put " + cluster + ".new in the place of " + cluster);
}

TEST_CASE("without PostgreSQL the package is named") {
    const ClusterPlace place;
    auto options = place.options();
    options.programs = "/nonexistent";
    CHECK(misconfigured(options) ==
          "PostgreSQL's server is not installed (no /nonexistent/*/bin with postgres and initdb): install "
          "Debian's "
          "package postgresql-15, or set database.url to a server of your own");
}
