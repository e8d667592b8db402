#pragma once

// Starting programs from a process that has threads, locks and secrets of its own.

#include "file_handle.hpp"
#include "server_user.hpp"

#include <signal.h>

#include <string>
#include <vector>

namespace moneytrail::postgres {

// argv as execve wants it, made before the fork: a child of a threaded process must not allocate.
class Arguments {
  public:
    explicit Arguments(std::vector<std::string> words);
    Arguments(const Arguments&) = delete;
    Arguments& operator=(const Arguments&) = delete;

    char* const* data() const { return pointers_.data(); }

  private:
    std::vector<std::string> words_;
    std::vector<char*> pointers_;
};

// Holds back all signals while it lives: this process's handlers must not run in a child of it.
class SignalsHeld {
  public:
    SignalsHeld();
    ~SignalsHeld();
    SignalsHeld(const SignalsHeld&) = delete;
    SignalsHeld& operator=(const SignalsHeld&) = delete;

  private:
    sigset_t before_{};
};

FileHandle open_null();

// The rest is for child processes: nothing but system calls.

// Standard input from `null`, output and error to `log`.
void redirect(int null, int log);

// Closes all other files, gives signals their defaults, and runs the program with an environment that has
// none of this process's secrets. Ends the process with 127 if it cannot be run.
[[noreturn]] void exec_clean(const Arguments& arguments, const char* folder);

}  // namespace moneytrail::postgres
