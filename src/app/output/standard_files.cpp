#include "output/standard_files.hpp"

#include "wiring/database_session.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>
#include <system_error>

namespace moneytrail {

void hold_standard_files() {
    for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(file, F_GETFD) >= 0) continue;
        // The lowest that is free, which is this one: those below it are open by now.
        if (::open("/dev/null", file == STDERR_FILENO ? O_WRONLY : O_RDONLY) != file)
            throw std::system_error{errno, std::generic_category(), "/dev/null cannot be opened"};
    }
    std::ios::sync_with_stdio(false);
}

int answered(int code) {
    if (code == 0) finish_output(std::cout);
    return code;
}

}  // namespace moneytrail
