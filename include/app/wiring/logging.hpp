#pragma once

// The program's log on standard error, as text for people or JSON for machines.

#include "config/config.hpp"

namespace moneytrail {

// Sets spdlog's default logger.
void set_up_logging(const LogConfig& config);

}  // namespace moneytrail
