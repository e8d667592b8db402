#include "check_config.hpp"

#include "config.hpp"
#include "feed_list.hpp"
#include "token_lists.hpp"

#include <fstream>
#include <ostream>

namespace moneytrail {
namespace {

constexpr int kFine = 0;
constexpr int kWrong = 2;

// This version does not read them, but a name that leads nowhere is a mistake today.
Problems unreadable_lists(const Lists& lists) {
    Problems problems{lists.labels.size() + 1};
    auto files = lists.labels;
    if (lists.entities) files.push_back(*lists.entities);
    for (const auto& file : files) {
        std::error_code error;
        if (std::filesystem::is_directory(file, error) || !std::ifstream{file})
            problems.add(
                {file.string(), 0, "", "cannot be read, expected the list that the configuration names"});
    }
    return problems;
}

}  // namespace

int check_config(const std::string& path, std::ostream& out, std::ostream& err) {
    const auto config = load_config(path);
    if (!config) {
        err << to_string(config.error());
        return kWrong;
    }
    const auto unreadable = unreadable_lists(config->lists);
    const auto tokens = load_tokens(config->lists.tokens);
    const auto feeds = load_feeds(config->lists.feeds);
    err << to_string(unreadable);
    if (!tokens) err << to_string(tokens.error());
    if (!feeds) err << to_string(feeds.error());
    if (!tokens || !feeds || !unreadable.empty()) return kWrong;

    out << path << ": fine\n";
    for (const auto& note : config->notes) out << to_string(note) << '\n';
    return kFine;
}

}  // namespace moneytrail
