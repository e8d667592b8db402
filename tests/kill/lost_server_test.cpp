// The daemon whose server goes away: its own is started again, and each loss is told once.

#include "outcome.hpp"
#include "support/own_server.hpp"

#include <csignal>
#include <fstream>

using namespace moneytrail::test;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

std::size_t lines_with(const std::string& text, const std::string& words) {
    const auto lines = lines_of(text);
    return static_cast<std::size_t>(
        std::ranges::count_if(lines, [&](const auto& line) { return line.contains(words); }));
}

std::string replaced_all(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

void check_told_once(const std::string& err) {
    INFO(err);
    CHECK(lines_with(err, "; trying again") == 1);
    CHECK(lines_with(err, "the database is back") == 1);
}

// A daemon's private server and its archive.
class Embedded {
  public:
    explicit Embedded(const std::vector<Synthetic>& chain) : place_{"embedded", chain} {
        // Root's server is user postgres's, who must get there.
        using std::filesystem::perms;
        fs::permissions(folder_.path(), perms::owner_all | perms::group_exec | perms::others_exec);
    }

    Launch daemon(const std::string& pace) const {
        return place_.daemon_with("data_dir: \"" + data_dir().string() + "\"\n", pace);
    }
    std::string alerts() const {
        auto launch = daemon("0");
        launch.arguments.front() = "alerts";
        launch.arguments.insert(launch.arguments.begin() + 1, {"export", "--json"});
        const auto ran = run(launch);
        INFO(ran.err);
        REQUIRE(ran.exit_code == 0);
        return ran.out;
    }
    // 0: none was found in time.
    pid_t server_with_tip(int number) const {
        const auto deadline = std::chrono::steady_clock::now() + 60s;
        while (std::chrono::steady_clock::now() < deadline) {
            if (tip() >= number) return server();
            std::this_thread::sleep_for(20ms);
        }
        return 0;
    }
    pid_t server() const {
        std::ifstream file{data_dir() / "postgres/cluster/postmaster.pid"};
        pid_t pid = 0;
        file >> pid;
        return pid;
    }

  private:
    fs::path data_dir() const { return folder_.path() / "data"; }
    int tip() const {
        try {
            pqxx::connection connection{"postgresql://moneytrail@/postgres?host=" +
                                        (data_dir() / "postgres/socket").string()};
            pqxx::nontransaction tx{connection};
            return tx.exec("select coalesce(max(tip_num), 0) from chain")[0][0].as<int>();
        } catch (const pqxx::failure&) {
            return 0;  // not made yet
        }
    }

    TemporaryFolder folder_;
    Place place_;
};

}  // namespace

TEST_CASE("a private server that is killed is started again by the daemon, which loses no alert") {
    const auto chain = long_chain(30, 11);
    const Embedded calm{chain};
    const auto undisturbed = run(calm.daemon("0"));
    INFO(undisturbed.err);
    REQUIRE(undisturbed.exit_code == 0);

    const Embedded place{chain};
    Child daemon{place.daemon("150ms")};
    const auto server = place.server_with_tip(6);
    REQUIRE(server > 0);
    ::kill(server, SIGKILL);
    const auto ran = daemon.wait(60s);
    check_told_once(ran.err);
    CHECK(ran.exit_code == 0);
    CHECK(place.alerts() == calm.alerts());
    // One that was sent as the server died may come again, and says so.
    auto lines = lines_of(ran.out);
    std::erase_if(lines, [](const auto& line) { return line.contains(kMark); });
    for (const auto& line : lines_of(undisturbed.out)) {
        CAPTURE(line);
        CHECK(std::ranges::count(lines, line) <= 1);
        CHECK(lines_with(replaced_all(ran.out, kMark, ""), line) >= 1);
    }
}

TEST_CASE("an idle daemon notices that its server is gone, and SIGTERM still ends it") {
    const Embedded place{kChain};
    Child daemon{place.daemon("1h")};
    const auto server = place.server_with_tip(1);
    REQUIRE(server > 0);
    ::kill(server, SIGKILL);
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while ((place.server() == server || place.server_with_tip(1) == 0) &&
           std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(20ms);
    CHECK(place.server() != server);
    daemon.signal(SIGTERM);
    const auto ran = daemon.wait(15s);
    CHECK(ran.exit_code == 0);
    CHECK(lines_with(ran.err, "; trying again") == 1);
    CHECK(place.server() == 0);
}

TEST_CASE("a server of the user's own that is away for a while is told of once") {
    const auto chain = long_chain(30, 11);
    const OwnServer server;
    Place place{"away", chain, server.url()};
    Child daemon{place.daemon("100ms")};
    REQUIRE(place.wait_for_tip(3));
    server.stop("immediate");
    std::this_thread::sleep_for(1s);  // several attempts
    server.start();
    const auto ran = daemon.wait(60s);
    check_told_once(ran.err);
    CHECK(ran.exit_code == 0);
}
