#include "commands/check_config.hpp"

#include "base/printable.hpp"
#include "config/config.hpp"
#include "lists/feed_list.hpp"
#include "lists/known_lists.hpp"

#include <ostream>

namespace moneytrail {
namespace {

constexpr int kFine = 0;
constexpr int kWrong = 2;

}  // namespace

int check_config(const std::string& path, std::ostream& out, std::ostream& err) {
    const auto config = load_config(path);
    if (!config) {
        err << to_string(config.error());
        return kWrong;
    }
    const auto lists = load_known_lists(config->lists, {});
    const auto feeds = load_feeds(config->lists.feeds);
    if (!lists) err << to_string(lists.error());
    if (!feeds) err << to_string(feeds.error());
    if (!lists || !feeds) return kWrong;

    for (const auto* warnings : {&config->warnings, &lists->warnings, &feeds->warnings})
        for (const auto& warning : *warnings) err << warning << '\n';
    out << printable(path) << ": fine\n";
    for (const auto& note : config->notes) out << to_string(note) << '\n';
    for (const auto& note : lists->notes) out << printable(note) << '\n';
    if (lists->labels.lines != 0) out << "lists.labels: " << summary_of(lists->labels) << '\n';
    return kFine;
}

}  // namespace moneytrail
