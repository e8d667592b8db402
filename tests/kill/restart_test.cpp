#include "outcome.hpp"
#include "support/own_server.hpp"

#include <optional>
#include <random>

using namespace moneytrail::test;
using namespace std::chrono_literals;

namespace {

// Goes on by itself while the server comes and goes, or is started again as its supervisor would.
class Supervised {
  public:
    explicit Supervised(const Place& place) : place_{place} { start(); }

    // False: it had ended, and was started again.
    bool is_still_there() {
        if (!daemon_->has_ended()) return true;
        take(daemon_->wait(1s));
        start();
        return false;
    }
    // All that was ever said on the console.
    std::string finish() {
        while (take(daemon_->wait(60s)) != 0) start();
        return out_;
    }

  private:
    void start() { daemon_.emplace(place_.daemon("100ms")); }
    int take(const Ran& ran) {
        INFO(ran.err);
        // Failed, with a line that says why: nothing worse.
        CHECK((ran.exit_code == 0 || ran.exit_code == 1));
        if (ran.exit_code == 1) CHECK_THAT(ran.err, Catch::Contains("moneytrail: database "));
        out_ += ran.out;
        return ran.exit_code;
    }

    const Place& place_;
    std::optional<Child> daemon_;
    std::string out_;
};

}  // namespace

TEST_CASE("the database stops and starts under the daemon, and the daemon comes to the same end") {
    const auto chain = long_chain(60, 11);
    const auto expected = undisturbed(chain);
    const OwnServer server;
    Place place{"restarted", chain, server.url()};
    std::minstd_rand random{3};
    std::uniform_int_distribution<int> up{50, 1200};
    std::uniform_int_distribution<int> down{0, 600};

    Supervised daemon{place};
    int outlived = 0;
    for (int i = 0; i < 8; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds{up(random)});
        server.stop(i % 2 == 0 ? "fast" : "immediate");
        std::this_thread::sleep_for(std::chrono::milliseconds{down(random)});
        server.start();
        outlived += daemon.is_still_there() ? 1 : 0;
    }
    const auto out = daemon.finish();
    CHECK(outlived > 0);
    check_tables(place, expected);
    check_console(place, out);
}
