#pragma once

// Whether root may work at a path: nobody but root and the server's user can put another thing in its place.

#include "server_user.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace moneytrail::postgres {

struct Unsafe {
    std::filesystem::path path;
    std::string why;  // "belongs to user 1000"
};

// The first folder or link on the way to `path`, itself included, that another user could change or swap;
// what is not there yet does not count. `path` is absolute. Only root has to ask: others reach their own
// folders alone.
std::optional<Unsafe> first_unsafe(const std::filesystem::path& path, const ServerUser& user);

}  // namespace moneytrail::postgres
