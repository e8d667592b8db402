#pragma once

// Coroutines on the event loop, and how several of them run side by side.

#include "async/errors.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <vector>

namespace moneytrail {

namespace asio = boost::asio;

template <class T = void>
using Task = asio::awaitable<T>;

Task<> sleep_for(Duration duration);
Task<> time_out_after(Duration limit);  // throws Transient; meant for race()

// Asio 1.81's && and || wait for the first *success* and swallow errors. Use these two instead.

// Runs services side by side until all end or one fails; that first failure is the one rethrown.
Task<> run_all(std::vector<Task<>> services);

// The first to end, well or badly, decides; the other is cancelled and awaited.
Task<> race(Task<> a, Task<> b);

}  // namespace moneytrail
