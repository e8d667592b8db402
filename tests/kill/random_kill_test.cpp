#include "outcome.hpp"
#include "support/socket_proxy.hpp"

#include <csignal>
#include <optional>
#include <random>

using namespace moneytrail::test;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;

// A daemon that is killed and started again on a database of its own.
class Victim {
  public:
    Victim(const std::string& name, const std::vector<Synthetic>& chain) : place_{name, chain} {}

    void start(Clock::duration life) {
        daemon_.emplace(place_.daemon("200ms"));
        ends_ = Clock::now() + life;
    }
    void kill() {
        daemon_->signal(SIGKILL);
        const auto ran = daemon_->wait(10s);
        INFO(ran.err);
        REQUIRE(ran.exit_code == -SIGKILL);
        out_ += ran.out;
        ++lives_;
    }
    void finish(const Tables& expected) {
        const auto last = run(place_.daemon("0"));
        INFO(last.err);
        REQUIRE(last.exit_code == 0);
        check_tables(place_, expected);
        check_console(place_, out_ + last.out);
    }

    Clock::time_point ends() const { return ends_; }
    int lives() const { return lives_; }
    int tip() { return place_.tip(); }

  private:
    Place place_;
    std::optional<Child> daemon_;
    Clock::time_point ends_;
    int lives_ = 0;
    std::string out_;
};

}  // namespace

// Five databases, so that five daemons wait out their 200 ms at the same time: ten lives of 0.1 to 2.1 s one
// after the other are 11 s, and a chain of 110 blocks at five a second is longer than the longest ten lives.
TEST_CASE("killed fifty times at random, with 200 ms between its blocks, the daemon comes to the same end") {
    constexpr int kVictims = 5;
    constexpr int kLives = 10;
    const auto chain = long_chain(107, 11);
    REQUIRE(chain.size() > 110);
    std::minstd_rand random{50};
    std::uniform_int_distribution<int> life{100, 2100};
    const auto next_life = [&] { return std::chrono::milliseconds{life(random)}; };

    std::vector<std::unique_ptr<Victim>> victims;
    for (int i = 0; i < kVictims; ++i) {
        victims.push_back(std::make_unique<Victim>("victim_" + std::to_string(i), chain));
        victims.back()->start(next_life());
    }
    int killed = 0;
    while (killed < kVictims * kLives) {
        const auto next = std::ranges::min_element(victims, {}, [&](const auto& each) {
            return each->lives() < kLives ? each->ends() : Clock::time_point::max();
        });
        std::this_thread::sleep_until((*next)->ends());
        (*next)->kill();
        ++killed;
        if ((*next)->lives() < kLives) (*next)->start(next_life());
    }

    const auto expected = undisturbed(chain);
    for (const auto& victim : victims) {
        // Else it was not the daemon's work that was interrupted.
        CHECK(victim->tip() > 3);
        victim->finish(expected);
    }
}

// Of 400 blocks 144 are below what a fork can reach when the last one is stored: two steps of 64.
TEST_CASE("killed again and again while old blocks are rolled up, the daemon comes to the same end") {
    const auto chain = long_chain(400, 23);
    const auto expected = undisturbed(chain);
    REQUIRE(expected.at("subject_total").size() == 1);
    REQUIRE_THAT(expected.at("chain").front(), Catch::Contains(",128,"));

    Place place{"rolled_up", chain};
    std::string out;
    int killed = 0;
    std::minstd_rand random{320};
    // More than a start needs; a whole run needs some hundred.
    std::uniform_int_distribution<int> message{25, 120};
    for (bool is_done = false; !is_done;) {
        const SocketProxy proxy{place.server().socket(), message(random)};
        const auto ran = run(place.daemon("0", proxy.folder().string()));
        INFO(ran.err);
        is_done = ran.exit_code == 0;
        REQUIRE((is_done || ran.exit_code == -SIGKILL));
        out += ran.out;
        killed += is_done ? 0 : 1;
    }
    CHECK(killed > 5);
    check_tables(place, expected);
    check_console(place, out);
}
