#include "commands.hpp"
#include "support/cluster_processes.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <thread>

using namespace moneytrail::test;

namespace {

constexpr std::chrono::seconds kDeadline{30};

bool becomes_true(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + kDeadline;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    return true;
}

std::vector<pid_t> children_of(pid_t parent) {
    const auto pid = std::to_string(parent);
    std::istringstream text{read_proc(parent, ("task/" + pid + "/children").c_str())};
    std::vector<pid_t> out;
    for (pid_t child = 0; text >> child;) out.push_back(child);
    return out;
}

// Process 1 of the namespace in which `config` is followed; 0: not yet.
pid_t process_one(const std::string& config) {
    for (const auto& entry : std::filesystem::directory_iterator{"/proc"}) {
        const auto pid = static_cast<pid_t>(std::atoi(entry.path().filename().c_str()));
        if (pid <= 0 || !read_proc(pid, "cmdline").contains(config)) continue;
        for (const auto& line : lines_of(read_proc(pid, "status")))
            if (line.starts_with("NSpid:") && line.ends_with("\t1") && !children_of(pid).empty()) return pid;
    }
    return 0;
}

// Of process 1, by the name of what it runs; 0: there is none.
pid_t child_called(pid_t parent, const std::string& name) {
    for (const auto child : children_of(parent))
        if (read_proc(child, "comm") == name + "\n") return child;
    return 0;
}

int exit_code_of(const char* program, std::vector<std::string> words) {
    return moneytrail::test::run({.program = program, .arguments = std::move(words), .folder = "/"})
        .exit_code;
}

// A daemon that waits for its second block, in a namespace of its own.
struct ProcessOne : CommandsFixture {
    ProcessOne() {
        folder.write("c.yaml", "database: {url: \"" + schema.url() +
                                   "\"}\n"
                                   "chains: [{name: e, chain_id: 1, archive: {path: " +
                                   (source_folder() / "tests/data/blocks").string() +
                                   ", pace: 1h}}]\n"
                                   "entities: [{id: okx, name: OKX, roots: [\"" +
                                   kOkx + "\"]}]\n");
    }
    Launch in_namespace() const {
        return {.program = "/usr/bin/unshare",
                .arguments = {"--pid", "--fork", "--kill-child", "--", MONEYTRAIL_PROGRAM, "run", "--config",
                              file.string()},
                .folder = source_folder(),
                .variables = {{"ASAN_OPTIONS", "detect_leaks=0"}}};
    }
};

}  // namespace

TEST_CASE_METHOD(ProcessOne,
                 "as process 1 it takes in orphans, passes signals on and exits as its child does") {
    if (::geteuid() != 0 || exit_code_of("/usr/bin/unshare", {"--pid", "--fork", "--", "/bin/true"}) != 0) {
        WARN("only root can make a namespace of processes: not tried");
        return;
    }
    Child daemon{in_namespace()};
    REQUIRE(becomes_true([&] { return process_one(file.string()) != 0; }));
    const auto one = process_one(file.string());
    REQUIRE(becomes_true([&] { return !sql("select to_regclass('block')")[0][0].is_null(); }));
    REQUIRE(becomes_true([&] { return sql("select from block").size() == 1; }));

    // Its parent ends at once.
    REQUIRE(exit_code_of("/usr/bin/nsenter", {"--target", std::to_string(one), "--pid", "--", "/bin/sh", "-c",
                                              "sleep 1000 >/dev/null 2>&1 &"}) == 0);
    REQUIRE(becomes_true([&] { return child_called(one, "sleep") != 0; }));
    const auto orphan = child_called(one, "sleep");
    ::kill(orphan, SIGKILL);
    // Who is not waited for stays as a zombie.
    CHECK(becomes_true([&] { return !std::filesystem::exists("/proc/" + std::to_string(orphan)); }));

    SECTION("a signal ends it orderly") {
        ::kill(one, SIGTERM);
        CHECK(daemon.wait(kDeadline).exit_code == 0);
    }
    SECTION("what kills its child is told as shells do") {
        const auto child = children_of(one).front();
        ::kill(child, SIGKILL);
        CHECK(daemon.wait(kDeadline).exit_code == 128 + SIGKILL);
    }
}
