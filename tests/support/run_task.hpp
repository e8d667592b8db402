#pragma once

// Runs a coroutine from a test that is none.

#include "async/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace moneytrail::test {

// Runs a coroutine to its end; its exception becomes the test's.
inline void run(asio::io_context& loop, Task<> task) {
    asio::co_spawn(loop, std::move(task), [](const std::exception_ptr& error) {
        if (error) std::rethrow_exception(error);
    });
    loop.restart();
    loop.run();
}

inline void run(Task<> task) {
    asio::io_context loop{1};
    run(loop, std::move(task));
}

}  // namespace moneytrail::test
