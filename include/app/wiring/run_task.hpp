#pragma once

// Runs a coroutine from a command that is none.

#include "async/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace moneytrail {

// Runs `task` to its end on a loop that nobody else runs, and answers or throws what it does.
template <class T>
T run_task(asio::io_context& loop, Task<T> task) {
    auto result = asio::co_spawn(loop, std::move(task), asio::use_future);
    loop.restart();
    loop.run();
    return result.get();
}

}  // namespace moneytrail
