#pragma once

// The command replay: recorded blocks in, alerts out, without database or network.

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace moneytrail {

enum class OnBadLine { stop, count_and_go_on };

struct ReplayOptions {
    std::string config_file;
    std::vector<std::filesystem::path> archives;  // none: the archive that the configuration names
    std::optional<std::filesystem::path> addresses;
    OnBadLine on_bad_line = OnBadLine::stop;
};

// Alerts as JSON lines to `out`, one for each change of an alert: the last line with an id is its state.
// Notices and a summary go to `err`. Answers the exit code: 0 done, 1 a line could not be read or
// blocks were left out behind one that is ahead of them, 2 configuration.
int replay(const ReplayOptions& options, std::ostream& out, std::ostream& err);

}  // namespace moneytrail
