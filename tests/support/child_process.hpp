#pragma once

// Runs a program as a shell would and keeps what it says.

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace moneytrail::test {

// What the program's standard output is. Full: a device without room. Broken: a pipe that nobody reads.
enum class Output { kept, closed, full, broken };

struct Launch {
    std::filesystem::path program;
    std::vector<std::string> arguments;
    std::filesystem::path folder;                  // its working directory
    std::map<std::string, std::string> variables;  // beside those of the tests
    Output output = Output::kept;
    std::vector<int> closed;  // of descriptors 0 to 2, beside what `output` says
    std::chrono::seconds deadline{60};
};

struct Ran {
    int exit_code = 0;  // of a program that a signal ended, the signal's number below zero
    std::string out;
    std::string err;
};

// A program that runs beside the test; killed and waited for with this object if nobody did. Its output is
// read by wait() only: one that says more than a pipe holds (64 KiB) waits for that.
class Child {
  public:
    // Throws std::system_error when it cannot be started.
    explicit Child(const Launch& launch);
    ~Child();

    // Nothing when its end was waited for already.
    void signal(int number) const;
    // What it has said is still to be asked for with wait().
    bool has_ended() const;
    // Throws std::runtime_error, with what it had said, when it is still there that long from now and had to
    // be killed. Once.
    Ran wait(std::chrono::seconds deadline);

  private:
    struct Running;
    std::unique_ptr<Running> running_;
};

// Waits for its end. Standard input is empty. Throws std::system_error when it cannot be started, and
// std::runtime_error, with what it had said, when it is still there at the deadline and had to be killed.
Ran run(const Launch& launch);

}  // namespace moneytrail::test
