#pragma once

// Kills a daemon, the commands beside it and their database at random moments, and starts them again. The
// seed decides what is started and killed, and after what time; the machine decides what that meets.

#include "storm_place.hpp"
#include "storm_steps.hpp"

#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <csignal>
#include <functional>
#include <iterator>
#include <optional>
#include <random>

namespace moneytrail::test {

class Storm {
  public:
    using Tell = std::function<void(const std::string&)>;

    // An orphan that has ended stays as a zombie with a parent that does not wait for it, as with a
    // container's first process; odd seeds are such a parent.
    Storm(unsigned seed, Tally& tally, Tell tell) : random_{seed}, tally_{tally}, tell_{std::move(tell)} {
        ::prctl(PR_SET_CHILD_SUBREAPER, seed % 2);
        static constexpr std::array kPaces{"100ms", "30ms", "300ms"};
        pace_ = kPaces.at(seed / 2 % kPaces.size());
        steps_ = steps_of_a_round(random_);
    }
    ~Storm() {
        command_.reset();
        daemon_.reset();
        for (const auto& process : processes()) ::kill(process.pid, SIGKILL);
        ::prctl(PR_SET_CHILD_SUBREAPER, 0);
        reap();
        remove_segments_of(seen_);
    }
    Storm(const Storm&) = delete;
    Storm& operator=(const Storm&) = delete;

    // At most so many kills, and at most one of each sort. With what does not start at all it ends.
    void rage(std::size_t most) {
        for (std::size_t i = 0; i < std::min(most, steps_.size()) && !is_over_; ++i) {
            const auto before = tally_.killed();
            for (int tries = 0; tries < 5 && tally_.killed() == before; ++tries) take(steps_[i]);
            if (tally_.killed() == before) ++tally_.missed;
        }
    }

    // Whatever was interrupted is done again, and the daemon goes on to its archive's end.
    void finish(const Tables& expected) {
        if (daemon_) daemon_->is_killed = true;  // it may not have come to waiting for signals yet
        if (daemon_) daemon_->child->signal(SIGTERM);
        if (daemon_) end(daemon_);
        const auto taken_in = taken_in_;
        for (const auto& words : inputs()) {
            const auto out = must_end(words);
            if (taken_in.contains(words) && !out.empty() && !is_nothing_new(out))
                note(tally_.different, "lost: " + joined_words(words) + ": " + out);
        }
        must_end({"run"});
        if (!is_alone()) note(tally_.left, "processes: " + state());
        if (!std::filesystem::exists(place_.cluster())) return note(tally_.different, "no cluster");
        pqxx::result alerts;
        compare(place_.tables(alerts), expected);
        const auto out = text_of(place_.file("daemon.out"));
        check_console(alerts, out);
        for (const auto& line : lines_of(out)) tally_.marked += line.contains(kMark) ? 1 : 0;
        reap();
        for (const auto& segment : segments_of(seen_))
            note(tally_.left, "shared memory of process " + std::to_string(segment.maker));
        look_into_tmp();
    }

    static std::vector<Words> inputs() {
        return {{"labels", "import", "a/more.csv"},
                {"tokens", "import", "a/coins.csv"},
                {"addresses", "import", "a/watched.csv"},
                {"addresses", "add", kAdded, "fund"}};
    }

  private:
    struct Started {
        Words words;
        std::filesystem::path out;
        std::filesystem::path err;
        std::unique_ptr<Child> child;
        bool is_hit = false;     // something that it needs was killed
        bool is_killed = false;  // it was itself
    };
    using Slot = std::optional<Started>;

    inline static const std::string kAdded = "0x" + std::string(40, 'e');

    int up_to(int most) { return std::uniform_int_distribution<int>{0, most}(random_); }
    bool once_in(int times) { return up_to(times - 1) == 0; }
    void sleep_up_to(int milliseconds) {
        std::this_thread::sleep_for(std::chrono::milliseconds{up_to(milliseconds)});
    }
    Processes processes() {
        auto out = processes_on(place_.data_dir());
        for (const auto& process : out) seen_.insert(process.pid);
        return out;
    }
    void note(Words& list, const std::string& what) {
        list.push_back(what);
        tell_(what);
    }
    // Orphans that have come to this process.
    static void reap() {
        while (::waitpid(-1, nullptr, WNOHANG) > 0) {
        }
    }
    static std::string text_of(const std::filesystem::path& file) {
        std::ifstream in{file};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    static bool wait_until(std::chrono::seconds most, const std::function<bool()>& is_true) {
        const auto deadline = std::chrono::steady_clock::now() + most;
        while (!is_true()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            std::this_thread::sleep_for(std::chrono::milliseconds{2});
        }
        return true;
    }

    Started begin(const Words& words, const std::string& pace) {
        const auto number = std::to_string(++tally_.starts);
        Started out{.words = words,
                    .out = place_.file(is_daemon(words) ? "daemon.out" : number + ".out"),
                    .err = place_.file(number + ".err")};
        auto full = words;
        for (auto& word : full)
            if (word.ends_with(".csv")) word = place_.file(word).string();
        out.child = std::make_unique<Child>(place_.command(full, out.out, out.err, pace));
        return out;
    }

    // Waits for its end, and judges it. What it has said.
    std::string end(Slot& slot) {
        auto started = std::move(*slot);
        slot.reset();
        const auto exit_code = started.child->wait(std::chrono::seconds{90}).exit_code;
        forget(started.words);
        if (exit_code == 0) taken_in_.insert(started.words);
        if (exit_code == 0 || started.is_killed) return text_of(started.out);
        const auto err = text_of(started.err);
        const auto what =
            joined_words(started.words) + " ended with " + std::to_string(exit_code) + ": " + err;
        const bool is_lost = started.words.front() == "run" && err.contains(" following ");
        if (started.is_hit && !is_lost) {
            ++tally_.hit;
            tell_("hit: " + what);
            return {};
        }
        const auto before = state();
        auto again = begin(is_daemon(started.words) ? Words{"addresses", "list"} : started.words, "0");
        const auto second = again.child->wait(std::chrono::seconds{90}).exit_code;
        is_over_ = is_over_ || second != 0;
        note(tally_.refused, (started.is_hit ? "lost: " : "refused: ") + what + "  and again: " +
                                 std::to_string(second) + " " + text_of(again.err) + before);
        return {};
    }
    std::string must_end(const Words& words) {
        Slot slot{begin(words, "0")};
        return end(slot);
    }
    static bool is_daemon(const Words& words) { return words.front() == "run"; }
    // What said that it was done must be found done; of two versions the later one counts.
    void forget(const Words& words) {
        const auto kind_of = [](const Words& each) { return Words(each.begin(), each.end() - 1); };
        std::erase_if(taken_in_, [&](const Words& each) { return kind_of(each) == kind_of(words); });
    }
    static bool is_nothing_new(const std::string& out) {
        return out.contains("were there already") || out.contains(" already") ||
               out.contains("0 added, 0 watched again, 0 changed");
    }
    static std::string joined_words(const Words& words) {
        std::string out;
        for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
        return out;
    }

    // What somebody who asks why would look at.
    std::string state() {
        std::string out = "\n  pid file: " + text_of(place_.cluster() / "postmaster.pid");
        std::error_code ignored;
        for (const auto& entry : std::filesystem::directory_iterator{place_.data_dir() / "postgres", ignored})
            out += "\n  file: " + entry.path().filename().string();
        for (const auto& process : processes())
            out += "\n  process " + std::to_string(process.pid) + " of " + std::to_string(process.parent) +
                   ": " + process.name + ": " + process.words;
        const auto log = text_of(place_.data_dir() / "postgres/server.log");
        return out + "\n  log: …" + log.substr(log.size() - std::min<std::size_t>(log.size(), 1500));
    }

    void look_after_daemon() {
        if (daemon_ && daemon_->child->has_ended()) end(daemon_);
    }
    void ensure_daemon() {
        look_after_daemon();
        if (!daemon_) daemon_ = begin({"run"}, pace_);
    }
    // Nobody is left but commands that were not told to end.
    bool is_alone() {
        return wait_until(std::chrono::seconds{10}, [&] { return processes().empty(); });
    }
    // A folder for the socket is named after the one that it stands for.
    void look_into_tmp() {
        struct stat found{};
        if (::stat((place_.data_dir() / "postgres").c_str(), &found) != 0) return;
        const auto number = "-" + std::to_string(found.st_ino);
        for (const auto& entry : std::filesystem::directory_iterator{"/tmp"})
            if (entry.path().filename().string().ends_with(number)) note(tally_.left, entry.path());
    }
    void begin_anew() {
        if (daemon_) daemon_->is_killed = true;
        if (daemon_) daemon_->child->signal(SIGKILL);
        if (daemon_) end(daemon_);
        must_end({"addresses", "list"});  // which clears up what a killed server has left
        if (!is_alone()) note(tally_.left, "processes: " + state());
        std::filesystem::remove_all(place_.data_dir());
        std::filesystem::remove(place_.file("daemon.out"));
        taken_in_.clear();
    }

    Words any_import() {
        const std::string version = once_in(2) ? "a" : "b";
        const std::array<Words, 4> all{Words{"labels", "import", version + "/more.csv"},
                                       {"tokens", "import", version + "/coins.csv"},
                                       {"addresses", "import", version + "/watched.csv"},
                                       {"addresses", "add", kAdded, "fund"}};
        return all.at(static_cast<std::size_t>(up_to(3)));
    }

    void take(const Step& step) {
        const bool makes = step.moment == Moment::first_start && !is_on_server(step.victim);
        if (makes && std::filesystem::exists(place_.cluster())) begin_anew();
        switch (step.moment) {
            case Moment::first_start:
                if (!daemon_ && once_in(3))
                    daemon_ = begin({"run"}, pace_);
                else
                    command_ = begin(any_import(), "0");
                wait_until(std::chrono::seconds{10}, [&] { return has_begun(makes); });
                sleep_up_to(makes ? 800 : 200);
                break;
            case Moment::importing:
                if (!once_in(3)) ensure_daemon();
                command_ = begin(any_import(), "0");
                sleep_up_to(700);
                break;
            case Moment::running:
                ensure_daemon();
                wait_while_running();
                break;
        }
        if (strike(step.victim)) {
            ++tally_.kills[to_string(step)];
            tell_("kill " + std::to_string(tally_.killed()) + ": " + to_string(step) + " beside " +
                  (command_ ? joined_words(command_->words) : "nothing") + (daemon_ ? " and run" : ""));
        }
        if (command_) end(command_);
        if (daemon_ && daemon_->is_killed) end(daemon_);
        if (!makes) go_on();
    }
    static bool is_on_server(Victim victim) {
        return victim == Victim::server || victim == Victim::backend || victim == Victim::keeper;
    }
    bool has_begun(bool makes) {
        const auto& started = command_ ? *command_ : *daemon_;
        return started.child->has_ended() || std::ranges::any_of(processes(), makes ? is_initdb : is_server);
    }
    // At any time of a daemon's life, at any after its start, or when it has just shown an alert.
    void wait_while_running() {
        constexpr std::chrono::seconds kMost{10};
        const auto ended = [&] { return daemon_->child->has_ended(); };
        const auto shown = place_.file("daemon.out");
        switch (up_to(2)) {
            case 0:
                return sleep_up_to(1200);
            case 1:
                wait_until(kMost, [&] { return ended() || text_of(daemon_->err).contains(" following "); });
                return sleep_up_to(1200);
            default:
                const auto before = text_of(shown).size();
                wait_until(kMost, [&] { return ended() || text_of(shown).size() > before; });
        }
    }

    // Mostly somebody looks whether all is well; else the next kill meets what the last one has left.
    void go_on() {
        if (once_in(4)) return;
        if (daemon_ && once_in(3)) return must_go_on();
        if (once_in(2)) ensure_daemon();
        sleep_up_to(200);
        command_ = begin(once_in(3) ? Words{"addresses", "list"} : any_import(), "0");
        end(command_);
        look_after_daemon();
    }

    // By itself, whatever was killed beside it.
    void must_go_on() {
        const auto shown = place_.file("daemon.out");
        const auto before = text_of(shown).size();
        const bool is_well = wait_until(std::chrono::seconds{30}, [&] {
            return daemon_->child->has_ended() || text_of(shown).size() > before;
        });
        if (!is_well) note(tally_.refused, "does not go on: run: " + text_of(daemon_->err) + state());
        look_after_daemon();
    }

    // False: it is not there.
    bool strike(Victim victim) {
        if (victim == Victim::command) return strike_command(command_ ? command_ : daemon_);
        std::vector<pid_t> found;
        wait_until(std::chrono::seconds{2}, [&] {
            found = chosen(victim);
            return !found.empty() || (!daemon_ && (!command_ || command_->child->has_ended()));
        });
        if (found.empty()) return false;
        if (victim == Victim::all)
            for (auto* const slot : {&command_, &daemon_})
                if (*slot) strike_command(*slot);
        for (const auto pid : found) ::kill(pid, SIGKILL);
        for (auto* const slot : {&command_, &daemon_})
            if (*slot) (*slot)->is_hit = true;
        return true;
    }
    static bool strike_command(Slot& slot) {
        if (!slot || slot->child->has_ended()) return false;
        slot->is_killed = true;
        slot->child->signal(SIGKILL);
        return true;
    }
    // Of initdb its own process or all of them, of backends any.
    std::vector<pid_t> chosen(Victim victim) {
        auto all = processes();
        std::erase_if(all, [victim](const Process& process) {
            switch (victim) {
                case Victim::initdb:
                    return !is_initdb(process);
                case Victim::server:
                    return !is_server(process);
                case Victim::backend:
                    return !is_backend(process);
                case Victim::keeper:
                    return !is_keeper(process);
                case Victim::command:
                case Victim::all:
                    break;
            }
            return false;
        });
        std::vector<pid_t> out;
        for (const auto& process : all) out.push_back(process.pid);
        const bool takes_one = victim == Victim::backend || (victim == Victim::initdb && once_in(2));
        if (takes_one && !out.empty())
            out = {out[static_cast<std::size_t>(up_to(static_cast<int>(out.size()) - 1))]};
        return out;
    }

    void compare(const Tables& tables, const Tables& expected) {
        for (const auto& [name, rows] : expected) {
            const auto& got = tables.contains(name) ? tables.at(name) : Words{};
            Words differences;
            std::ranges::set_symmetric_difference(sorted(rows), sorted(got), std::back_inserter(differences));
            for (const auto& row : differences)
                note(tally_.different,
                     name + (std::ranges::count(rows, row) > 0 ? " lacks " : " has ") + row.substr(0, 300));
        }
        if (tables.size() != expected.size()) note(tally_.different, "other tables");
    }
    static Words sorted(Words rows) {
        std::ranges::sort(rows);
        return rows;
    }

    std::minstd_rand random_;
    Tally& tally_;
    Tell tell_;
    std::vector<Step> steps_;
    std::string pace_;
    StormPlace place_;
    Slot daemon_;
    Slot command_;
    std::set<pid_t> seen_;      // who worked on the cluster
    std::set<Words> taken_in_;  // what succeeded, if nothing of its kind was tried since
    bool is_over_ = false;
};

}  // namespace moneytrail::test
